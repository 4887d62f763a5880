package io.surfacescan.testkit;

/// Runs a check once per seed, and says on failure which seed it was and how to replay it.
///
/// The seeds are the same in every run, so that a green build stays green. `-Dsurfacescan.seed=7`
/// replays one, `-Dsurfacescan.seed=1000..9999` goes looking for more.
public final class Seeds {
  /// The system property that replaces the seeds of every check: one number, or `FIRST..LAST`.
  public static final String PROPERTY = "surfacescan.seed";

  private Seeds() {}

  /// What must hold for every seed.
  @FunctionalInterface
  public interface Check {
    /// Throws if it does not hold.
    void hold(long seed) throws Exception;
  }

  /// Runs the check for the seeds 1 to `count`, or for those that [#PROPERTY] names.
  ///
  /// @throws AssertionError at the first seed for which the check throws anything, with its cause
  public static void check(int count, Check check) {
    check(System.getProperty(PROPERTY, "1.." + count), check);
  }

  static void check(String seeds, Check check) {
    long first;
    long last;
    try {
      int dots = seeds.indexOf("..");
      first = Long.parseLong(dots < 0 ? seeds : seeds.substring(0, dots));
      last = dots < 0 ? first : Long.parseLong(seeds.substring(dots + 2));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          PROPERTY + " is neither a number nor FIRST..LAST: " + seeds, e);
    }
    if (first > last) {
      throw new IllegalArgumentException(PROPERTY + " holds no seed: " + seeds);
    }
    for (long seed = first; ; seed++) {
      holds(seed, check);
      if (seed == last) {
        return;
      }
    }
  }

  private static void holds(long seed, Check check) {
    try {
      check.hold(seed);
    } catch (Throwable e) {
      throw new AssertionError(
          "seed " + seed + " (replay it with -D" + PROPERTY + "=" + seed + "): " + e.getMessage(),
          e);
    }
  }
}
