package io.surfacescan.testkit;

import java.time.Duration;

/// Runs a check once per seed; a failure names its seed and how to replay it.
///
/// The seeds are the same in every run, so that a green build stays green. `-Dsurfacescan.seed=7`
/// replays one, `-Dsurfacescan.seed=1000..9999` checks others. `scripts/soak` searches on: every
/// check then takes new seeds, from a random one upwards, for some seconds.
public final class Seeds {
  /// The system property that replaces the seeds of every check: one number, or `FIRST..LAST`.
  public static final String PROPERTY = "surfacescan.seed";

  /// The system property that makes every check soak: for how many seconds.
  static final String SOAK = "surfacescan.soak";

  /// The system property that names the first seed of a soak.
  static final String SOAK_FIRST = "surfacescan.soak.first";

  private Seeds() {}

  /// What must hold for every seed.
  @FunctionalInterface
  public interface Check {
    /// Throws if it does not hold.
    void hold(long seed) throws Exception;
  }

  /// Runs the check for the seeds 1 to `count`, or for those that the properties name.
  ///
  /// @throws AssertionError at the first seed for which the check throws anything, with its cause
  public static void check(int count, Check check) {
    var seconds = Long.getLong(SOAK);
    if (seconds == null) {
      check(System.getProperty(PROPERTY, "1.." + count), check);
    } else {
      soak(Long.getLong(SOAK_FIRST, 1), Duration.ofSeconds(seconds), check);
    }
  }

  /// Whether checks take the seeds 1 to `count`, so that what they drew as a whole is known.
  public static boolean areUsual() {
    return System.getProperty(PROPERTY) == null && System.getProperty(SOAK) == null;
  }

  /// Runs the check for seeds from the first upwards until the time is over, at least for one.
  ///
  /// @return how many seeds held
  static long soak(long first, Duration time, Check check) {
    long begun = System.nanoTime();
    long seed = first;
    do {
      holds(seed, check);
      seed++;
    } while (System.nanoTime() - begun < time.toNanos());
    return seed - first;
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
