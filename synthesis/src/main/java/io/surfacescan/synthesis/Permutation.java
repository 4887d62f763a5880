package io.surfacescan.synthesis;

/// A scattered order of the numbers in `[0, size)` that takes no memory: each number comes out for
/// exactly one index.
///
/// Invertible steps (add, multiply by an odd number, fold the upper half into the lower) scramble
/// the numbers below the next power of two; what falls outside the size is scrambled again until it
/// is inside ("cycle walking": Black, Rogaway, *Ciphers with Arbitrary Finite Domains*, 2002), less
/// than twice on average.
final class Permutation {
  private static final int ROUNDS = 3;

  private final long size;
  private final int half;
  private final long mask;
  private final long[] added = new long[ROUNDS];
  private final long[] factors = new long[ROUNDS];

  /// @param size at least 1
  Permutation(long size, long seed) {
    this.size = size;
    int bits = Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(size - 1));
    half = (bits + 1) / 2;
    mask = -1L >>> (Long.SIZE - bits);
    var draws = new SeededDraws(seed);
    for (int round = 0; round < ROUNDS; round++) {
      added[round] = draws.word(0, round);
      factors[round] = draws.word(1, round) | 1;
    }
  }

  /// The number that stands at the index.
  long at(long index) {
    long number = index;
    do {
      number = scrambled(number);
    } while (number >= size);
    return number;
  }

  private long scrambled(long number) {
    long scrambled = number;
    for (int round = 0; round < ROUNDS; round++) {
      scrambled = ((scrambled + added[round]) * factors[round]) & mask;
      scrambled ^= scrambled >>> half;
    }
    return scrambled;
  }
}
