package io.surfacescan.statistics;

import io.surfacescan.statistics.counting.Accumulator;
import io.surfacescan.statistics.counting.BucketKey;
import io.surfacescan.statistics.counting.BucketValue;
import io.surfacescan.statistics.counting.RequestKind;
import io.surfacescan.statistics.counting.Resolution;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rows of `stats_bucket`, in statements that both databases understand.
final class Buckets {
  static final String COLUMNS =
      "process, start_at, span, route, status_class, request_count, total_nanos, longest_nanos,"
          + " aborted_count, latencies, revision";

  private static final String INSERT =
      "INSERT INTO stats_bucket ("
          + COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (process, start_at, span, route, status_class) DO UPDATE SET"
          + " request_count = excluded.request_count, total_nanos = excluded.total_nanos,"
          + " longest_nanos = excluded.longest_nanos, aborted_count = excluded.aborted_count,"
          + " latencies = excluded.latencies, revision = excluded.revision"
          // Only a file that was restored from a copy could know less.
          + " WHERE stats_bucket.request_count <= excluded.request_count";

  private static final String SAME =
      "process = ? AND start_at = ? AND span = ? AND route = ? AND status_class = ?";
  private static final String WITHIN =
      "process = ? AND route = ? AND status_class = ? AND span < ?"
          + " AND start_at >= ? AND start_at < ?";

  private Buckets() {}

  /// One row.
  ///
  /// @param revision of the change that made it so
  record Bucket(String process, BucketKey key, BucketValue value, long revision) {}

  /// The row that the cursor is at.
  static Bucket bucket(ResultSet rows) throws SQLException {
    return new Bucket(rows.getString("process"), key(rows), value(rows), rows.getLong("revision"));
  }

  private static BucketKey key(ResultSet rows) throws SQLException {
    return new BucketKey(
        Instant.ofEpochSecond(rows.getLong("start_at")),
        resolution(rows.getLong("span")),
        new RequestKind(rows.getString("route"), rows.getInt("status_class")));
  }

  private static Resolution resolution(long seconds) throws SQLException {
    return Resolution.ofSeconds(seconds)
        .orElseThrow(() ->
            new SQLException("a row has a span of " + seconds + " seconds, which is unknown here"));
  }

  private static BucketValue value(ResultSet rows) throws SQLException {
    return new BucketValue(
        rows.getLong("request_count"),
        rows.getLong("total_nanos"),
        rows.getLong("longest_nanos"),
        rows.getLong("aborted_count"),
        rows.getBytes("latencies"));
  }

  /// Those that a condition holds of.
  static List<Bucket> where(Connection connection, String condition, Object... values)
      throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM stats_bucket WHERE " + condition;
    return Sql.all(connection, sql, Buckets::bucket, values);
  }

  /// Writes rows in the place of those with the same key.
  static void put(Connection connection, Iterable<Bucket> buckets) throws SQLException {
    try (var statement = connection.prepareStatement(INSERT)) {
      for (var bucket : buckets) {
        var key = bucket.key();
        var value = bucket.value();
        Sql.set(
            statement,
            bucket.process(),
            key.start().getEpochSecond(),
            key.resolution().seconds(),
            key.kind().route(),
            key.kind().statusClass(),
            value.count(),
            value.nanos(),
            value.longest(),
            value.aborted(),
            value.latencies(),
            bucket.revision());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /// Adds to the rows what they do not count yet. What is added to an hour or a day takes the finer
  /// rows within it along, because a wide row counts all of its time but what is added later.
  static void add(
      Connection connection, String process, Map<BucketKey, BucketValue> values, long revision)
      throws SQLException {
    var sums = new ArrayList<Bucket>();
    for (var added : values.entrySet()) {
      var key = added.getKey();
      var sum = new Accumulator();
      sum.add(added.getValue());
      where(
              connection,
              SAME,
              process,
              key.start().getEpochSecond(),
              key.resolution().seconds(),
              key.kind().route(),
              key.kind().statusClass())
          .forEach(known -> sum.add(known.value()));
      if (key.resolution() != Resolution.MINUTE) {
        where(connection, WITHIN, within(process, key)).forEach(finer -> sum.add(finer.value()));
        deleteWithin(connection, process, key);
      }
      sums.add(new Bucket(process, key, sum.value(), revision));
    }
    put(connection, sums);
  }

  /// Deletes the rows of shorter spans that lie within one.
  static void deleteWithin(Connection connection, String process, BucketKey wide)
      throws SQLException {
    Sql.update(connection, "DELETE FROM stats_bucket WHERE " + WITHIN, within(process, wide));
  }

  private static Object[] within(String process, BucketKey wide) {
    long start = wide.start().getEpochSecond();
    long length = wide.resolution().seconds();
    var kind = wide.kind();
    return new Object[] {process, kind.route(), kind.statusClass(), length, start, start + length};
  }

  /// Puts the rows of one span together to the next wider one, for the earliest part of the time
  /// before a moment that has such rows.
  ///
  /// @param before a start of a wider span
  /// @param heardBefore only rows of instances not heard of since, in milliseconds
  /// @return whether there were any
  static boolean rollUp(
      Connection connection,
      Resolution from,
      Resolution to,
      Instant before,
      long heardBefore,
      long revision)
      throws SQLException {
    var first = earliest(connection, from, before, heardBefore);
    if (first.isEmpty()) {
      return false;
    }
    var start = to.floor(first.get());
    var end = start.plus(to.length());
    Object[] range = {from.seconds(), start.getEpochSecond(), end.getEpochSecond(), heardBefore};
    // Locks them, too: of two that roll up at once, the second finds nothing left.
    Sql.update(
        connection,
        "UPDATE stats_process SET rewritten = 1 WHERE id IN"
            + " (SELECT process FROM stats_bucket WHERE span = ? AND start_at >= ?"
            + " AND start_at < ?) AND "
            + HEARD_BEFORE,
        range);
    var wide = new HashMap<String, Map<BucketKey, BucketValue>>();
    for (var bucket :
        where(connection, "span = ? AND start_at >= ? AND start_at < ?" + OF_SILENT, range)) {
      wide.computeIfAbsent(bucket.process(), _ -> new HashMap<>())
          .put(bucket.key().within(to), BucketValue.NONE);
    }
    for (var process : wide.entrySet()) {
      add(connection, process.getKey(), process.getValue(), revision);
    }
    return true;
  }

  private static final String HEARD_BEFORE =
      "instance IN (SELECT id FROM stats_instance WHERE heard_at < ?)";

  private static final String OF_SILENT =
      " AND process IN (SELECT id FROM stats_process WHERE " + HEARD_BEFORE + ")";

  private static Optional<Instant> earliest(
      Connection connection, Resolution resolution, Instant before, long heardBefore)
      throws SQLException {
    return Sql.first(
        connection,
        "SELECT MIN(start_at) FROM stats_bucket WHERE span = ? AND start_at < ?"
            + OF_SILENT
            + " HAVING MIN(start_at) IS NOT NULL",
        rows -> Instant.ofEpochSecond(rows.getLong(1)),
        resolution.seconds(),
        before.getEpochSecond(),
        heardBefore);
  }
}
