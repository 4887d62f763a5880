package io.surfacescan.text;

import java.nio.charset.StandardCharsets;

/// Text from outside, made fit for a line that a person reads.
///
/// The one definition of what is printable stands in [#isPrintable]. All else is escaped as in
/// JSON: `\n`, `\r`, `\t`, else `\u001b` with one escape for each UTF-16 unit. So nothing in an id,
/// a file name or a flag ends a line, steers a terminal, turns the order of reading, or hides.
///
/// Two texts never come out alike. [#plain] doubles a backslash that would be read as the start of
/// an escape, and no other: `DOMAIN\host` stays as it is and can be copied, `a\nb` becomes `a\\nb`.
/// To read it back: a backslash before `n`, `r`, `t`, `u` or a backslash starts an escape, any
/// other stands for itself.
public final class TerminalText {
  /// The most bytes that [#plain(byte[], int, int, byte[], int)] writes for one byte.
  public static final int GROWTH_MAX = 6;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private TerminalText() {}

  /// Whether a character shows itself and does nothing else.
  ///
  /// Not printable are control characters, line and paragraph separators, marks of direction,
  /// whatever has no width or may be left out by a display (Unicode's Default_Ignorable), spaces
  /// that look like the plain one, and what has no agreed look: surrogates, private use,
  /// unassigned.
  public static boolean isPrintable(int point) {
    if (point < 0x7F) {
      return point >= ' ';
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> !isIgnorable(point);
    };
  }

  /// The characters of Default_Ignorable_Code_Point that are letters and marks by their category,
  /// and the Braille pattern without dots.
  private static boolean isIgnorable(int point) {
    return point == 0x034F
        || point == 0x115F
        || point == 0x1160
        || point == 0x17B4
        || point == 0x17B5
        || (point >= 0x180B && point <= 0x180F)
        || point == 0x2800
        || point == 0x3164
        || (point >= 0xFE00 && point <= 0xFE0F)
        || point == 0xFFA0
        || (point >= 0xE0000 && point <= 0xE0FFF);
  }

  /// The text without quotes around it.
  public static String plain(CharSequence text) {
    var out = new StringBuilder(text.length() + 16);
    for (int at = 0; at < text.length(); ) {
      int point = Character.codePointAt(text, at);
      at += Character.charCount(point);
      if (point == '\\' && at < text.length() && startsEscape(Character.codePointAt(text, at))) {
        out.append('\\');
      }
      append(out, point);
    }
    return out.toString();
  }

  /// The text in double quotes: a JSON string.
  public static String quoted(CharSequence text) {
    return quoted(text, Integer.MAX_VALUE);
  }

  /// The first characters of the text in double quotes, with `…` at the end if there are more.
  public static String quoted(CharSequence text, int charactersMax) {
    var out = new StringBuilder(Math.min(text.length(), charactersMax) + 16).append('"');
    int at = 0;
    for (int count = 0; at < text.length() && count < charactersMax; count++) {
      int point = Character.codePointAt(text, at);
      if (point == '"' || point == '\\') {
        out.append('\\');
      }
      append(out, point);
      at += Character.charCount(point);
    }
    return out.append(at < text.length() ? "…\"" : "\"").toString();
  }

  /// A message on its way out. Escapes that its parts hold already stay as they are, and so does
  /// every other backslash.
  public static String message(CharSequence text) {
    var out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> append(out, point));
    return out.toString();
  }

  private static void append(StringBuilder out, int point) {
    if (isPrintable(point)) {
      out.appendCodePoint(point);
      return;
    }
    switch (point) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        for (char unit : Character.toChars(point)) {
          out.append("\\u");
          for (int shift = 12; shift >= 0; shift -= 4) {
            out.append((char) HEX[unit >> shift & 0xF]);
          }
        }
      }
    }
  }

  /// Writes UTF-8 as [#plain(CharSequence)] does, and returns the place after it.
  ///
  /// @param out with room for [#GROWTH_MAX] bytes for each byte of the text
  public static int plain(byte[] text, int from, int to, byte[] out, int start) {
    int at = start;
    for (int i = from; i < to; ) {
      byte b = text[i];
      if (b == '\\') {
        if (i + 1 < to && startsEscape(codePoint(text, i + 1, to))) {
          out[at++] = '\\';
        }
        out[at++] = b;
        i++;
      } else if (b >= ' ' && b < 0x7F) {
        out[at++] = b;
        i++;
      } else {
        int length = length(b, to - i);
        int point = codePoint(text, i, to);
        if (isPrintable(point)) {
          System.arraycopy(text, i, out, at, length);
          at += length;
        } else {
          at = escape(point, out, at);
        }
        i += length;
      }
    }
    return at;
  }

  private static boolean startsEscape(int point) {
    return switch (point) {
      case '\\', 'n', 'r', 't', 'u' -> true;
      default -> !isPrintable(point);
    };
  }

  private static int length(byte lead, int most) {
    int length = lead >= 0 ? 1 : (lead & 0xE0) == 0xC0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : 4;
    return Math.min(length, most);
  }

  private static int codePoint(byte[] text, int at, int to) {
    byte lead = text[at];
    int length = length(lead, to - at);
    int point = length == 1 ? lead & 0xFF : lead & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      point = point << 6 | (text[at + i] & 0x3F);
    }
    return point;
  }

  private static int escape(int point, byte[] out, int start) {
    int at = start;
    switch (point) {
      case '\n' -> at = shortEscape('n', out, at);
      case '\r' -> at = shortEscape('r', out, at);
      case '\t' -> at = shortEscape('t', out, at);
      default -> {
        if (Character.isBmpCodePoint(point)) {
          at = unit(point, out, at);
        } else {
          at = unit(Character.highSurrogate(point), out, at);
          at = unit(Character.lowSurrogate(point), out, at);
        }
      }
    }
    return at;
  }

  private static int shortEscape(char letter, byte[] out, int at) {
    out[at] = '\\';
    out[at + 1] = (byte) letter;
    return at + 2;
  }

  private static int unit(int unit, byte[] out, int start) {
    int at = shortEscape('u', out, start);
    for (int shift = 12; shift >= 0; shift -= 4) {
      out[at++] = HEX[unit >> shift & 0xF];
    }
    return at;
  }
}
