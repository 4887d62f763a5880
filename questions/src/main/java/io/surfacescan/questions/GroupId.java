package io.surfacescan.questions;

import java.util.Optional;

/// What names a group of a surface: its hops and its entry tag, such as `2:web`.
public record GroupId(int hop, String tag) {
  /// The most digits of a number of hops.
  private static final int DIGITS_MOST = 9;

  /// What a text names; empty if it is no id of a group.
  static Optional<GroupId> parse(String text) {
    int colon = text.indexOf(':');
    String hop = text.substring(0, Math.max(0, colon));
    boolean isNumber =
        !hop.isEmpty()
            && hop.length() <= DIGITS_MOST
            && hop.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    return isNumber && Integer.parseInt(hop) > 0
        ? Optional.of(new GroupId(Integer.parseInt(hop), text.substring(colon + 1)))
        : Optional.empty();
  }

  /// As answers write it.
  public String text() {
    return hop + ":" + tag;
  }
}
