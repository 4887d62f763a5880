package io.surfacescan.statistics.counting;

import io.surfacescan.statistics.counting.ProcessStatistics.RouteUse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Counts and times every request since the process started. Thread-safe; recording never waits.
///
/// A count and its time cannot disagree, and no record is lost, without a lock: see [Recorder].
/// There are several of those, so that threads that record at once seldom meet at the same numbers;
/// reading adds all of them up.
public final class Statistics {
  private static final int RECORDERS_MOST = 8;

  /// Rotations are no further apart, unless their thread has to wait.
  private static final Duration ROTATION = Duration.ofSeconds(3);

  private final List<? extends CountedRoute> routes;
  private final InstantSource clock;
  private final Instant since;
  private final long started = System.nanoTime();
  private final LongAdder rejected = new LongAdder();

  /// A power of two of them.
  private final Recorder[] recorders;

  /// This and all below is guarded by this.
  private Instant rotated;

  private final Accumulator total = new Accumulator();
  private final @Nullable Accumulator[] totals;
  private final long[] countsByStatus = new long[Interval.STATUSES];

  /// What is still to be kept beyond the process, if anything shall be.
  private @Nullable Minutes minutes;

  /// @param routes at their ordinals
  public Statistics(List<? extends CountedRoute> routes, InstantSource clock) {
    this.routes = List.copyOf(routes);
    this.clock = clock;
    this.since = clock.instant();
    this.rotated = since;
    this.recorders = new Recorder[recorders()];
    Arrays.setAll(recorders, _ -> new Recorder(routes.size()));
    this.totals = new Accumulator[routes.size() * Interval.CLASSES];
  }

  private static int recorders() {
    int processors = Math.min(RECORDERS_MOST, Runtime.getRuntime().availableProcessors());
    int highest = Integer.highestOneBit(processors);
    return highest == processors ? highest : Math.min(RECORDERS_MOST, highest * 2);
  }

  /// Counts one request.
  ///
  /// @param status 100 to 599
  /// @param aborted whether its client went away before the end of the answer
  public void record(CountedRoute route, int status, long nanos, boolean aborted) {
    // Event loops are started one after the other, so their numbers differ in the last bits.
    int recorder = (int) Thread.currentThread().threadId() & (recorders.length - 1);
    recorders[recorder].record(route.ordinal(), status, nanos, aborted);
  }

  /// Counts something that could not be read as HTTP.
  public void reject() {
    rejected.increment();
  }

  /// From now on, every record is also gathered by its minute until it is taken.
  public synchronized void gather() {
    if (minutes == null) {
      minutes = new Minutes();
    }
  }

  /// Moves what was recorded to the totals, and to the minute that it is now. Called in time before
  /// a minute ends, it makes the minutes right.
  public synchronized void rotate() {
    var gathering = minutes;
    if (gathering != null) {
      gathering.turnTo(Resolution.MINUTE.floor(began()));
      gathering.rejectedUpTo(rejected.sum());
    }
    for (var recorder : recorders) {
      var full = recorder.read();
      full.drainStatuses(countsByStatus);
      full.drain((cell, use) -> {
        use.addTo(total);
        use.addTo(sum(cell));
        if (gathering != null) {
          gathering.add(cell, cell(cell), use);
        }
      });
    }
  }

  /// When the first of the records that are rotated now may have been made: a rotation that comes
  /// right after the end of a minute has those of the minute.
  private Instant began() {
    var before = rotated;
    var now = clock.instant();
    rotated = now;
    var gap = Duration.between(before, now);
    return gap.isNegative() || gap.compareTo(ROTATION) > 0 ? now : before;
  }

  private Accumulator sum(int cell) {
    var sum = totals[cell];
    if (sum == null) {
      sum = new Accumulator();
      totals[cell] = sum;
    }
    return sum;
  }

  private RequestKind cell(int cell) {
    return new RequestKind(routes.get(cell / Interval.CLASSES).path(), cell % Interval.CLASSES);
  }

  /// All that was recorded since it was last taken, by minutes.
  public synchronized Taken take() {
    var until = clock.instant();
    rotate();
    return new Taken(until, minutes == null ? BucketValues.NONE : minutes.take());
  }

  /// What was recorded in some minutes.
  ///
  /// @param until every request that was recorded by then is in this or was taken before
  public record Taken(Instant until, BucketValues values) {}

  /// All records that were complete when this was called, and perhaps some later ones, each with
  /// all of its numbers.
  public synchronized ProcessStatistics snapshot() {
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
    return new ProcessStatistics(
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
    var requests = new LinkedHashMap<RequestKind, LatencySnapshot>();
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
