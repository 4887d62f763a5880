package io.surfacescan.service;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text on its way into a line of the log. Whatever it holds, it neither ends the line nor turns a
/// terminal or an order of reading around, is not longer than so much, and gives no token away.
final class LogText {
  private static final int LENGTH_MOST = 16 * 1024;
  private static final String CUT = "...";

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/@+,-]+");

  /// A token as `surfacescan token` makes them, wherever somebody may have put it by mistake.
  private static final Pattern TOKEN = Pattern.compile("sfs_[A-Za-z0-9_-]+");

  private static final Pattern PASSWORD =
      Pattern.compile("(?i)(password|passwd|pwd|access_token)=[^&\\s\"']*");

  private LogText() {}

  /// As it is, with what is not to be printed escaped.
  static String plain(String text) {
    var out = new StringBuilder(text.length() + 16);
    escape(out, shortened(text), false);
    return out.toString();
  }

  /// In quotes, as JSON has it.
  static String quoted(String text) {
    var out = new StringBuilder(text.length() + 16);
    out.append('"');
    escape(out, shortened(text), true);
    return out.append('"').toString();
  }

  /// A value of a fact in JSON.
  static String json(Object value) {
    return switch (value) {
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      case List<?> list ->
          list.stream()
              .map(element -> quoted(element.toString()))
              .collect(Collectors.joining(",", "[", "]"));
      default -> quoted(value.toString());
    };
  }

  /// A value of a fact in a line for people.
  static String word(Object value) {
    String text =
        value instanceof List<?> list
            ? list.stream().map(Object::toString).collect(Collectors.joining(","))
            : value.toString();
    return text.length() <= LENGTH_MOST && WORD.matcher(text).matches()
        ? withoutSecrets(text)
        : quoted(text);
  }

  private static String shortened(String text) {
    // A secret must not be half in and half out.
    String safe = withoutSecrets(text);
    return safe.length() <= LENGTH_MOST ? safe : safe.substring(0, LENGTH_MOST) + CUT;
  }

  private static String withoutSecrets(String text) {
    String safe = text.contains("sfs_") ? TOKEN.matcher(text).replaceAll("sfs_***") : text;
    return safe.indexOf('=') < 0 ? safe : PASSWORD.matcher(safe).replaceAll("$1=***");
  }

  private static void escape(StringBuilder out, String text, boolean quoted) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && (c == '"' || c == '\\')) {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c == '\r') {
        out.append("\\r");
      } else if (c == '\t') {
        out.append("\\t");
      } else if (isUnprintable(text, i)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
  }

  /// Control characters, separators of lines, what changes the order of reading or shows nothing,
  /// and halves of a pair, which have no UTF-8.
  private static boolean isUnprintable(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
