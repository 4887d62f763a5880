package io.surfacescan.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/// The tables, and what Flyway thinks of them, which made them for earlier versions.
class SchemaTest {
  private static final Map<String, String> SQLITE = Map.of("bytes", "BLOB", "only_in_a_file", "");

  @TempDir Path folder;

  /// As earlier versions of the program set it up.
  static Flyway flyway(DataSource source, Map<String, String> open) {
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:io/surfacescan/statistics/schema")
        .table(Schema.HISTORY)
        .placeholders(open)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .ignoreMigrationPatterns("*:future")
        .load();
  }

  private SQLiteDataSource file(String name) {
    var source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve(name));
    return source;
  }

  private static void provide(DataSource source) throws Exception {
    try (var connection = source.getConnection()) {
      new Schema(Dialect.SQLITE).provide(connection);
    }
  }

  /// All rows of a query, each as one text.
  static List<String> rows(Connection connection, String query) throws Exception {
    var rows = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(query)) {
      while (found.next()) {
        var row = new ArrayList<String>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.add(found.getString(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  private static List<String> rows(DataSource source, String query) throws Exception {
    try (var connection = source.getConnection()) {
      return rows(connection, query);
    }
  }

  private static List<String> columns(DataSource source) throws Exception {
    return rows(
        source,
        "SELECT t.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_master t,"
            + " pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.name, c.cid");
  }

  private static List<String> indexes(DataSource source) throws Exception {
    return rows(source, "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' ORDER BY 1");
  }

  @Test
  void provide_makesWhatFlywayMakes_andFlywayFindsItInOrder() throws Exception {
    var ours = file("ours.db");
    provide(ours);
    var theirs = file("theirs.db");
    flyway(theirs, SQLITE).migrate();

    assertThat(columns(ours)).isEqualTo(columns(theirs)).hasSizeGreaterThan(30);
    assertThat(indexes(ours))
        .isEqualTo(indexes(theirs))
        .contains("[stats_bucket_span, stats_bucket]");
    String history =
        "SELECT installed_rank, version, description, type, script, checksum, installed_by, success"
            + " FROM surfacescan_schema_history";
    assertThat(rows(ours, history)).isEqualTo(rows(theirs, history)).hasSize(1);
    assertThat(flyway(ours, SQLITE).validateWithResult().validationSuccessful).isTrue();
    assertThat(flyway(ours, SQLITE).migrate().migrationsExecuted).isZero();
  }

  @Test
  void provide_leavesWhatFlywayMade() throws Exception {
    var source = file("theirs.db");
    flyway(source, SQLITE).migrate();
    var before = rows(source, "SELECT * FROM surfacescan_schema_history");
    provide(source);
    assertThat(rows(source, "SELECT * FROM surfacescan_schema_history")).isEqualTo(before);
  }

  @Test
  void provide_goesOnBesideTablesOfOthersAndNewerScripts() throws Exception {
    var source = file("more.db");
    try (var connection = DriverManager.getConnection(source.getUrl());
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE others (a INT)");
      provide(source);
      statement.execute(
          "INSERT INTO surfacescan_schema_history VALUES"
              + " (2, '2', 'newer', 'SQL', 'V2__newer.sql', 7, '', '2026-03-01', 0, 1)");
      provide(source);
      assertThat(rows(connection, "SELECT version FROM surfacescan_schema_history"))
          .containsExactly("[1]", "[2]");
    }
  }

  @Test
  void provide_byManyAtOnce_makesThemOnce() throws Exception {
    var source = file("many.db");
    rows(source, "PRAGMA journal_mode = WAL");
    try (var threads = Executors.newFixedThreadPool(8)) {
      Callable<Boolean> provide =
          () -> {
            var own = file("many.db");
            own.getConfig().setBusyTimeout(10_000);
            provide(own);
            return true;
          };
      for (var done : threads.invokeAll(Collections.nCopies(8, provide))) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(rows(source, "SELECT version FROM surfacescan_schema_history"))
        .containsExactly("[1]");
  }
}
