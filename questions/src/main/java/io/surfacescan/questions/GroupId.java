package io.surfacescan.questions;

import io.surfacescan.engine.SurfaceGroups.Key;
import java.util.Locale;
import java.util.Optional;

/// What names a group of a surface: its hops and its entry tag, such as `2:web`; or its hops and
/// another key with its text, such as `2.scope:prod`.
///
/// @param text empty for VMs without a scope
public record GroupId(int hop, Key key, Optional<String> text) {
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
    var key = dot < 0 ? Optional.of(Key.TAG) : keyed(front.substring(dot + 1));
    if (!isNumber || key.isEmpty() || Integer.parseInt(hop) == 0) {
      return Optional.empty();
    }
    var named = Optional.of(text.substring(colon + 1)).filter(word -> !word.isEmpty());
    return Optional.of(new GroupId(Integer.parseInt(hop), key.get(), named));
  }

  private static Optional<Key> keyed(String word) {
    for (var key : Key.values()) {
      if (key != Key.TAG && word(key).equals(word)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  /// The word of a key, such as `tag-start`.
  public static String word(Key key) {
    return key.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// As answers write it.
  public String id() {
    return hop + (key == Key.TAG ? "" : "." + word(key)) + ":" + text.orElse("");
  }
}
