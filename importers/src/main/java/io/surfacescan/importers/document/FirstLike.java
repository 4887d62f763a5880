package io.surfacescan.importers.document;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/// Finds the first index like a given one: open addressing, asked in rising order.
final class FirstLike {
  /// No input can be made of rules that all collide.
  private static final long SEED = new SplittableRandom().nextLong();

  private static final int FREE = -1;

  private final int[] slots;
  private final IntUnaryOperator hash;
  private final IntBinaryOperator compare;

  /// @param count how many different indexes are asked for at most
  /// @param compare 0 for two indexes that are alike
  FirstLike(int count, IntUnaryOperator hash, IntBinaryOperator compare) {
    this.slots = new int[Integer.highestOneBit(Math.max(4, count)) * 4];
    Arrays.fill(slots, FREE);
    this.hash = hash;
    this.compare = compare;
  }

  /// A hash of numbers that only this process has.
  static int hash(long number) {
    return Long.hashCode(mixed(number));
  }

  /// As the other, of two numbers.
  static int hash(long number, long other) {
    return hash(mixed(number) ^ other);
  }

  private static long mixed(long number) {
    long product = (number ^ SEED) * 0x9E3779B97F4A7C15L;
    return product ^ (product >>> 32);
  }

  int of(int index) {
    int mask = slots.length - 1;
    int slot = hash.applyAsInt(index) & mask;
    for (; slots[slot] != FREE; slot = (slot + 1) & mask) {
      if (compare.applyAsInt(slots[slot], index) == 0) {
        return slots[slot];
      }
    }
    slots[slot] = index;
    return index;
  }
}
