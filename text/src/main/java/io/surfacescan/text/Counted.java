package io.surfacescan.text;

/// A number with what it counts.
public final class Counted {
  private Counted() {}

  /// `0 rules`, `1 rule`, `2 addresses`.
  public static String of(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : noun.endsWith("s") ? "es" : "s");
  }

  /// `no attackers`, `1 attacker`, `2 attackers`.
  public static String orNo(long count, String noun) {
    return count == 0 ? "no " + of(0, noun).substring(2) : of(count, noun);
  }
}
