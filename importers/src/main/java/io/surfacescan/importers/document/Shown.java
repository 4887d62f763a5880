package io.surfacescan.importers.document;

import java.util.Locale;

/// Text of the input made fit for a message: whatever could act on a terminal, or reorder or hide
/// what stands around it, is escaped, and long text is shortened.
final class Shown {
  private static final int CODE_POINTS_MAX = 60;

  private Shown() {}

  /// The value in double quotes, escaped as in JSON.
  static String value(CharSequence text) {
    var shown = new StringBuilder("\"");
    int at = 0;
    for (int shownPoints = 0; at < text.length() && shownPoints < CODE_POINTS_MAX; shownPoints++) {
      int point = Character.codePointAt(text, at);
      if (point == '"' || point == '\\') {
        shown.append('\\');
      }
      append(shown, point);
      at += Character.charCount(point);
    }
    return shown.append(at < text.length() ? "…\"" : "\"").toString();
  }

  /// Text without quotes around it, such as a number or what the system said.
  static String bare(CharSequence text) {
    String quoted = value(text);
    return quoted.substring(1, quoted.length() - 1).replace("\\\"", "\"");
  }

  /// A count, with commas on every machine.
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// A file's name in full.
  static String fileName(String name) {
    var shown = new StringBuilder();
    name.codePoints().forEach(point -> append(shown, point));
    return shown.toString();
  }

  /// One character: in quotes, or by its number if it cannot be seen.
  static String character(int point) {
    return isVisible(point) && point != ' '
        ? "\"" + Character.toString(point) + "\""
        : "U+%04X".formatted(point);
  }

  private static void append(StringBuilder shown, int point) {
    switch (point) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (isVisible(point)) {
          shown.appendCodePoint(point);
        } else {
          for (char unit : Character.toChars(point)) {
            shown.append("\\u%04x".formatted((int) unit));
          }
        }
      }
    }
  }

  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
