package io.surfacescan.importers.json;

import java.util.Arrays;

/// One text of the input as UTF-8, in an array that is reused from text to text.
public final class Utf8Text {
  private static final int BYTES_PER_CHAR_MAX = 3;

  private byte[] bytes = new byte[1 << 10];
  private int length;

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /// Takes over what is UTF-8 already.
  void set(byte[] utf8, int from, int count) {
    if (count > bytes.length) {
      bytes = Arrays.copyOf(bytes, count);
    }
    System.arraycopy(utf8, from, bytes, 0, count);
    length = count;
  }

  /// Takes over the characters, unless half a surrogate pair is among them: such text has no UTF-8
  /// form, and replacing the half would merge ids.
  ///
  /// @return whether there is such a form
  boolean set(char[] chars, int from, int count) {
    if (count > bytes.length / BYTES_PER_CHAR_MAX) {
      bytes = Arrays.copyOf(bytes, Math.multiplyExact(count, BYTES_PER_CHAR_MAX));
    }
    byte[] to = bytes;
    for (int i = 0; i < count; i++) {
      char unit = chars[from + i];
      if (unit >= 0x80) {
        return setFrom(chars, from, count, i);
      }
      to[i] = (byte) unit;
    }
    length = count;
    return true;
  }

  /// Goes on where the first `ascii` characters are done.
  private boolean setFrom(char[] chars, int from, int count, int ascii) {
    int at = ascii;
    for (int i = from + ascii; i < from + count; i++) {
      char unit = chars[i];
      if (unit < 0x80) {
        bytes[at++] = (byte) unit;
      } else if (unit < 0x800) {
        bytes[at++] = (byte) (0xC0 | (unit >> 6));
        bytes[at++] = continuation(unit);
      } else if (!Character.isSurrogate(unit)) {
        bytes[at++] = (byte) (0xE0 | (unit >> 12));
        bytes[at++] = continuation(unit >> 6);
        bytes[at++] = continuation(unit);
      } else if (i + 1 < from + count && Character.isSurrogatePair(unit, chars[i + 1])) {
        int point = Character.toCodePoint(unit, chars[++i]);
        bytes[at++] = (byte) (0xF0 | (point >> 18));
        bytes[at++] = continuation(point >> 12);
        bytes[at++] = continuation(point >> 6);
        bytes[at++] = continuation(point);
      } else {
        return false;
      }
    }
    length = at;
    return true;
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }
}
