package io.surfacescan.statistics;

import io.surfacescan.statistics.Buckets.Bucket;
import io.surfacescan.statistics.counting.Resolution;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The database that all instances share. It holds a copy of each one's rows, which only that
/// instance sends; so every reader sees all of them. Not thread-safe.
///
/// How far the copy of an instance has come stands in the database, and changes in the same
/// transaction as the rows. So the next transaction goes on where the database is, even if the end
/// of the one before is unknown, and nothing is counted twice or left out.
final class SharedStore implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 5_000;

  /// An instance that is silent for longer is taken to be gone for good, and the others roll its
  /// rows up. If it comes back, it sends them anew.
  private static final Duration GONE = Duration.ofDays(7);

  /// The number of a lock, which no other program is likely to use in the database.
  private static final long ROLLING_UP = 0x7375_7266_6163_6573L;

  private static final int ROLL_UPS_AT_ONCE = 100;

  private final Store store;

  SharedStore(Store store) {
    this.store = store;
  }

  Store store() {
    return store;
  }

  /// What became of a sending.
  enum Sent {
    ALL,
    /// There is more to send.
    PART,
    /// Nothing, because somebody else has sent in the name of the file's instance, which is another
    /// from now on.
    IN_A_FOREIGN_NAME
  }

  /// Sends what changed in the file since it was last sent, or the first part of it.
  Sent send(LocalStore local, Instant now) throws StoreFailure {
    String instance = local.store().inTransaction(LocalStore::instance);
    if (instance.isEmpty()) {
      return Sent.ALL;
    }
    String token = UUID.randomUUID().toString();
    var sent =
        store.inTransaction(shared -> {
          var copy = locked(shared, instance);
          if (!local.willSend(copy.token(), token)) {
            return Sent.IN_A_FOREIGN_NAME;
          }
          var rewritten = rewritten(shared, instance);
          var part = local.store().inTransaction(file -> read(file, copy.revision(), rewritten));
          write(shared, part);
          note(shared, instance, part.upTo(), token, now);
          return part.isLast() ? Sent.ALL : Sent.PART;
        });
    if (sent == Sent.IN_A_FOREIGN_NAME) {
      local.takeNewIdentity(instance);
    }
    return sent;
  }

  /// What is sent at a time.
  ///
  /// @param upTo all changes up to this revision are in it or were sent before
  /// @param isLast whether that is the last revision there is
  /// @param processes that changed since what was sent before
  /// @param changed buckets, in the order of their changes
  /// @param anew all buckets of processes whose copies others have rewritten
  /// @param batches the last one of each process that the file counts
  private record Part(
      long upTo,
      boolean isLast,
      List<ProcessRun> processes,
      List<Bucket> changed,
      Map<String, List<Bucket>> anew,
      Map<String, Long> batches) {}

  private static Part read(Connection file, long sent, List<String> rewritten) throws SQLException {
    long last = LocalStore.revision(file);
    long upTo = lastOfPart(file, sent, last);
    var anew = new HashMap<String, List<Bucket>>();
    for (String process : rewritten) {
      anew.put(process, Buckets.where(file, "process = ?", process));
    }
    return new Part(
        upTo,
        upTo == last,
        processes(file, sent),
        Buckets.where(
            file, "revision > ? AND revision <= ? ORDER BY revision, span DESC", sent, upTo),
        anew,
        batches(file));
  }

  private static Map<String, Long> batches(Connection connection) throws SQLException {
    String sql = "SELECT id, batch FROM stats_process";
    return Sql.all(connection, sql, rows -> Map.entry(rows.getString(1), rows.getLong(2))).stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static void write(Connection shared, Part part) throws SQLException {
    var behind = behind(shared, part);
    for (var process : part.anew().entrySet()) {
      if (!behind.contains(process.getKey())) {
        if (!process.getValue().isEmpty()) {
          Sql.update(shared, "DELETE FROM stats_bucket WHERE process = ?", process.getKey());
          Buckets.put(shared, process.getValue());
        }
        Sql.update(shared, "UPDATE stats_process SET rewritten = 0 WHERE id = ?", process.getKey());
      }
    }
    for (var process : part.processes()) {
      if (behind.contains(process.id())) {
        continue;
      }
      if (process.revision() <= part.upTo()) {
        process.put(shared);
      } else {
        process.putIfMissing(shared);
      }
    }
    sendRows(
        shared,
        part.changed().stream().filter(bucket -> !behind.contains(bucket.process())).toList());
  }

  /// The processes of which the database counts batches that the file does not, because the file is
  /// an older copy: what it has of them is less than what is there.
  private static Set<String> behind(Connection shared, Part part) throws SQLException {
    var touched = new HashSet<>(part.anew().keySet());
    part.processes().forEach(process -> touched.add(process.id()));
    part.changed().forEach(bucket -> touched.add(bucket.process()));
    var behind = new HashSet<String>();
    for (String process : touched) {
      String sql = "SELECT batch FROM stats_process WHERE id = ?";
      long counted = Sql.first(shared, sql, rows -> rows.getLong(1), process).orElse(0L);
      if (counted > part.batches().getOrDefault(process, 0L)) {
        behind.add(process);
      }
    }
    return behind;
  }

  private static void note(
      Connection shared, String instance, long revision, String token, Instant now)
      throws SQLException {
    Sql.update(
        shared,
        "UPDATE stats_instance SET revision = ?, token = ?, heard_at = ? WHERE id = ?",
        revision,
        token,
        now.toEpochMilli(),
        instance);
  }

  /// How far the copy of an instance has come, and by which sending.
  private record Copy(long revision, String token) {}

  /// No other process sends rows of the instance until the transaction ends.
  private static Copy locked(Connection shared, String instance) throws SQLException {
    Sql.update(
        shared,
        "INSERT INTO stats_instance (id, revision, heard_at, token, sending)"
            + " VALUES (?, 0, 0, '', '') ON CONFLICT (id) DO NOTHING",
        instance);
    return Sql.first(
            shared,
            "SELECT revision, token FROM stats_instance WHERE id = ? FOR UPDATE",
            rows -> new Copy(rows.getLong("revision"), rows.getString("token")),
            instance)
        .orElseThrow();
  }

  /// Rows that others rolled up in the meantime may count what the file has in finer rows, so all
  /// rows of their processes are sent again.
  private static List<String> rewritten(Connection shared, String instance) throws SQLException {
    return Sql.all(
        shared,
        "SELECT id FROM stats_process WHERE instance = ? AND rewritten = 1"
            + " ORDER BY id FOR UPDATE",
        rows -> rows.getString(1),
        instance);
  }

  /// The last revision of a part that is not too large, which has all rows of its revisions.
  private static long lastOfPart(Connection file, long sent, long last) throws SQLException {
    return Sql.first(
            file,
            "SELECT revision FROM stats_bucket WHERE revision > ? ORDER BY revision"
                + " LIMIT 1 OFFSET ?",
            rows -> rows.getLong(1),
            sent,
            ROWS_AT_ONCE)
        .orElse(last);
  }

  private static List<ProcessRun> processes(Connection file, long sent) throws SQLException {
    String sql = "SELECT " + ProcessRun.COLUMNS + " FROM stats_process WHERE revision > ?";
    return Sql.all(file, sql, ProcessRun::of, sent);
  }

  /// In the order of their changes: a wide row takes the place of the finer ones before it.
  private static void sendRows(Connection shared, List<Bucket> changed) throws SQLException {
    for (var bucket : changed) {
      if (bucket.key().resolution() != Resolution.MINUTE) {
        Buckets.deleteWithin(shared, bucket.process(), bucket.key());
      }
    }
    Buckets.put(shared, changed);
  }

  /// Puts old rows of instances that are gone together.
  void rollUpOfGone(Instant now) throws StoreFailure {
    rollUp(Resolution.MINUTE, Resolution.HOUR, now.minus(LocalStore.MINUTES_KEPT), now.minus(GONE));
    rollUp(Resolution.HOUR, Resolution.DAY, now.minus(LocalStore.HOURS_KEPT), now.minus(GONE));
  }

  private void rollUp(Resolution from, Resolution to, Instant before, Instant heardBefore)
      throws StoreFailure {
    for (int i = 0; i < ROLL_UPS_AT_ONCE; i++) {
      boolean found =
          store.inTransaction(connection ->
              isAlone(connection)
                  && Buckets.rollUp(
                      connection, from, to, to.floor(before), heardBefore.toEpochMilli(), 0));
      if (!found) {
        return;
      }
    }
  }

  /// Whether no other process rolls up until the transaction ends.
  private static boolean isAlone(Connection shared) throws SQLException {
    String sql = "SELECT pg_try_advisory_xact_lock(" + ROLLING_UP + ")";
    return Sql.first(shared, sql, rows -> rows.getBoolean(1)).orElse(false);
  }

  @Override
  public void close() {
    store.close();
  }
}
