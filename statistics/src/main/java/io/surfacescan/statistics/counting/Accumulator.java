package io.surfacescan.statistics.counting;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/// Adds up the numbers of requests. Not thread-safe.
public final class Accumulator {
  static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);
  static final int SIGNIFICANT_DIGITS = 2;

  private final Histogram latencies = emptyHistogram();
  private long count;
  private long nanos;
  private long longest;
  private long aborted;

  static Histogram emptyHistogram() {
    return new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
  }

  /// Adds requests that were timed elsewhere.
  ///
  /// @param times one for each request, those over an hour as an hour
  public void add(long moreNanos, long moreLongest, long moreAborted, AbstractHistogram times) {
    count += times.getTotalCount();
    nanos += moreNanos;
    longest = Math.max(longest, moreLongest);
    aborted += moreAborted;
    latencies.add(times);
  }

  public void add(BucketValue value) {
    count += value.count();
    nanos += value.nanos();
    longest = Math.max(longest, value.longest());
    aborted += value.aborted();
    if (value.latencies().length > 0) {
      latencies.add(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(value.latencies()), 0));
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  public long count() {
    return count;
  }

  public long nanos() {
    return nanos;
  }

  public long aborted() {
    return aborted;
  }

  /// What was added, to be kept.
  public BucketValue value() {
    var buffer = ByteBuffer.allocate(latencies.getNeededByteBufferCapacity());
    latencies.encodeIntoByteBuffer(buffer);
    byte[] encoded = new byte[buffer.flip().remaining()];
    buffer.get(encoded);
    return new BucketValue(count, nanos, longest, aborted, encoded);
  }

  /// What was added, to be read later.
  LatencySnapshot latencies() {
    return new LatencySnapshot(latencies.copy(), nanos, aborted);
  }

  /// What was added, to be shown.
  public RequestTimes times() {
    return new RequestTimes(
        count,
        Duration.ofNanos(nanos),
        percentile(50),
        percentile(90),
        percentile(99),
        percentile(99.9),
        Duration.ofNanos(longest));
  }

  /// The histogram keeps two digits and rounds up, which must not lift a percentile over the
  /// longest time.
  private Duration percentile(double percentile) {
    return Duration.ofNanos(Math.min(longest, latencies.getValueAtPercentile(percentile)));
  }

  public void clear() {
    latencies.reset();
    count = 0;
    nanos = 0;
    longest = 0;
    aborted = 0;
  }
}
