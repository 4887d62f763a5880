package io.surfacescan.statistics;

import io.surfacescan.statistics.counting.BucketValues;
import io.surfacescan.statistics.counting.Resolution;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The file of one state directory. Several processes may write to it, each its own rows; work for
/// all of them has the same result in each of them. Not thread-safe.
///
/// Every change has a revision, one more than the change before, and leaves it on the rows that it
/// wrote. A copy of the rows needs to know no more than its last revision.
final class LocalStore implements AutoCloseable {
  static final String FILE = "statistics.db";
  static final Duration MINUTES_KEPT = Duration.ofDays(2);
  static final Duration HOURS_KEPT = Duration.ofDays(62);
  private static final int ROLL_UPS_AT_ONCE = 100;

  private final Store store;

  LocalStore(Store store) {
    this.store = store;
  }

  /// The database of a state directory.
  static Store in(Path folder) {
    return Store.sqlite(folder.resolve(FILE));
  }

  Store store() {
    return store;
  }

  /// What one process has to add.
  ///
  /// @param number one more than that of the batch before
  /// @param until when it is complete
  record Batch(long number, Instant until, BucketValues values) {}

  /// Adds a batch, once, however often it is tried.
  ///
  /// @param ended how the process ends with it, if it does
  void add(ThisProcess process, Batch batch, ProcessRun.@Nullable Ended ended) throws StoreFailure {
    store.inTransaction(connection -> {
      long revision = nextRevision(connection);
      if (batch.number() > lastBatch(connection, process.id())) {
        life(connection, process, batch, ended, revision).putIfMissing(connection);
        Buckets.add(connection, process.id(), batch.values().byKey(), revision);
      }
      life(connection, process, batch, ended, revision).put(connection);
      return batch.number();
    });
  }

  private static ProcessRun life(
      Connection connection,
      ThisProcess process,
      Batch batch,
      ProcessRun.@Nullable Ended ended,
      long revision)
      throws SQLException {
    return new ProcessRun(
        process.id(),
        instance(connection),
        process.name(),
        process.startedAt(),
        batch.until(),
        ended,
        batch.number(),
        revision);
  }

  private static long lastBatch(Connection connection, String process) throws SQLException {
    String sql = "SELECT batch FROM stats_process WHERE id = ?";
    return Sql.first(connection, sql, rows -> rows.getLong(1), process).orElse(0L);
  }

  /// The first statement of every change: from here on no other process changes anything.
  private static long nextRevision(Connection connection) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO stats_instance (id, revision, heard_at, token, sending)"
            + " SELECT ?, 0, 0, '', '' WHERE NOT EXISTS (SELECT 1 FROM stats_instance)",
        UUID.randomUUID().toString());
    Sql.update(connection, "UPDATE stats_instance SET revision = revision + 1");
    return revision(connection);
  }

  /// The last change.
  static long revision(Connection connection) throws SQLException {
    String sql = "SELECT revision FROM stats_instance";
    return Sql.first(connection, sql, rows -> rows.getLong(1)).orElse(0L);
  }

  /// The identity of the directory, which the first change gives it.
  static String instance(Connection connection) throws SQLException {
    String sql = "SELECT id FROM stats_instance";
    return Sql.first(connection, sql, rows -> rows.getString(1)).orElse("");
  }

  /// Until when everything that a process recorded is in the file, if anything is.
  Optional<Instant> completeUntil(ThisProcess process) throws StoreFailure {
    return store.inTransaction(connection ->
        Sql.first(
            connection,
            "SELECT complete_until FROM stats_process WHERE id = ?",
            rows -> Instant.ofEpochMilli(rows.getLong(1)),
            process.id()));
  }

  /// Marks processes that said nothing since a moment as killed, unless they said that they stop.
  /// One that was only asleep is running again with its next batch.
  void markKilled(ThisProcess self, Instant silentSince) throws StoreFailure {
    String silent = " ended IS NULL AND complete_until < ? AND id <> ?";
    long since = silentSince.toEpochMilli();
    var found =
        store.inTransaction(connection ->
            Sql.all(
                connection,
                "SELECT id FROM stats_process WHERE" + silent,
                rows -> rows.getString(1),
                since,
                self.id()));
    if (found.isEmpty()) {
      return;
    }
    store.inTransaction(connection -> {
      long revision = nextRevision(connection);
      for (String id : found) {
        Sql.update(
            connection,
            "UPDATE stats_process SET ended = 'killed', revision = ?"
                + " WHERE id = ? AND ended IS NULL AND complete_until < ?",
            revision,
            id,
            since);
      }
      return revision;
    });
  }

  /// Puts old minutes together to hours, and old hours to days; some at a time.
  void rollUp(Instant now) throws StoreFailure {
    rollUp(Resolution.MINUTE, Resolution.HOUR, now.minus(MINUTES_KEPT));
    rollUp(Resolution.HOUR, Resolution.DAY, now.minus(HOURS_KEPT));
  }

  private void rollUp(Resolution from, Resolution to, Instant before) throws StoreFailure {
    for (int i = 0; i < ROLL_UPS_AT_ONCE; i++) {
      boolean found =
          store.inTransaction(connection -> {
            long revision = nextRevision(connection);
            return Buckets.rollUp(connection, from, to, to.floor(before), Long.MAX_VALUE, revision);
          });
      if (!found) {
        return;
      }
    }
  }

  /// Notes that rows are about to be sent, before they are.
  ///
  /// @param token what the database has from the last sending, empty if there was none
  /// @param next what it will have from this one
  /// @return whether the last sending was from this file: if not, a copy of the file is in use, or
  ///   one of the two was restored from an older one
  boolean willSend(String token, String next) throws StoreFailure {
    return store.inTransaction(connection ->
        Sql.update(
                connection,
                "UPDATE stats_instance SET token = ?, sending = ?"
                    + " WHERE ? = '' OR token = ? OR sending = ?",
                token,
                next,
                token,
                token,
                token)
            > 0);
  }

  /// Becomes another instance, of which no database has anything, unless it has already.
  void takeNewIdentity(String before) throws StoreFailure {
    String id = UUID.randomUUID().toString();
    store.inTransaction(connection -> {
      int taken =
          Sql.update(
              connection,
              "UPDATE stats_instance SET id = ?, token = '', sending = '' WHERE id = ?",
              id,
              before);
      return taken > 0 ? Sql.update(connection, "UPDATE stats_process SET instance = ?", id) : 0;
    });
  }

  @Override
  public void close() {
    store.close();
  }
}
