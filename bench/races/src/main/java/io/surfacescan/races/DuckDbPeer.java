package io.surfacescan.races;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/// DuckDB in memory. Its joins do not use indexes; the rows are sorted, so that it can leave out
/// blocks.
final class DuckDbPeer extends SqlPeer {
  DuckDbPeer(SqlModel model) {
    super(model);
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:");
  }

  @Override
  void create(Connection connection, PairTable table) throws SQLException {
    execute(
        connection,
        "CREATE TABLE %s (%s INTEGER, %s INTEGER)"
            .formatted(table.name(), table.first(), table.second()));
    try (var appender =
        connection.unwrap(DuckDBConnection.class).createAppender("main", table.name())) {
      for (int row = 0; row < table.rows(); row++) {
        appender.beginRow();
        appender.append(table.firsts()[row]);
        appender.append(table.seconds()[row]);
        appender.endRow();
      }
    }
  }

  @Override
  void settle(Connection connection) throws SQLException {
    execute(connection, "ANALYZE");
  }
}
