package io.surfacescan.service;

import io.surfacescan.report.StatisticsDocument;
import io.surfacescan.report.StatisticsDocument.RouteUse;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

  /// Writers are out in well under a microsecond, unless their thread lost its processor.
  private static final long YIELD = 0;

  private static final int SIGNIFICANT_DIGITS = 2;

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
      phaser.flipPhase(YIELD);
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
      var use = totals.use(route);
      if (use.requestCount() > 0) {
        routes.put(route.path(), use);
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
        totals.time(),
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
    private final Map<Route, Use> uses = new EnumMap<>(Route.class);
    private final AtomicLongArray countsByStatus = new AtomicLongArray(STATUSES);
    private final AtomicHistogram latencies =
        new AtomicHistogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
    private final AtomicLong aborted = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();

    Interval() {
      for (var route : Route.values()) {
        uses.put(route, new Use());
      }
    }

    void add(Route route, int status, long nanos, boolean wasAborted) {
      use(route).add(nanos);
      countsByStatus.getAndIncrement(status);
      latencies.recordValue(Math.min(nanos, LONGEST_NANOS));
      if (wasAborted) {
        aborted.getAndIncrement();
      }
      if (nanos > longest.get()) {
        longest.accumulateAndGet(nanos, Math::max);
      }
    }

    Use use(Route route) {
      return Objects.requireNonNull(uses.get(route));
    }
  }

  /// The requests of one route.
  private static final class Use {
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();

    void add(long more) {
      count.getAndIncrement();
      nanos.getAndAdd(more);
    }
  }

  /// Records up to the last snapshot. Guarded by the statistics.
  private static final class Totals {
    private final Map<Route, RouteUse> uses = new EnumMap<>(Route.class);
    private final long[] countsByStatus = new long[STATUSES];
    private final Histogram latencies = new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
    private long aborted;
    private long longest;

    RouteUse use(Route route) {
      return uses.getOrDefault(route, new RouteUse(0, Duration.ZERO));
    }

    /// Adds what the interval holds and empties it.
    void take(Interval interval) {
      for (var route : Route.values()) {
        var taken = interval.use(route);
        var before = use(route);
        uses.put(
            route,
            new RouteUse(
                before.requestCount() + taken.count.getAndSet(0),
                before.totalTime().plusNanos(taken.nanos.getAndSet(0))));
      }
      for (int status = 0; status < STATUSES; status++) {
        countsByStatus[status] += interval.countsByStatus.getAndSet(status, 0);
      }
      latencies.add(interval.latencies);
      interval.latencies.reset();
      aborted += interval.aborted.getAndSet(0);
      longest = Math.max(longest, interval.longest.getAndSet(0));
    }

    long count() {
      return uses.values().stream().mapToLong(RouteUse::requestCount).sum();
    }

    Duration time() {
      return uses.values().stream().map(RouteUse::totalTime).reduce(Duration.ZERO, Duration::plus);
    }
  }
}
