package io.surfacescan.text;

/// The character U+FEFF at the start of a text, which says how the text is encoded.
public final class ByteOrderMark {
  /// The bytes that it takes in UTF-8.
  public static final int UTF_8_LENGTH = 3;

  private ByteOrderMark() {}

  /// Whether the first bytes are the mark in UTF-8.
  ///
  /// @param length how many of the bytes are there
  public static boolean isUtf8(byte[] bytes, int length) {
    return length >= UTF_8_LENGTH
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }
}
