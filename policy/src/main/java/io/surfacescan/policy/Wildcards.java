package io.surfacescan.policy;

import java.util.List;
import java.util.function.Predicate;

/// Texts in which a `*` stands for any characters, or none.
public final class Wildcards {
  private Wildcards() {}

  public static boolean has(String text) {
    return text.indexOf('*') >= 0;
  }

  /// Whether texts are like it. Each part between stars is looked for once, so the time is linear
  /// in the text for each of them.
  public static Predicate<String> like(String pattern) {
    if (!has(pattern)) {
      return pattern::equals;
    }
    var parts = List.of(pattern.split("\\*+", -1));
    String first = parts.getFirst();
    String last = parts.getLast();
    var middle = parts.subList(1, parts.size() - 1);
    return text -> {
      if (text.length() < first.length() + last.length()
          || !text.startsWith(first)
          || !text.endsWith(last)) {
        return false;
      }
      int at = first.length();
      int end = text.length() - last.length();
      for (String part : middle) {
        int found = text.indexOf(part, at);
        if (found < 0 || found + part.length() > end) {
          return false;
        }
        at = found + part.length();
      }
      return true;
    };
  }
}
