package io.surfacescan.statistics;

import io.surfacescan.statistics.counting.Statistics;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Statistics that are kept, as a process has them, but written when the test says so.
record Running(Statistics statistics, DurableStatistics durable) implements AutoCloseable {
  private static final long NANOS = 1_000_000;

  static Running on(Path folder, Optional<String> url, InstantSource clock) {
    var statistics = new Statistics(List.of(Way.values()), clock);
    return new Running(
        statistics, new DurableStatistics(statistics, Optional.of(folder), url, "test", clock));
  }

  /// Records so many requests of a millisecond.
  void record(Way route, int status, int count) {
    for (int i = 0; i < count; i++) {
      statistics.record(route, status, NANOS, false);
    }
  }

  /// What otherwise happens every two seconds.
  void tick() {
    durable.write();
  }

  RangeStatistics ask(RangeQuestion question) throws StoreFailure, UnanswerableRange {
    return durable.ask(question, () -> false);
  }

  @Override
  public void close() {
    durable.close();
  }
}
