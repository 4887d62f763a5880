package io.surfacescan.statistics.counting;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.HdrHistogram.AtomicHistogram;
import org.jspecify.annotations.Nullable;

/// Where requests are recorded for a while, by many threads. Cells get their memory with their
/// first record and keep it.
final class Interval {
  static final int STATUSES = 600;
  private static final int CLASS_SIZE = 100;
  static final int CLASSES = STATUSES / CLASS_SIZE;

  private final AtomicReferenceArray<@Nullable Use> uses;
  private final AtomicLongArray countsByStatus = new AtomicLongArray(STATUSES);

  Interval(int routes) {
    uses = new AtomicReferenceArray<>(routes * CLASSES);
  }

  void add(int route, int status, long nanos, boolean aborted) {
    use(route * CLASSES + status / CLASS_SIZE).add(nanos, aborted);
    countsByStatus.getAndIncrement(status);
  }

  private Use use(int cell) {
    var use = uses.get(cell);
    if (use != null) {
      return use;
    }
    var made = new Use();
    var other = uses.compareAndExchange(cell, null, made);
    return other == null ? made : other;
  }

  /// Takes one cell's requests or nothing.
  @FunctionalInterface
  interface CellReader {
    /// Reads it before it is emptied.
    ///
    /// @param cell the route's number times [#CLASSES], plus the hundreds of the status
    void read(int cell, Use use);
  }

  /// Hands out every cell that has requests and empties it. No thread may record meanwhile.
  void drain(CellReader reader) {
    for (int cell = 0; cell < uses.length(); cell++) {
      var use = uses.get(cell);
      if (use != null && use.latencies.getTotalCount() > 0) {
        reader.read(cell, use);
        use.clear();
      }
    }
  }

  /// Adds the counts of each status to the array and empties them. No thread may record meanwhile.
  void drainStatuses(long[] counts) {
    for (int status = 0; status < STATUSES; status++) {
      counts[status] += countsByStatus.getAndSet(status, 0);
    }
  }

  /// The requests of one cell.
  static final class Use {
    /// Counts them, too.
    private final AtomicHistogram latencies =
        new AtomicHistogram(Accumulator.LONGEST_NANOS, Accumulator.SIGNIFICANT_DIGITS);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong aborted = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();

    private void add(long more, boolean wasAborted) {
      latencies.recordValue(Math.min(more, Accumulator.LONGEST_NANOS));
      nanos.getAndAdd(more);
      if (wasAborted) {
        aborted.getAndIncrement();
      }
      if (more > longest.get()) {
        longest.accumulateAndGet(more, Math::max);
      }
    }

    void addTo(Accumulator sum) {
      sum.add(nanos.get(), longest.get(), aborted.get(), latencies);
    }

    private void clear() {
      latencies.reset();
      nanos.set(0);
      aborted.set(0);
      longest.set(0);
    }
  }
}
