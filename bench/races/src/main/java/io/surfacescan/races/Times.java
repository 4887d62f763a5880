package io.surfacescan.races;

import java.util.Arrays;

/// How long each VM took to be asked about, in nanoseconds, over some rounds.
final class Times {
  /// After so many rounds more would tell nothing new.
  static final int ROUNDS_MAX = 1000;

  private final long[][] roundsOfVm;
  private int rounds;
  private long total;

  Times(int vms) {
    roundsOfVm = new long[vms][1];
  }

  int vms() {
    return roundsOfVm.length;
  }

  int rounds() {
    return rounds;
  }

  long total() {
    return total;
  }

  void add(int vm, long nanos) {
    if (rounds == roundsOfVm[vm].length) {
      roundsOfVm[vm] = Arrays.copyOf(roundsOfVm[vm], 2 * rounds);
    }
    roundsOfVm[vm][rounds] = nanos;
    total += nanos;
  }

  void endRound() {
    rounds++;
  }

  /// For each VM the median of its rounds.
  long[] medians() {
    return Arrays.stream(roundsOfVm)
        .mapToLong(taken -> quantile(Arrays.stream(taken).limit(rounds).sorted().toArray(), 0.5))
        .toArray();
  }

  /// The median, the 99th percentile and the maximum of everything.
  long[] medianAndTail() {
    long[] all =
        Arrays.stream(roundsOfVm)
            .flatMapToLong(taken -> Arrays.stream(taken).limit(rounds))
            .sorted()
            .toArray();
    return new long[] {quantile(all, 0.5), quantile(all, 0.99), all[all.length - 1]};
  }

  /// The smallest value that at least this share of the sorted ones do not exceed.
  static long quantile(long[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
