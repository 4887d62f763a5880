package io.surfacescan.importers.json;

import static io.surfacescan.model.ProblemKind.LONE_SURROGATE;
import static io.surfacescan.model.ProblemKind.TOO_LONG;

import io.surfacescan.importers.json.JsonFault.Found;
import io.surfacescan.text.ByteOrderMark;
import java.io.IOException;
import java.io.InputStream;

/// Walks over the strings, numbers and words of a document that was refused, byte by byte.
final class FaultScanner {
  static final int END = -1;

  private final InputStream in;
  private final byte[] chunk = new byte[1 << 16];
  private int used;
  private int filled;
  private long chunkOffset;

  /// The next byte, not yet consumed, or [#END].
  private int next;

  FaultScanner(InputStream in) throws IOException {
    this.in = in;
    filled = in.readNBytes(chunk, 0, 3);
    next = filled == 0 ? END : chunk[0] & 0xFF;
    if (ByteOrderMark.isUtf8(chunk, filled)) {
      fill();
    }
  }

  /// The next byte, or [#END].
  int next() {
    return next;
  }

  void string() throws IOException, Found {
    advance();
    while (next != '"') {
      character();
    }
    advance();
  }

  /// A key is a string with a bound, and as the parser must compare it, whole characters.
  void key() throws IOException, Found {
    long start = offset();
    advance();
    int bytes = 0;
    char high = 0;
    while (next != '"') {
      int unit = character();
      bytes += unit < 0x80 ? 1 : unit < 0x800 || isSurrogate(unit) ? 2 : 3;
      if (bytes > JsonBounds.KEY_BYTES_MAX) {
        throw tooLong(start, "the key", Quoted.count(JsonBounds.KEY_BYTES_MAX) + " bytes");
      }
      boolean isLow = isSurrogate(unit) && Character.isLowSurrogate((char) unit);
      if (isLow != (high != 0)) {
        throw halfCharacter(start);
      }
      high = isSurrogate(unit) && !isLow ? (char) unit : 0;
    }
    if (high != 0) {
      throw halfCharacter(start);
    }
    advance();
  }

  private static boolean isSurrogate(int unit) {
    return unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE;
  }

  /// Walks over a byte or an escape of a string; the byte, or the UTF-16 unit of the escape.
  private int character() throws IOException, Found {
    if (next == END) {
      throw endInString();
    }
    if (next < ' ') {
      throw Found.at(
          offset(),
          "the control character " + Quoted.character(next) + " stands in a string",
          "close the string before it with a double quote, or escape it as \\u%04x"
              .formatted(next));
    }
    int unit = next == '\\' ? escape() : Math.min(next, 0x7F);
    advance();
    return unit;
  }

  /// Walks to the last character of an escape.
  private int escape() throws IOException, Found {
    long start = offset();
    advance();
    if (next == 'u') {
      return unit(start);
    }
    if (next == END) {
      throw endInString();
    }
    if ("\"\\/bfnrt".indexOf(next) < 0) {
      throw Found.at(
          start,
          "a backslash before " + shownNext() + " is no escape",
          "write \\\\ for a backslash");
    }
    return next;
  }

  private int unit(long start) throws IOException, Found {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      advance();
      if (next == END) {
        throw endInString();
      }
      int digit = next < 0x80 ? Character.digit(next, 16) : -1;
      if (digit < 0) {
        throw Found.at(
            start,
            "\\u is not followed by four hexadecimal digits",
            "write \\\\ for a backslash, or the character's four digits");
      }
      unit = (unit << 4) | digit;
    }
    return unit;
  }

  private Found endInString() {
    return Found.at(
        offset(), "the document ends within a string", "restore the rest of the document");
  }

  private Found halfCharacter(long start) {
    return Found.of(
        LONE_SURROGATE,
        start,
        "the key holds half a surrogate pair",
        "write the whole character, or take the key out");
  }

  void number() throws IOException, Found {
    long start = offset();
    int digits = 0;
    if (next == '-') {
      advance();
    }
    if (next == '0') {
      advance();
      digits = 1;
      if (isDigit()) {
        throw Found.at(
            start, "a number starts with 0", "remove the leading zeros, or write a string");
      }
    } else {
      digits = digits("a number has no digits", start, digits);
    }
    if (next == '.') {
      advance();
      digits = digits("a number has no digits behind its decimal point", start, digits);
    }
    if (next == 'e' || next == 'E') {
      advance();
      if (next == '+' || next == '-') {
        advance();
      }
      digits("a number has no digits in its exponent", start, digits);
    }
  }

  private int digits(String ifNone, long start, int before) throws IOException, Found {
    int digits = before;
    if (!isDigit()) {
      throw Found.at(start, ifNone, "complete the number, or write a string");
    }
    for (; isDigit(); advance()) {
      if (++digits > JsonBounds.NUMBER_DIGITS_MAX) {
        throw tooLong(start, "the number", Quoted.count(JsonBounds.NUMBER_DIGITS_MAX) + " digits");
      }
    }
    return digits;
  }

  private boolean isLetter() {
    return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
  }

  private boolean isDigit() {
    return next >= '0' && next <= '9';
  }

  /// Passes a word, and returns whether there was one.
  boolean word() throws IOException, Found {
    long start = offset();
    var word = new StringBuilder();
    while (isLetter() && word.length() < 20) {
      word.append((char) next);
      advance();
    }
    return switch (word.toString()) {
      case "true", "false", "null" -> true;
      case "" -> false;
      default ->
          throw Found.at(
              start,
              "the word " + Quoted.value(word) + " is no JSON value",
              "write strings in double quotes");
    };
  }

  private Found tooLong(long start, String what, String bound) {
    return Found.of(TOO_LONG, start, what + " is longer than " + bound, "shorten it");
  }

  /// The next character, which it walks over; the walk ends here.
  String shownNext() throws IOException {
    int point = next;
    if (next >= 0x80) {
      int more = next >= 0xF0 ? 3 : next >= 0xE0 ? 2 : 1;
      point = next & (0x3F >> more);
      for (int i = 0; i < more; i++) {
        advance();
        point = (point << 6) | (next & 0x3F);
      }
    }
    return Quoted.character(point);
  }

  long offset() {
    return chunkOffset + used;
  }

  void skipSpace() throws IOException {
    while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
      advance();
    }
  }

  void advance() throws IOException {
    if (next != END) {
      used++;
      if (used < filled) {
        next = chunk[used] & 0xFF;
      } else {
        fill();
      }
    }
  }

  private void fill() throws IOException {
    chunkOffset += filled;
    used = 0;
    filled = Math.max(0, in.read(chunk, 0, chunk.length));
    next = filled == 0 ? END : chunk[0] & 0xFF;
  }
}
