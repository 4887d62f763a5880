package io.surfacescan.synthesis;

/// Random-looking numbers that depend on a seed, a stream and an index alone, so that the numbers
/// of any index can be had without those before it.
///
/// This is SplitMix64 (Steele, Lea, Flood: *Fast Splittable Pseudorandom Number Generators*, 2014)
/// written out, because the same seed must give the same bytes on every machine and Java version:
/// the classes of `java.util` that can split do not promise their algorithm.
record SeededDraws(long seed) {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  long word(int stream, long index) {
    return mix(mix(seed + GAMMA * (stream + 1L)) + GAMMA * (index + 1));
  }

  /// In `[0, bound)`, biased by less than one in 2^32.
  int below(int bound, int stream, long index) {
    return (int) Math.unsignedMultiplyHigh(word(stream, index), bound);
  }

  private static long mix(long word) {
    long mixed = (word ^ (word >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
