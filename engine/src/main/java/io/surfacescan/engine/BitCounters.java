package io.surfacescan.engine;

import java.util.Arrays;

/// For each bit of a mask, how often it was set in the masks added: counters that stand upright,
/// one binary digit of all of them per slice, so that one operation counts 64. Not thread-safe.
///
/// Masks wait until there are eight, which a tree of carry-save adders takes at once. See R. Harley
/// and D. Seal's counter in H. Warren, *Hacker's Delight*, 2nd ed., section 5-1; here the sums are
/// kept per position.
final class BitCounters {
  private static final int SLICES = 34;
  private static final int WEIGHT_BITS = 31;
  private static final int WAITING = 8;

  /// Words of 64 bits in a mask.
  private final int words;

  /// Binary digit k of the counters of word j at `k * words + j`.
  private final long[] slices;

  /// Per binary digit of weights, the masks that wait.
  private final long[][] waiting = new long[WEIGHT_BITS][];

  private final int[] waitingCount = new int[WEIGHT_BITS];

  /// @param words of 64 bits in a mask
  BitCounters(int words) {
    this.words = words;
    this.slices = new long[SLICES * words];
  }

  /// Counts each bit of the mask so many times.
  ///
  /// @param weight not negative; all counts together must stay below 2^31
  void add(long[] mask, int weight) {
    for (int digits = weight; digits != 0; digits &= digits - 1) {
      int slice = Integer.numberOfTrailingZeros(digits);
      var masks = waiting[slice];
      if (masks == null) {
        masks = new long[WAITING * words];
        waiting[slice] = masks;
      }
      System.arraycopy(mask, 0, masks, waitingCount[slice] * words, words);
      waitingCount[slice]++;
      if (waitingCount[slice] == WAITING) {
        take(slice, masks);
      }
    }
  }

  /// Returns the count of each bit and starts again from zero.
  int[] drain() {
    for (int slice = 0; slice < WEIGHT_BITS; slice++) {
      if (waitingCount[slice] > 0) {
        Arrays.fill(waiting[slice], waitingCount[slice] * words, WAITING * words, 0);
        take(slice, waiting[slice]);
      }
    }
    int[] counts = new int[Long.SIZE * words];
    for (int slice = 0; slice < WEIGHT_BITS; slice++) {
      for (int word = 0; word < words; word++) {
        for (long bits = slices[slice * words + word]; bits != 0; bits &= bits - 1) {
          counts[64 * word + Long.numberOfTrailingZeros(bits)] += 1 << slice;
        }
      }
    }
    Arrays.fill(slices, 0);
    return counts;
  }

  private void take(int slice, long[] masks) {
    waitingCount[slice] = 0;
    for (int word = 0; word < words; word++) {
      int at = slice * words + word;
      long ones = slices[at];
      long twos = slices[at + words];
      long fours = slices[at + 2 * words];
      long twosCarried = 0;
      long foursCarried = 0;
      long eights = 0;
      for (int pair = 0; pair < WAITING; pair += 2) {
        long first = masks[pair * words + word];
        long second = masks[(pair + 1) * words + word];
        long carry = majority(ones, first, second);
        ones ^= first ^ second;
        if (pair % 4 == 0) {
          twosCarried = carry;
          continue;
        }
        long carryOfTwos = majority(twos, twosCarried, carry);
        twos ^= twosCarried ^ carry;
        if (pair == 2) {
          foursCarried = carryOfTwos;
          continue;
        }
        eights = majority(fours, foursCarried, carryOfTwos);
        fours ^= foursCarried ^ carryOfTwos;
      }
      slices[at] = ones;
      slices[at + words] = twos;
      slices[at + 2 * words] = fours;
      carry(at + 3 * words, eights);
    }
  }

  private void carry(int start, long carried) {
    int at = start;
    for (long carry = carried; carry != 0; at += words) {
      long sum = slices[at];
      slices[at] = sum ^ carry;
      carry &= sum;
    }
  }

  private static long majority(long a, long b, long c) {
    return (a & b) | (c & (a ^ b));
  }
}
