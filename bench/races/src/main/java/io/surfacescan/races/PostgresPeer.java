package io.surfacescan.races;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/// A PostgreSQL server of its own, with enough memory for all tables, whose indexes hold the whole
/// rows.
final class PostgresPeer extends SqlPeer {
  private final Path folder;
  private @Nullable EmbeddedPostgres server;

  /// @param folder where the server keeps its tables; its programs go next to it
  PostgresPeer(SqlModel model, Path folder) {
    super(model);
    this.folder = folder;
  }

  @Override
  Connection connect() throws IOException, SQLException {
    var started =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(folder.resolveSibling("binaries").toFile())
            .setDataDirectory(folder.resolve("tables"))
            .setServerConfig("shared_buffers", "1GB")
            .setServerConfig("work_mem", "512MB")
            .setServerConfig("hash_mem_multiplier", "2")
            .setServerConfig("maintenance_work_mem", "512MB")
            .setServerConfig("random_page_cost", "1.0")
            .setServerConfig("max_wal_size", "4GB")
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "off")
            .setServerConfig("jit", "off")
            // It expects far more steps and rows than there are, and would read whole tables.
            .setServerConfig("enable_hashjoin", "off")
            .setServerConfig("enable_mergejoin", "off")
            .setServerConfig("plan_cache_mode", "force_generic_plan")
            // Binary results from the first time on.
            .setConnectConfig("prepareThreshold", "-1")
            .start();
    server = started;
    return started.getPostgresDatabase().getConnection();
  }

  @Override
  void create(Connection connection, PairTable table) throws SQLException, IOException {
    execute(
        connection,
        "CREATE UNLOGGED TABLE %s (%s INTEGER NOT NULL, %s INTEGER NOT NULL)"
            .formatted(table.name(), table.first(), table.second()));
    try (var rows =
        new PGCopyOutputStream(
            connection.unwrap(PGConnection.class), "COPY " + table.name() + " FROM STDIN")) {
      for (int row = 0; row < table.rows(); row++) {
        rows.write(
            (table.firsts()[row] + "\t" + table.seconds()[row] + "\n")
                .getBytes(StandardCharsets.US_ASCII));
      }
    }
    execute(
        connection,
        "CREATE INDEX ON %s (%s) INCLUDE (%s)"
            .formatted(table.name(), table.first(), table.second()));
  }

  @Override
  void settle(Connection connection) throws SQLException {
    execute(connection, "VACUUM ANALYZE");
  }

  @Override
  public void close() throws IOException, SQLException {
    super.close();
    if (server != null) {
      server.close();
    }
  }
}
