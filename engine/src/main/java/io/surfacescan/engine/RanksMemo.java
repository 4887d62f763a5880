package io.surfacescan.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Surfaces found before, per in-atom, or blast radii, per out-atom, within a bound on the ints
/// they hold. Thread-safe and lock-free.
///
/// Beyond the bound a hand goes round the places and drops what it meets: no order of use is kept,
/// because an answer found again costs milliseconds at worst and a list of uses would cost every
/// answer a write to shared memory.
final class RanksMemo {
  private final AtomicReferenceArray<@Nullable Ranks> places;
  private final AtomicLong heldInts = new AtomicLong();
  private final AtomicInteger hand = new AtomicInteger();
  private final long maxInts;

  RanksMemo(int atomCount, long maxInts) {
    this.places = new AtomicReferenceArray<>(atomCount);
    this.maxInts = maxInts;
  }

  /// The memoised answer, or the one found now. Two threads may find the same one at once.
  Ranks get(int atom, IntFunction<Ranks> finder) {
    var known = places.get(atom);
    if (known != null) {
      return known;
    }
    var found = finder.apply(atom);
    if (cost(found) <= maxInts && places.compareAndSet(atom, null, found)) {
      heldInts.addAndGet(cost(found));
      makeRoom();
    }
    return found;
  }

  /// The ints held by memoised answers, for tests and metrics.
  long heldInts() {
    return heldInts.get();
  }

  private void makeRoom() {
    for (int steps = 0; heldInts.get() > maxInts && steps < places.length(); steps++) {
      int place = Integer.remainderUnsigned(hand.getAndIncrement(), places.length());
      var dropped = places.getAndSet(place, null);
      if (dropped != null) {
        heldInts.addAndGet(-cost(dropped));
      }
    }
  }

  private static long cost(Ranks ranks) {
    return 2L * ranks.intervalCount() + 8;
  }
}
