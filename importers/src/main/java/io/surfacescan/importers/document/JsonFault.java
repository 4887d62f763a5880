package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.LONE_SURROGATE;
import static io.surfacescan.model.ProblemKind.MALFORMED_JSON;
import static io.surfacescan.model.ProblemKind.TEXT_AFTER_DOCUMENT;
import static io.surfacescan.model.ProblemKind.TOO_DEEP;
import static io.surfacescan.model.ProblemKind.TOO_LONG;

import io.surfacescan.model.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The first thing in a document that keeps it from being JSON (RFC 8259), or from staying within
/// our bounds on JSON.
///
/// [DocumentReader] only knows that its parser refused the document, in the parser's words. Those
/// are not for users: they name characters by number and sometimes point beside them. So a refused
/// document is walked once more, slowly, to say what is wrong exactly where it is. What is accepted
/// never comes here.
///
/// @param offset in bytes of the document
record JsonFault(ProblemKind kind, long offset, String what, String remedy) {

  /// Finds the fault, if there is one.
  ///
  /// @param document valid UTF-8 at least up to the fault, a byte-order mark included
  static Optional<JsonFault> in(InputStream document) throws IOException {
    try {
      new Walk(document).document();
      return Optional.empty();
    } catch (Found found) {
      return Optional.of(found.fault);
    }
  }

  private static final class Found extends Exception {
    private static final long serialVersionUID = 1;

    private final transient JsonFault fault;

    Found(JsonFault fault) {
      super(null, null, false, false);
      this.fault = fault;
    }
  }

  private static final class Walk {
    private static final int END = -1;

    private final InputStream in;
    private final byte[] chunk = new byte[1 << 16];
    private int used;
    private int filled;
    private long chunkOffset;

    /// The next byte, not yet consumed, or [#END].
    private int next;

    /// For each open bracket, whether it is that of an object.
    private final boolean[] inObject = new boolean[DocumentReader.DEPTH_MAX];

    private int depth;

    Walk(InputStream in) throws IOException {
      this.in = in;
      filled = in.readNBytes(chunk, 0, 3);
      next = filled == 0 ? END : chunk[0] & 0xFF;
      if (filled == 3
          && chunk[0] == (byte) 0xEF
          && chunk[1] == (byte) 0xBB
          && chunk[2] == (byte) 0xBF) {
        fill();
      }
    }

    void document() throws IOException, Found {
      skipSpace();
      if (next == END) {
        throw fault(
            "the document is empty",
            "write {\"vms\": [], \"fw_rules\": []}, or leave the file out");
      }
      boolean isObject;
      do {
        isObject = next == '{';
        whole();
        skipSpace();
      } while (isObject && next == '{');
      if (next != END) {
        throw fault(
            TEXT_AFTER_DOCUMENT,
            offset(),
            shownNext() + " follows the end of the document",
            "keep only objects in the file, one behind the other");
      }
    }

    private void whole() throws IOException, Found {
      value();
      while (depth > 0) {
        skipSpace();
        if (inObject[depth - 1]) {
          afterMember();
        } else {
          afterElement();
        }
      }
    }

    /// Walks over a value, or into it if it is an object or a list.
    private void value() throws IOException, Found {
      switch (next) {
        case '{' -> {
          open(true);
          skipSpace();
          if (next == '}') {
            close();
          } else {
            member();
          }
        }
        case '[' -> {
          open(false);
          skipSpace();
          if (next == ']') {
            close();
          } else {
            value();
          }
        }
        case '"' -> string();
        case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
        default -> word();
      }
    }

    private void afterMember() throws IOException, Found {
      if (next == ',') {
        advance();
        skipSpace();
        if (next == '}') {
          throw fault("a comma stands before the closing \"}\"", "remove the comma");
        }
        member();
      } else if (next == '}') {
        close();
      } else {
        throw misplaced(
            "\",\" or \"}\"", "separate members by commas and close the object with \"}\"");
      }
    }

    private void afterElement() throws IOException, Found {
      if (next == ',') {
        advance();
        skipSpace();
        if (next == ']') {
          throw fault("a comma stands before the closing \"]\"", "remove the comma");
        }
        value();
      } else if (next == ']') {
        close();
      } else {
        throw misplaced(
            "\",\" or \"]\"", "separate elements by commas and close the list with \"]\"");
      }
    }

    private void member() throws IOException, Found {
      if (next != '"') {
        throw misplaced("a key in double quotes", "write each member as \"key\": value");
      }
      key();
      skipSpace();
      if (next != ':') {
        throw misplaced("\":\"", "write each member as \"key\": value");
      }
      advance();
      skipSpace();
      value();
    }

