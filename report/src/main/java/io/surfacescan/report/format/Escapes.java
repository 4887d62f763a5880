package io.surfacescan.report.format;

import io.surfacescan.text.TerminalText;

/// Writes UTF-8 text into arrays with what its surroundings need escaped. All methods return the
/// place after what they wrote.
///
/// Only ASCII bytes are ever escaped, and in UTF-8 they stand for nothing but themselves, so the
/// text need not be decoded.
public final class Escapes {
  /// The most bytes that one byte of text can become, in any of the forms.
  public static final int MAX_GROWTH = Math.max(6, TerminalText.GROWTH_MAX);

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  private Escapes() {}

  /// The text as a JSON string with its quotes (RFC 8259), escaped as Jackson does by default.
  public static int jsonString(byte[] text, int from, int to, byte[] out, int start) {
    int at = start;
    out[at++] = '"';
    for (int i = from; i < to; i++) {
      byte b = text[i];
      if (b == '"' || b == '\\') {
        out[at++] = '\\';
        out[at++] = b;
      } else if (b >= 0 && b < ' ') {
        at = jsonControl(b, out, at);
      } else {
        out[at++] = b;
      }
    }
    out[at++] = '"';
    return at;
  }

  private static int jsonControl(byte control, byte[] out, int start) {
    int at = start;
    out[at++] = '\\';
    switch (control) {
      case '\b' -> out[at++] = 'b';
      case '\t' -> out[at++] = 't';
      case '\n' -> out[at++] = 'n';
      case '\f' -> out[at++] = 'f';
      case '\r' -> out[at++] = 'r';
      default -> {
        out[at++] = 'u';
        out[at++] = '0';
        out[at++] = '0';
        out[at++] = HEX[control >> 4];
        out[at++] = HEX[control & 0xF];
      }
    }
    return at;
  }

  /// The text as one field of a CSV row (RFC 4180): in quotes if it holds a quote, a comma or a
  /// line break, or starts or ends with a space, which some readers strip.
  public static int csvField(byte[] text, int from, int to, byte[] out, int start) {
    int at = start;
    if (!needsCsvQuotes(text, from, to)) {
      System.arraycopy(text, from, out, at, to - from);
      return at + to - from;
    }
    out[at++] = '"';
    for (int i = from; i < to; i++) {
      if (text[i] == '"') {
        out[at++] = '"';
      }
      out[at++] = text[i];
    }
    out[at++] = '"';
    return at;
  }

  private static boolean needsCsvQuotes(byte[] text, int from, int to) {
    if (from == to || text[from] == ' ' || text[to - 1] == ' ') {
      return true;
    }
    for (int i = from; i < to; i++) {
      if (text[i] == '"' || text[i] == ',' || text[i] == '\n' || text[i] == '\r') {
        return true;
      }
    }
    return false;
  }
}
