package io.surfacescan.engine;

/// How much memory an [AttackGraph] may spend to answer faster.
///
/// @param ancestorInts the most ints (4 bytes) for stored ancestor sets
/// @param memoInts the most ints (4 bytes) for surfaces, and as many for blast radii, found before
public record MemoryBudget(int ancestorInts, long memoInts) {
  private static final int LEAST = 1 << 20;

  public MemoryBudget {
    if (ancestorInts < 0 || memoInts < 0) {
      throw new IllegalArgumentException("negative memory budget");
    }
  }

  /// At most 32 bytes a VM for stored sets and 8 bytes a VM each for found surfaces and blast
  /// radii, and never less than 8 MiB in all.
  public static MemoryBudget usual(int vmCount) {
    long ancestors = Math.max(LEAST, 8L * vmCount);
    return new MemoryBudget(
        (int) Math.min(ancestors, Integer.MAX_VALUE - 8), Math.max(LEAST, 2L * vmCount));
  }
}
