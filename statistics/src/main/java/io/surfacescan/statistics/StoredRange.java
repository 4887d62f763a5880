package io.surfacescan.statistics;

import io.surfacescan.statistics.Buckets.Bucket;
import io.surfacescan.statistics.counting.Resolution;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The rows of a store that a [RangeQuestion] is about.
///
/// @param abandoned whether the answer is no longer waited for
record StoredRange(
    Connection connection, RangeQuestion question, ThisProcess self, BooleanSupplier abandoned) {
  private static final int ROWS_AT_ONCE = 1_000;

  /// Takes one row after the other.
  @FunctionalInterface
  interface BucketReader {
    void read(Bucket bucket) throws UnanswerableRange;
  }

  private boolean isOwn() {
    return question.scope() == Scope.PROCESS;
  }

  /// The processes in scope, with this one even if the store does not know it yet.
  List<ProcessRun> processes() throws SQLException {
    String sql = "SELECT " + ProcessRun.COLUMNS + " FROM stats_process";
    var processes =
        isOwn()
            ? Sql.all(connection, sql + " WHERE id = ?", ProcessRun::of, self.id())
            : Sql.all(connection, sql, ProcessRun::of);
    if (processes.stream().noneMatch(process -> process.id().equals(self.id()))) {
      processes.add(
          new ProcessRun(
              self.id(), "", self.name(), self.startedAt(), self.startedAt(), null, 0, 0));
    }
    return processes;
  }

  /// Where the range begins, if it has a beginning: the start of the longest bucket that the moment
  /// asked for is in, because the requests of a bucket cannot be told apart.
  Optional<Instant> start() throws SQLException {
    if (question.from().isEmpty()) {
      return Optional.empty();
    }
    var start = question.from().get();
    for (var resolution : new Resolution[] {Resolution.DAY, Resolution.HOUR}) {
      start =
          Sql.first(
                  connection,
                  "SELECT MIN(start_at) FROM stats_bucket"
                      + " WHERE span = ? AND start_at > ? AND start_at < ?"
                      + " HAVING MIN(start_at) IS NOT NULL",
                  rows -> Instant.ofEpochSecond(rows.getLong(1)),
                  resolution.seconds(),
                  start.getEpochSecond() - resolution.seconds(),
                  start.getEpochSecond())
              .orElse(start);
    }
    return Optional.of(start);
  }

  /// Hands out the buckets from a moment on, in the order of time.
  void readBuckets(Optional<Instant> from, BucketReader reader)
      throws SQLException, UnanswerableRange {
    try (var statement =
        connection.prepareStatement(
            "SELECT "
                + Buckets.COLUMNS
                + " FROM stats_bucket WHERE start_at >= ? AND start_at < ?"
                + (isOwn() ? " AND process = ?" : "")
                + " ORDER BY start_at")) {
      statement.setLong(1, from.map(Instant::getEpochSecond).orElse(Long.MIN_VALUE));
      statement.setLong(2, question.to().map(Instant::getEpochSecond).orElse(Long.MAX_VALUE));
      if (isOwn()) {
        statement.setString(3, self.id());
      }
      statement.setFetchSize(ROWS_AT_ONCE);
      try (var rows = statement.executeQuery()) {
        for (long row = 0; rows.next(); row++) {
          if (row % ROWS_AT_ONCE == 0 && abandoned.getAsBoolean()) {
            throw new SQLException("the answer is no longer waited for");
          }
          reader.read(Buckets.bucket(rows));
        }
      }
    }
  }
}
