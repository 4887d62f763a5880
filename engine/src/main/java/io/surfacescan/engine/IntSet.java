package io.surfacescan.engine;

/// A set of ints from 0 to below a bound, for searches that meet few of very many: open addressing
/// with linear probing, and a bit for each number as soon as that is no larger. Not thread-safe.
final class IntSet {
  /// Spreads neighbouring numbers over the table (Knuth's multiplicative hashing).
  private static final int GOLDEN = 0x9E3779B9;

  private static final long[] NO_BITS = {};

  private final int universe;

  /// Numbers plus one; 0 marks a free slot.
  private int[] slots = new int[16];

  /// Empty as long as the slots hold all.
  private long[] bits = NO_BITS;

  private int size;

  /// @param universe above all numbers
  IntSet(int universe) {
    this.universe = universe;
  }

  /// Adds a number and says whether it was missing.
  boolean add(int number) {
    if (bits.length > 0) {
      long bit = 1L << number;
      boolean missing = (bits[number >>> 6] & bit) == 0;
      bits[number >>> 6] |= bit;
      return missing;
    }
    int slot = slotOf(slots, number);
    if (slots[slot] != 0) {
      return false;
    }
    slots[slot] = number + 1;
    size++;
    if (2L * size > slots.length) {
      widen();
    }
    return true;
  }

  /// Where the number stands, or the free place that it would take.
  private static int slotOf(int[] slots, int number) {
    int mask = slots.length - 1;
    int at = ((number * GOLDEN) >>> 7) & mask;
    while (slots[at] != 0 && slots[at] != number + 1) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void widen() {
    int length = Math.multiplyExact(slots.length, 2);
    if (length >= universe / Integer.SIZE) {
      bits = new long[(universe >>> 6) + 1];
      for (int slot : slots) {
        if (slot != 0) {
          bits[(slot - 1) >>> 6] |= 1L << (slot - 1);
        }
      }
      return;
    }
    int[] wider = new int[length];
    for (int slot : slots) {
      if (slot != 0) {
        wider[slotOf(wider, slot - 1)] = slot;
      }
    }
    slots = wider;
  }
}
