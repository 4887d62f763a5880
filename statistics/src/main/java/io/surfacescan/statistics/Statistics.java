package io.surfacescan.statistics;

import io.surfacescan.report.StatisticsDocument;
import io.surfacescan.report.StatisticsDocument.RouteUse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.WriterReaderPhaser;
import org.jspecify.annotations.Nullable;

/// Counts and times every request since the process started. Thread-safe; recording never waits.
///
/// A count and its time cannot disagree, and no record is lost, although nobody locks: a record is
/// several atomic additions to one [Interval], made inside one critical section of a writer-reader
/// phaser (Gil Tene, the structure under HdrHistogram's Recorder). Entering and leaving it are one
/// atomic addition each. Whoever reads puts an empty interval in the place of the one in use and
/// waits until every writer that may still hold the old one has left; then nobody writes to it any
/// more, and all of its numbers together are added to the totals. So a record is in a snapshot with
/// its count, its time, its route and its status, or not at all, and one that was complete before
/// the snapshot began is in it.
public final class Statistics {
  /// Writers are out in well under a microsecond, unless their thread lost its processor.
  private static final long YIELD = 0;

  private final List<? extends CountedRoute> routes;
  private final InstantSource clock;
  private final Instant since;
  private final long started = System.nanoTime();
  private final WriterReaderPhaser phaser = new WriterReaderPhaser();
  private final LongAdder rejected = new LongAdder();

  /// Where writers add; replaced by readers only.
  private volatile Interval active;

  /// Empty, and written by nobody. This and all below is guarded by this.
  private Interval spare;

  private final Sum total = new Sum();
  private final @Nullable Sum[] totals;
  private final long[] countsByStatus = new long[Interval.STATUSES];

  /// What is still to be kept beyond the process, if anything shall be.
  private @Nullable Minutes minutes;

  /// @param routes at their ordinals
  public Statistics(List<? extends CountedRoute> routes, InstantSource clock) {
    this.routes = List.copyOf(routes);
    this.clock = clock;
    this.since = clock.instant();
    this.active = new Interval(routes.size());
    this.spare = new Interval(routes.size());
    this.totals = new Sum[routes.size() * Interval.CLASSES];
  }

  /// Counts one request.
  ///
  /// @param status 100 to 599
  /// @param aborted whether its client went away before the end of the answer
  public void record(CountedRoute route, int status, long nanos, boolean aborted) {
    long phase = phaser.writerCriticalSectionEnter();
    try {
      active.add(route.ordinal(), status, nanos, aborted);
    } finally {
      phaser.writerCriticalSectionExit(phase);
    }
  }

  /// Counts something that could not be read as HTTP.
  public void reject() {
    rejected.increment();
  }

  /// From now on, every record is also gathered by its minute until it is taken.
  synchronized void gather() {
    if (minutes == null) {
      minutes = new Minutes();
    }
  }

  /// Moves what was recorded to the totals, and to the minute that it is now. Called in time before
  /// a minute ends, it makes the minutes right.
  synchronized void rotate() {
    var full = active;
    active = spare;
    phaser.readerLock();
    try {
      phaser.flipPhase(YIELD);
    } finally {
      phaser.readerUnlock();
    }
    full.drainStatuses(countsByStatus);
    var gathering = minutes;
    if (gathering != null) {
      gathering.turnTo(Span.MINUTE.floor(clock.instant()));
      gathering.rejectedUpTo(rejected.sum());
    }
    full.drain((cell, use) -> {
      use.addTo(total);
      use.addTo(sum(cell));
      if (gathering != null) {
        gathering.add(cell, cell(cell), use);
      }
    });
    spare = full;
  }

  private Sum sum(int cell) {
    var sum = totals[cell];
    if (sum == null) {
      sum = new Sum();
      totals[cell] = sum;
    }
    return sum;
  }

  private Cell cell(int cell) {
    return new Cell(routes.get(cell / Interval.CLASSES).path(), cell % Interval.CLASSES);
  }

  /// All that was recorded since it was last taken, by minutes.
  synchronized Taken take() {
    var until = clock.instant();
    rotate();
    return new Taken(until, minutes == null ? Tallies.NONE : minutes.take());
  }

  /// @param until every request that was recorded by then is in this or was taken before
  record Taken(Instant until, Tallies tallies) {}

  /// All records that were complete when this was called, and perhaps some later ones, each with
  /// all of its numbers.
  ///
  /// @param vmCount of the environment served now
  public synchronized StatisticsDocument snapshot(int vmCount) {
    rotate();
    var byRoute = new LinkedHashMap<String, RouteUse>();
    for (int route = 0; route < routes.size(); route++) {
      var use = use(route);
      if (use.requestCount() > 0) {
        byRoute.put(routes.get(route).path(), use);
      }
    }
    var statuses = new TreeMap<Integer, Long>();
    for (int status = 0; status < Interval.STATUSES; status++) {
      if (countsByStatus[status] > 0) {
        statuses.put(status, countsByStatus[status]);
      }
    }
    return new StatisticsDocument(
        vmCount,
        total.times(),
        since,
        Duration.ofNanos(System.nanoTime() - started),
        byRoute,
        statuses,
        total.aborted(),
        rejected.sum());
  }

  /// The same records as a [#snapshot] at this moment has, with their times by kind.
  public synchronized Totals totals() {
    rotate();
    var requests = new LinkedHashMap<Cell, Latencies>();
    for (int cell = 0; cell < totals.length; cell++) {
      var sum = totals[cell];
      if (sum != null) {
        requests.put(cell(cell), sum.latencies());
      }
    }
    return new Totals(requests, rejected.sum());
  }

  private RouteUse use(int route) {
    long count = 0;
    long nanos = 0;
    for (int cell = route * Interval.CLASSES; cell < (route + 1) * Interval.CLASSES; cell++) {
      var sum = totals[cell];
      if (sum != null) {
        count += sum.count();
        nanos += sum.nanos();
      }
    }
    return new RouteUse(count, Duration.ofNanos(nanos));
  }
}
