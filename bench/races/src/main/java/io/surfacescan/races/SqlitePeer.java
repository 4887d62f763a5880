package io.surfacescan.races;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// SQLite in memory; each table is one B-tree in the order of its rows, without row ids.
final class SqlitePeer extends SqlPeer {
  private static final int ROWS_PER_BATCH = 10_000;

  SqlitePeer(SqlModel model) {
    super(model);
  }

  @Override
  Connection connect() throws SQLException {
    var connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    execute(connection, "PRAGMA journal_mode = OFF", "PRAGMA temp_store = MEMORY");
    return connection;
  }

  @Override
  void create(Connection connection, PairTable table) throws SQLException {
    execute(
        connection,
        "CREATE TABLE %1$s (%2$s INTEGER, %3$s INTEGER, PRIMARY KEY (%2$s, %3$s)) WITHOUT ROWID"
            .formatted(table.name(), table.first(), table.second()));
    connection.setAutoCommit(false);
    try (var insert =
        connection.prepareStatement("INSERT INTO " + table.name() + " VALUES (?, ?)")) {
      for (int row = 0; row < table.rows(); row++) {
        insert.setInt(1, table.firsts()[row]);
        insert.setInt(2, table.seconds()[row]);
        insert.addBatch();
        if (row % ROWS_PER_BATCH == ROWS_PER_BATCH - 1) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  @Override
  void settle(Connection connection) throws SQLException {
    execute(connection, "ANALYZE");
  }
}
