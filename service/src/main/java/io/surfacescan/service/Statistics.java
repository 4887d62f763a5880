package io.surfacescan.service;

import io.surfacescan.report.StatisticsDocument;
import io.surfacescan.report.StatisticsDocument.RouteUse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.WriterReaderPhaser;

/// Counts and times every request since the process started. Thread-safe; recording never waits.
///
/// A count and its time cannot disagree, and no record is lost, although nobody locks: a record is
/// several atomic additions to one [Interval], made inside one critical section of a writer-reader
/// phaser (Gil Tene, the structure under HdrHistogram's Recorder). Entering and leaving it are one
/// atomic addition each. A snapshot puts an empty interval in the place of the one in use and waits
/// until every writer that may still hold the old one has left; then nobody writes to it any more,
/// and all of its numbers together are added to the totals. So a record is in a snapshot with its
/// count, its time, its route and its status, or not at all, and one that was complete before the
/// snapshot began is in it.
final class Statistics {
  private static final int STATUSES = 600;
  private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int SIGNIFICANT_DIGITS = 2;
  private static final int ROUTES = Route.values().length;

  private final Instant since = Instant.now();
  private final long started = System.nanoTime();
  private final WriterReaderPhaser phaser = new WriterReaderPhaser();
  private final LongAdder rejected = new LongAdder();

  /// Where writers add; replaced by snapshots only.
  private volatile Interval active = new Interval();

  /// Empty, and written by nobody. Guarded by this.
  private Interval spare = new Interval();

  private final Totals totals = new Totals();

  /// Counts one request.
  ///
  /// @param status 100 to 599
  /// @param aborted whether its client went away before the end of the answer
  void record(Route route, int status, long nanos, boolean aborted) {
    long phase = phaser.writerCriticalSectionEnter();
    try {
      active.add(route, status, nanos, aborted);
    } finally {
      phaser.writerCriticalSectionExit(phase);
    }
  }

  /// Counts something that could not be read as HTTP.
  void reject() {
    rejected.increment();
  }

  /// All records that were complete when this was called, and perhaps some later ones, each with
  /// all of its numbers.
  ///
  /// @param vmCount of the environment served now
  synchronized StatisticsDocument snapshot(int vmCount) {
    var full = active;
    active = spare;
    phaser.readerLock();
    try {
      phaser.flipPhase();
    } finally {
      phaser.readerUnlock();
    }
    totals.take(full);
    spare = full;
    return document(vmCount);
  }

  private StatisticsDocument document(int vmCount) {
    var routes = new LinkedHashMap<String, RouteUse>();
    for (var route : Route.values()) {
      long count = totals.countsByRoute[route.ordinal()];
      if (count > 0) {
        routes.put(
            route.path(),
            new RouteUse(count, Duration.ofNanos(totals.nanosByRoute[route.ordinal()])));
      }
    }
    var statuses = new TreeMap<Integer, Long>();
    for (int status = 0; status < STATUSES; status++) {
      if (totals.countsByStatus[status] > 0) {
        statuses.put(status, totals.countsByStatus[status]);
      }
    }
    return new StatisticsDocument(
        vmCount,
        totals.count(),
        Duration.ofNanos(totals.nanos()),
        since,
        Duration.ofNanos(System.nanoTime() - started),
        percentiles(),
        routes,
        statuses,
        totals.aborted,
        rejected.sum());
  }

  private SequencedMap<String, Duration> percentiles() {
    var percentiles = new LinkedHashMap<String, Duration>();
    percentiles.put("p50", percentile(50));
    percentiles.put("p90", percentile(90));
    percentiles.put("p99", percentile(99));
    percentiles.put("p999", percentile(99.9));
    percentiles.put("max", Duration.ofNanos(totals.longest));
    return percentiles;
  }

  /// The histogram keeps two digits and rounds up, which must not lift a percentile over the
  /// longest time.
  private Duration percentile(double percentile) {
    return Duration.ofNanos(
        Math.min(totals.longest, totals.latencies.getValueAtPercentile(percentile)));
  }

  /// Records since some snapshot.
  private static final class Interval {
    private final AtomicLongArray countsByRoute = new AtomicLongArray(ROUTES);
    private final AtomicLongArray nanosByRoute = new AtomicLongArray(ROUTES);
    private final AtomicLongArray countsByStatus = new AtomicLongArray(STATUSES);
    private final AtomicHistogram latencies =
        new AtomicHistogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);

    /// Aborted requests, and the longest time.
    private final AtomicLongArray others = new AtomicLongArray(2);

    void add(Route route, int status, long nanos, boolean aborted) {
      countsByRoute.getAndIncrement(route.ordinal());
      nanosByRoute.getAndAdd(route.ordinal(), nanos);
      countsByStatus.getAndIncrement(status);
      latencies.recordValue(Math.min(nanos, LONGEST_NANOS));
      if (aborted) {
        others.getAndIncrement(0);
      }
      if (nanos > others.get(1)) {
        others.accumulateAndGet(1, nanos, Math::max);
      }
    }
  }

  /// Records up to the last snapshot. Guarded by the statistics.
  private static final class Totals {
    private final long[] countsByRoute = new long[ROUTES];
    private final long[] nanosByRoute = new long[ROUTES];
    private final long[] countsByStatus = new long[STATUSES];
    private final Histogram latencies = new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
    private long aborted;
    private long longest;

    /// Adds what the interval holds and empties it.
    void take(Interval interval) {
      move(interval.countsByRoute, countsByRoute);
      move(interval.nanosByRoute, nanosByRoute);
      move(interval.countsByStatus, countsByStatus);
      latencies.add(interval.latencies);
      interval.latencies.reset();
      aborted += interval.others.getAndSet(0, 0);
      longest = Math.max(longest, interval.others.getAndSet(1, 0));
    }

    private static void move(AtomicLongArray from, long[] to) {
      for (int i = 0; i < to.length; i++) {
        to[i] += from.getAndSet(i, 0);
      }
    }

    long count() {
      return sum(countsByRoute);
    }

    long nanos() {
      return sum(nanosByRoute);
    }

    private static long sum(long[] values) {
      long sum = 0;
      for (long value : values) {
        sum += value;
      }
      return sum;
    }
  }
}
