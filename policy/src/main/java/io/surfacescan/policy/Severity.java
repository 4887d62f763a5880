package io.surfacescan.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How bad it is if a rule of a policy is broken, the least first.
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /// As policies and documents write it, such as `high`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Severity> named(String word) {
    return Arrays.stream(values()).filter(severity -> severity.word().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Severity::word).toList();
  }

  public boolean isAtLeast(Severity other) {
    return compareTo(other) >= 0;
  }
}
