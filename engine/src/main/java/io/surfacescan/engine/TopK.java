package io.surfacescan.engine;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;

/// The few best of many candidates: by loss, highest first, ties by a second order. Not
/// thread-safe.
final class TopK {
  /// A candidate with what is lost without it.
  record Leader(int candidate, long loss) {}

  private final int most;
  private final Comparator<Leader> order;
  private final PriorityQueue<Leader> worstFirst;

  /// @param most how many are kept, at least 1
  /// @param ties an order of the candidates without ties of its own
  TopK(int most, Comparator<Integer> ties) {
    this.most = most;
    this.order =
        Comparator.comparingLong(Leader::loss).reversed().thenComparing(Leader::candidate, ties);
    this.worstFirst = new PriorityQueue<>(order.reversed());
  }

  /// Keeps the candidate if it is among the best so far; never one whose loss is 0.
  void offer(int candidate, long loss) {
    if (loss < lossToEnter()) {
      return;
    }
    worstFirst.add(new Leader(candidate, loss));
    if (worstFirst.size() > most) {
      worstFirst.remove();
    }
  }

  /// Whoever loses less cannot enter; whoever loses as much may.
  long lossToEnter() {
    var worst = worstFirst.size() < most ? null : worstFirst.peek();
    return worst == null ? 1 : worst.loss();
  }

  /// Best first.
  <T> List<T> list(Function<Leader, T> answer) {
    return worstFirst.stream().sorted(order).map(answer).toList();
  }
}
