package io.surfacescan.report;

/// Writes UTF-8 text into arrays with what its surroundings need escaped. All methods return the
/// place after what they wrote.
///
/// Only ASCII bytes are ever escaped, and in UTF-8 they stand for nothing but themselves, so the
/// text need not be decoded.
final class Escapes {
  /// The most bytes that one byte of text can become, in any of the forms.
  static final int MAX_GROWTH = 6;

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  private Escapes() {}

  /// The text as a JSON string with its quotes (RFC 8259), escaped as Jackson does by default.
  static int jsonString(byte[] text, int from, int to, byte[] out, int start) {
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
  static int csvField(byte[] text, int from, int to, byte[] out, int start) {
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

  /// The text for a line of plain text. Control characters (the C1 ones too), the two Unicode line
  /// ends and the marks that turn the direction of writing are written as in JSON strings, so that
  /// every id is one line and none can steer a terminal or look like another. A backslash stays as
  /// it is, so that an id such as `DOMAIN\host` can be copied; the other formats tell it from an
  /// escape.
  static int plain(byte[] text, int from, int to, byte[] out, int start) {
    int at = start;
    for (int i = from; i < to; i++) {
      byte b = text[i];
      if (b >= 0 && b < ' ') {
        at = jsonControl(b, out, at);
      } else if (b == 0x7F) {
        at = hexEscape(0x7F, out, at);
      } else if (b == (byte) 0xC2 && (text[i + 1] & 0xFF) < 0xA0) {
        at = hexEscape(text[++i] & 0xFF, out, at);
      } else if (b == (byte) 0xE2 && steers(codePoint(text, i))) {
        at = hexEscape(codePoint(text, i), out, at);
        i += 2;
      } else {
        out[at++] = b;
      }
    }
    return at;
  }

  /// The code point of three bytes.
  private static int codePoint(byte[] text, int at) {
    return ((text[at] & 0xF) << 12) | ((text[at + 1] & 0x3F) << 6) | (text[at + 2] & 0x3F);
  }

  /// Line and paragraph ends, and the marks, embeddings, overrides and isolates of direction.
  private static boolean steers(int codePoint) {
    return (codePoint >= 0x2028 && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069)
        || codePoint == 0x200E
        || codePoint == 0x200F;
  }

  private static int hexEscape(int codeUnit, byte[] out, int start) {
    int at = start;
    out[at++] = '\\';
    out[at++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      out[at++] = HEX[codeUnit >> shift & 0xF];
    }
    return at;
  }
}
