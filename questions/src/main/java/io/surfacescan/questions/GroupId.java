package io.surfacescan.questions;

import io.surfacescan.engine.SurfaceGroups.GroupKey;
import java.util.Locale;
import java.util.Optional;

/// What names a group of a surface: its hops and its entry tag, such as `2:web`; or its hops and
/// another key with its text, such as `2.scope:prod`.
///
/// @param text empty for VMs without a scope
public record GroupId(int hop, GroupKey key, Optional<String> text) {
  /// The most digits of a number of hops.
  private static final int DIGITS_MOST = 9;

  /// What a text names; empty if it is no id of a group.
  static Optional<GroupId> parse(String text) {
    int colon = text.indexOf(':');
    String front = text.substring(0, Math.max(0, colon));
    int dot = front.indexOf('.');
    String hop = dot < 0 ? front : front.substring(0, dot);
    boolean isNumber =
        !hop.isEmpty()
            && hop.length() <= DIGITS_MOST
            && hop.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    var key = dot < 0 ? Optional.of(GroupKey.TAG) : keyed(front.substring(dot + 1));
    if (!isNumber || key.isEmpty() || Integer.parseInt(hop) == 0) {
      return Optional.empty();
    }
    var named = Optional.of(text.substring(colon + 1)).filter(word -> !word.isEmpty());
    return Optional.of(new GroupId(Integer.parseInt(hop), key.get(), named));
  }

  private static Optional<GroupKey> keyed(String word) {
    for (var key : GroupKey.values()) {
      if (key != GroupKey.TAG && word(key).equals(word)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  /// The word of a key, such as `tag-start`.
  public static String word(GroupKey key) {
    return key.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// As answers write it.
  public String id() {
    return hop + (key == GroupKey.TAG ? "" : "." + word(key)) + ":" + text.orElse("");
  }
}
