package io.surfacescan.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Surfaces found before, per in-atom, within a bound on the ints they hold. Thread-safe and
/// lock-free.
///
/// Beyond the bound a hand goes round the places and drops what it meets: no order of use is kept,
/// because an answer found again costs milliseconds at worst and a list of uses would cost every
/// answer a write to shared memory.
final class SurfaceMemo {
  private final AtomicReferenceArray<@Nullable Ranks> places;
  private final AtomicLong heldInts = new AtomicLong();
  private final AtomicInteger hand = new AtomicInteger();
  private final long maxInts;

  SurfaceMemo(int inAtomCount, long maxInts) {
    this.places = new AtomicReferenceArray<>(inAtomCount);
    this.maxInts = maxInts;
  }

  /// The memoised surface, or the one found now. Two threads may find the same one at once.
  Ranks get(int inAtom, IntFunction<Ranks> finder) {
    var known = places.get(inAtom);
    if (known != null) {
      return known;
    }
    var found = finder.apply(inAtom);
    if (cost(found) <= maxInts && places.compareAndSet(inAtom, null, found)) {
      heldInts.addAndGet(cost(found));
      makeRoom();
    }
    return found;
  }

  /// The ints held by memoised surfaces, for tests and metrics.
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
