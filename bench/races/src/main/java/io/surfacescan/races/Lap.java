package io.surfacescan.races;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How one way of asking did.
///
/// @param way its name, empty if the peer has only one
/// @param answers what was answered, in the order of the sample; fewer than the sample if time ran
///   out
/// @param medianNanos for each answer the median time of its rounds; empty if it was stopped before
/// @param spreadNanos median, 99th percentile and maximum of all times
/// @param stop why it was stopped, if it was
record Lap(
    String way,
    List<GivenAnswer> answers,
    List<Long> medianNanos,
    List<Long> spreadNanos,
    Optional<String> stop) {
  /// The attackers of one VM: how many, and the [Digest] of which.
  record GivenAnswer(int size, String digest) {
    /// The answer of a line of [PeerProcess].
    static GivenAnswer parse(String line) {
      int size = line.indexOf(' ') + 1;
      int digest = line.indexOf(' ', size) + 1;
      return new GivenAnswer(
          Integer.parseInt(line.substring(size, digest - 1)), line.substring(digest));
    }
  }

  /// How many times as long it took as the other on the VMs that both were asked about, by the
  /// median VM.
  double timesAsLongAs(Lap other) {
    int both = Math.min(medianNanos.size(), other.medianNanos.size());
    return (double) median(medianNanos, both) / median(other.medianNanos, both);
  }

  private static long median(List<Long> nanos, int count) {
    long[] sorted = nanos.stream().limit(count).mapToLong(Long::longValue).sorted().toArray();
    return Times.quantile(sorted, 0.5);
  }

  /// The sizes of the answers, ascending.
  int[] sizes() {
    int[] sizes = answers.stream().mapToInt(GivenAnswer::size).toArray();
    Arrays.sort(sizes);
    return sizes;
  }
}
