package io.surfacescan.statistics.counting;

import java.util.Arrays;

/// The numbers of some requests, as they are kept: immutable, small, and two of them make one.
///
/// @param count how many
/// @param nanos the time of all of them together
/// @param longest the longest of their times, in nanoseconds
/// @param aborted those whose client went away before the end of the answer
/// @param latencies their times as an HdrHistogram of two digits in its V2 encoding
public record BucketValue(long count, long nanos, long longest, long aborted, byte[] latencies) {
  public static final BucketValue NONE = new BucketValue(0, 0, 0, 0, new byte[0]);

  /// The numbers of both.
  BucketValue plus(BucketValue more) {
    var sum = new Accumulator();
    sum.add(this);
    sum.add(more);
    return sum.value();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BucketValue value
        && count == value.count
        && nanos == value.nanos
        && longest == value.longest
        && aborted == value.aborted
        && Arrays.equals(latencies, value.latencies);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(count) * 31 + Long.hashCode(nanos);
  }

  @Override
  public String toString() {
    return "%d in %d ns, longest %d ns, aborted %d".formatted(count, nanos, longest, aborted);
  }
}
