package io.surfacescan.statistics;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `stats_process`: one life of one program.
///
/// @param id of its own, made at its start
/// @param instance the state directory
/// @param name what its operator calls it
/// @param completeUntil every request that it recorded until then is counted
/// @param ended null while it runs, and if its end is unknown
/// @param batch the last one that is counted
record ProcessRun(
    String id,
    String instance,
    String name,
    Instant startedAt,
    Instant completeUntil,
    @Nullable Ended ended,
    long batch,
    long revision) {
  /// How a process ended.
  enum Ended {
    /// When it was asked to, with all that it recorded.
    STOPPED,
    /// Suddenly: what it recorded last is lost.
    KILLED;

    private String word() {
      return this == STOPPED ? "stopped" : "killed";
    }

    private static @Nullable Ended of(@Nullable String word) {
      return word == null ? null : word.equals("stopped") ? STOPPED : KILLED;
    }
  }

  static final String COLUMNS =
      "id, instance, name, started_at, complete_until, ended, batch, revision";

  private static final String INSERT =
      "INSERT INTO stats_process (" + COLUMNS + ", rewritten) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)";

  private static final String UPDATE =
      " ON CONFLICT (id) DO UPDATE SET instance = excluded.instance, complete_until = excluded.complete_until,"
          + " ended = excluded.ended, batch = excluded.batch, revision = excluded.revision";

  /// The row that the cursor is at.
  static ProcessRun of(ResultSet rows) throws SQLException {
    return new ProcessRun(
        rows.getString("id"),
        rows.getString("instance"),
        rows.getString("name"),
        Instant.ofEpochMilli(rows.getLong("started_at")),
        Instant.ofEpochMilli(rows.getLong("complete_until")),
        Ended.of(rows.getString("ended")),
        rows.getLong("batch"),
        rows.getLong("revision"));
  }

  /// Writes the row in the place of the one before.
  void put(Connection connection) throws SQLException {
    write(connection, INSERT + UPDATE, completeUntil);
  }

  /// Makes a place for buckets that come before what makes them complete.
  void putIfMissing(Connection connection) throws SQLException {
    write(connection, INSERT + " ON CONFLICT (id) DO NOTHING", startedAt);
  }

  private void write(Connection connection, String sql, Instant until) throws SQLException {
    Sql.update(
        connection,
        sql,
        id,
        instance,
        name,
        startedAt.toEpochMilli(),
        until.toEpochMilli(),
        ended == null ? null : ended.word(),
        batch,
        revision);
  }
}
