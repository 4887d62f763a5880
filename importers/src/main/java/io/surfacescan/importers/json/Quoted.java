package io.surfacescan.importers.json;

import io.surfacescan.text.TerminalText;
import java.util.Locale;

/// Text of the input made fit for a message: whatever could act on a terminal, or reorder or hide
/// what stands around it, is escaped, and long text is shortened.
public final class Quoted {
  private static final int CODE_POINTS_MAX = 60;

  private Quoted() {}

  /// The value in double quotes, escaped as in JSON.
  public static String value(CharSequence text) {
    return TerminalText.quoted(text, CODE_POINTS_MAX);
  }

  /// Text without quotes around it, such as a number or what the system said.
  public static String bare(CharSequence text) {
    String quoted = value(text);
    return quoted.substring(1, quoted.length() - 1).replace("\\\"", "\"");
  }

  /// A count, with commas on every machine.
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// A file's name in full.
  public static String fileName(String name) {
    return TerminalText.plain(name);
  }

  /// One character: in quotes, or by its number if it cannot be seen.
  static String character(int point) {
    return TerminalText.isPrintable(point) && point != ' '
        ? "\"" + Character.toString(point) + "\""
        : "U+%04X".formatted(point);
  }
}
