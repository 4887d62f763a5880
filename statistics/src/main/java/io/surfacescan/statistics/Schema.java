package io.surfacescan.statistics;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/// The tables of a database, made or brought up to this version of the program when they are first
/// needed. Shared by all connections to it.
///
/// A table of the database holds which scripts ran. It has the form of Flyway's, which made the
/// tables for earlier versions of the program: those may have been here, or go on beside this one.
final class Schema {
  static final String HISTORY = "surfacescan_schema_history";

  /// In their order, named as Flyway wants it: `V<version>__<what>.sql`.
  private static final List<String> SCRIPTS = List.of("V1__buckets.sql");

  private static final String FOLDER = "schema/";

  private final Dialect dialect;
  private boolean there;

  Schema(Dialect dialect) {
    this.dialect = dialect;
  }

  /// @param connection outside of a transaction; after a failure it must be closed
  synchronized void provide(Connection connection) throws SQLException, IOException {
    if (there) {
      return;
    }
    try (var statement = connection.createStatement()) {
      // Scripts of a newer version of the program are none of ours, and stay.
      if (!applied(statement).containsAll(SCRIPTS)) {
        for (String each : dialect.begin()) {
          statement.execute(each);
        }
        bringUp(connection, statement);
        statement.execute("COMMIT");
      }
    }
    there = true;
  }

  /// The tables may be gone.
  synchronized void forget() {
    there = false;
  }

  /// The names of the scripts that ran.
  private Set<String> applied(Statement statement) throws SQLException {
    var names = new HashSet<String>();
    if (hasHistory(statement)) {
      try (var rows = statement.executeQuery("SELECT script FROM " + HISTORY + " WHERE success")) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }

  private boolean hasHistory(Statement statement) throws SQLException {
    try (var rows = statement.executeQuery(dialect.hasHistory())) {
      return rows.next() && rows.getInt(1) > 0;
    }
  }

  private void bringUp(Connection connection, Statement statement)
      throws SQLException, IOException {
    if (!hasHistory(statement)) {
      statement.execute(
          """
          CREATE TABLE %s (
            installed_rank INT NOT NULL PRIMARY KEY,
            version VARCHAR(50),
            description VARCHAR(200) NOT NULL,
            type VARCHAR(20) NOT NULL,
            script VARCHAR(1000) NOT NULL,
            checksum INT,
            installed_by VARCHAR(100) NOT NULL,
            installed_on %s,
            execution_time INT NOT NULL,
            success BOOLEAN NOT NULL
          )\
          """
              .formatted(HISTORY, dialect.time()));
      statement.execute("CREATE INDEX " + HISTORY + "_s_idx ON " + HISTORY + " (success)");
    }
    // Another program may have brought it up since it was looked at.
    var applied = applied(statement);
    for (String script : SCRIPTS) {
      if (!applied.contains(script)) {
        String text = read(script);
        for (String each : statements(text)) {
          statement.execute(each);
        }
        note(connection, script, text);
      }
    }
  }

  private static String read(String script) throws IOException {
    try (var in = requireNonNull(Schema.class.getResourceAsStream(FOLDER + script), script)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// What a script says to this kind of database, without comments, which may hold anything.
  private List<String> statements(String text) {
    String said = text;
    for (var open : dialect.scripts().entrySet()) {
      said = said.replace("${" + open.getKey() + "}", open.getValue());
    }
    var code = new StringBuilder();
    said.lines()
        .filter(line -> !line.isBlank() && !line.strip().startsWith("--"))
        .forEach(line -> code.append(line).append('\n'));
    var statements = new ArrayList<String>();
    for (String each : code.toString().split(";\n", -1)) {
      if (!each.isBlank()) {
        statements.add(each);
      }
    }
    return statements;
  }

  private void note(Connection connection, String script, String text) throws SQLException {
    int name = script.indexOf("__");
    try (var row =
        connection.prepareStatement(
            """
            INSERT INTO %1$s (installed_rank, version, description, type, script, checksum,
              installed_by, execution_time, success)
            SELECT coalesce(max(installed_rank), 0) + 1, ?, ?, 'SQL', ?, ?, %2$s, 0, ?
            FROM %1$s\
            """
                .formatted(HISTORY, dialect.user()))) {
      row.setString(1, script.substring(1, name));
      row.setString(2, script.substring(name + 2, script.length() - 4).replace('_', ' '));
      row.setString(3, script);
      row.setInt(4, checksum(text));
      row.setBoolean(5, true);
      row.executeUpdate();
    }
  }

  /// As Flyway has it: of the lines, whatever ends them.
  private static int checksum(String text) {
    var checksum = new CRC32();
    text.lines().forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) checksum.getValue();
  }
}
