package io.surfacescan.statistics.counting;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/// How many requests there were and how long they took, at one moment. Immutable.
public final class LatencySnapshot {
  /// Of no requests.
  public static final LatencySnapshot NONE =
      new LatencySnapshot(Accumulator.emptyHistogram(), 0, 0);

  private final Histogram times;
  private final long nanos;
  private final long aborted;

  /// @param times belongs to this from now on
  LatencySnapshot(Histogram times, long nanos, long aborted) {
    this.times = times;
    this.nanos = nanos;
    this.aborted = aborted;
  }

  public long count() {
    return times.getTotalCount();
  }

  /// The time of all of them together.
  public long nanos() {
    return nanos;
  }

  /// Those whose client went away before the end of the answer.
  public long aborted() {
    return aborted;
  }

  /// The number of requests within each of the bounds. Times are kept with two digits: what is less
  /// than a hundredth longer than a bound may count as within it.
  ///
  /// @param bounds in nanoseconds, rising
  public long[] within(long... bounds) {
    long[] counts = new long[bounds.length];
    for (var step : times.recordedValues()) {
      long least = times.lowestEquivalentValue(step.getValueIteratedTo());
      int found = Arrays.binarySearch(bounds, least);
      int bound = found < 0 ? -found - 1 : found;
      if (bound < counts.length) {
        counts[bound] += step.getCountAtValueIteratedTo();
      }
    }
    Arrays.parallelPrefix(counts, Long::sum);
    return counts;
  }

  /// The percentile of the times in nanoseconds, with two digits; 100 is the longest.
  public long percentile(double percentile) {
    return times.getValueAtPercentile(percentile);
  }

  /// These and others.
  public LatencySnapshot plus(LatencySnapshot others) {
    var sum = times.copy();
    sum.add(others.times);
    return new LatencySnapshot(sum, nanos + others.nanos, aborted + others.aborted);
  }

  /// These without those that were there at an earlier moment.
  public LatencySnapshot since(LatencySnapshot earlier) {
    var difference = times.copy();
    difference.subtract(earlier.times);
    return new LatencySnapshot(difference, nanos - earlier.nanos, aborted - earlier.aborted);
  }
}
