package io.surfacescan.importers.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// UTF-16 as UTF-8: what Windows' PowerShell writes by `>`. Only text with a byte-order mark is
/// taken for UTF-16; Utf8Stream refuses other encodings.
final class Utf16 extends InputByBlocks {
  private static final int BLOCK_CHARS = 1 << 13;
  private static final int BIG_ENDIAN_MARK = 0xFEFF;
  private static final int LITTLE_ENDIAN_MARK = 0xFFFE;

  /// Says that the document is not the UTF-16 that its byte-order mark announces.
  static final class Damage extends IOException {
    private static final long serialVersionUID = 1;

    Damage() {
      super("the text starts as UTF-16 and goes on otherwise");
    }
  }

  private final Reader text;
  private final char[] chars = new char[BLOCK_CHARS];

  /// The high half of a character whose other half comes with the next block, or 0.
  private char half;

  private byte[] bytes = {};
  private int used;

  private Utf16(InputStream stored, Charset charset) {
    this.text =
        new InputStreamReader(
            stored,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /// The text in UTF-8, if it starts with UTF-16's byte-order mark; else the same bytes.
  ///
  /// @param stored which can mark
  static InputStream decoded(InputStream stored) throws IOException {
    stored.mark(4);
    byte[] first = stored.readNBytes(4);
    stored.reset();
    var charset = charset(first);
    if (charset == null) {
      return stored;
    }
    stored.skipNBytes(2);
    return new Utf16(stored, charset);
  }

  /// Whether the text starts with UTF-16's byte-order mark.
  static boolean isMarked(byte[] first) {
    return charset(first) != null;
  }

  /// The encoding of which the first bytes are, if it is another than UTF-8: JSON starts with
  /// ASCII, so that zeros stand between. Empty if it is none.
  static String guessed(byte[] first, int count) {
    if (count < 2) {
      return "";
    }
    boolean isFirstZero = first[0] == 0;
    boolean isSecondZero = first[1] == 0;
    boolean isThirdZero = count >= 3 && first[2] == 0;
    int mark = (first[0] & 0xFF) << 8 | (first[1] & 0xFF);
    if (mark == LITTLE_ENDIAN_MARK || (!isFirstZero && isSecondZero)) {
      return isThirdZero ? "UTF-32LE" : "UTF-16LE";
    }
    if (mark == BIG_ENDIAN_MARK || (isFirstZero && !isSecondZero)) {
      return "UTF-16BE";
    }
    return isFirstZero && isSecondZero ? "UTF-32BE" : "";
  }

  private static @Nullable Charset charset(byte[] first) {
    if (first.length < 2) {
      return null;
    }
    return switch ((first[0] & 0xFF) << 8 | (first[1] & 0xFF)) {
      case BIG_ENDIAN_MARK -> StandardCharsets.UTF_16BE;
      // The mark of UTF-32 starts alike.
      case LITTLE_ENDIAN_MARK ->
          first.length == 4 && first[2] == 0 && first[3] == 0 ? null : StandardCharsets.UTF_16LE;
      default -> null;
    };
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (used == bytes.length) {
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, bytes.length - used);
    System.arraycopy(bytes, used, into, from, count);
    used += count;
    return count;
  }

  /// Decodes the next block; false at the end.
  private boolean fill() throws IOException {
    int kept = 0;
    if (half != 0) {
      chars[0] = half;
      half = 0;
      kept = 1;
    }
    int count;
    try {
      count = text.read(chars, kept, chars.length - kept);
    } catch (CharacterCodingException e) {
      throw new Damage();
    }
    if (count < 0) {
      return false;
    }
    int end = kept + count;
    if (Character.isHighSurrogate(chars[end - 1])) {
      half = chars[--end];
    }
    bytes = new String(chars, 0, end).getBytes(StandardCharsets.UTF_8);
    used = 0;
    return true;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