    private void open(boolean object) throws IOException, Found {
      if (depth == inObject.length) {
        throw fault(
            TOO_DEEP,
            "lists and objects are nested more than " + DocumentReader.DEPTH_MAX + " deep",
            "take the innermost ones out");
      }
      inObject[depth++] = object;
      advance();
    }

    private void close() throws IOException {
      depth--;
      advance();
    }

    private void string() throws IOException, Found {
      advance();
      while (next != '"') {
        character();
      }
      advance();
    }

    /// A key is a string with a bound, and as the parser must compare it, whole characters.
    private void key() throws IOException, Found {
      long start = offset();
      advance();
      int bytes = 0;
      char high = 0;
      while (next != '"') {
        int unit = character();
        bytes += unit < 0x80 ? 1 : unit < 0x800 || isSurrogate(unit) ? 2 : 3;
        if (bytes > DocumentReader.KEY_BYTES_MAX) {
          throw tooLong(start, "the key", Shown.count(DocumentReader.KEY_BYTES_MAX) + " bytes");
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
        throw fault(
            "the control character " + Shown.character(next) + " stands in a string",
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
        throw fault(
            MALFORMED_JSON,
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
          throw fault(
              MALFORMED_JSON,
              start,
              "\\u is not followed by four hexadecimal digits",
              "write \\\\ for a backslash, or the character's four digits");
        }
        unit = (unit << 4) | digit;
      }
      return unit;
    }

    private Found endInString() {
      return fault("the document ends within a string", "restore the rest of the document");
    }

    private Found halfCharacter(long start) {
      return fault(
          LONE_SURROGATE,
          start,
          "the key holds half a surrogate pair",
          "write the whole character, or take the key out");
    }

    private void number() throws IOException, Found {
      long start = offset();
      int digits = 0;
      if (next == '-') {
        advance();
      }
      if (next == '0') {
        advance();
        digits = 1;
        if (isDigit()) {
          throw fault(
              MALFORMED_JSON,
              start,
              "a number starts with 0",
              "remove the leading zeros, or write a string");
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
        throw fault(MALFORMED_JSON, start, ifNone, "complete the number, or write a string");
      }
      for (; isDigit(); advance()) {
        if (++digits > DocumentReader.NUMBER_DIGITS_MAX) {
          throw tooLong(
              start, "the number", Shown.count(DocumentReader.NUMBER_DIGITS_MAX) + " digits");
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

    private void word() throws IOException, Found {
      long start = offset();
      var word = new StringBuilder();
      while (isLetter() && word.length() < 20) {
        word.append((char) next);
        advance();
      }
      switch (word.toString()) {
        case "true", "false", "null" -> {}
        case "" ->
            throw misplaced(
                "a value", "write a string, a number, a list, an object, true, false or null");
        default ->
            throw fault(
                MALFORMED_JSON,
                start,
                "the word " + Shown.value(word) + " is no JSON value",
                "write strings in double quotes");
      }
    }

    private Found misplaced(String wanted, String remedy) throws IOException {
      if (next == END) {
        String where =
            depth == 0 ? "" : inObject[depth - 1] ? " within an object" : " within a list";
        return fault("the document ends" + where, "restore the rest of the document");
      }
      return switch (next) {
        case '/', '#' ->
            fault("a comment stands where " + wanted + " belongs", "remove the comment");
        case '\'' ->
            fault("a single quote stands where " + wanted + " belongs", "use double quotes");
        default ->
            fault(
                MALFORMED_JSON,
                offset(),
                shownNext() + " stands where " + wanted + " belongs",
                remedy);
      };
    }

    private Found tooLong(long start, String what, String bound) {
      return fault(TOO_LONG, start, what + " is longer than " + bound, "shorten it");
    }

    private Found fault(String what, String remedy) {
      return fault(MALFORMED_JSON, what, remedy);
    }

    private Found fault(ProblemKind kind, String what, String remedy) {
      return fault(kind, offset(), what, remedy);
    }

    private static Found fault(ProblemKind kind, long offset, String what, String remedy) {
      return new Found(new JsonFault(kind, offset, what, remedy));
    }

    /// The next character, which it walks over; the walk ends here.
    private String shownNext() throws IOException {
      int point = next;
      if (next >= 0x80) {
        int more = next >= 0xF0 ? 3 : next >= 0xE0 ? 2 : 1;
        point = next & (0x3F >> more);
        for (int i = 0; i < more; i++) {
          advance();
          point = (point << 6) | (next & 0x3F);
        }
      }
      return Shown.character(point);
    }

    private long offset() {
      return chunkOffset + used;
    }

    private void skipSpace() throws IOException {
      while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
        advance();
      }
    }

    private void advance() throws IOException {
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
}
