package io.surfacescan.importers.json;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.function.LongSupplier;

/// Passes a text on and keeps where its characters stand in UTF-8: a parser that counts code points
/// can be asked for bytes. ASCII costs nothing, other characters 12 bytes each.
public final class ByteOffsets extends Reader {
  private final Reader in;
  private final LongSupplier first;

  /// The code points so far that take more than one byte, and the bytes that they and those before
  /// take beyond one each.
  private int[] wide = new int[16];

  private long[] extra = new long[16];
  private int count;
  private int codePoints;

  /// @param first the offset of the first byte of the text, once something was read
  public ByteOffsets(Reader in, LongSupplier first) {
    this.in = in;
    this.first = first;
  }

  /// The offset of a code point that was passed on.
  public long ofCodePoint(int index) {
    int at = Arrays.binarySearch(wide, 0, count, index);
    // A wide one's own bytes come behind its start.
    int before = at < 0 ? -at - 1 : at;
    return first.getAsLong() + index + (before == 0 ? 0 : extra[before - 1]);
  }

  @Override
  public int read(char[] chars, int from, int length) throws IOException {
    int read = in.read(chars, from, length);
    for (int i = from; i < from + read; i++) {
      char c = chars[i];
      // The second half of a pair is no code point of its own.
      if (Character.isLowSurrogate(c)) {
        continue;
      }
      if (c > 0x7F) {
        note(Character.isHighSurrogate(c) ? 3 : c > 0x7FF ? 2 : 1);
      }
      codePoints++;
    }
    return read;
  }

  private void note(int more) {
    if (count == wide.length) {
      wide = Arrays.copyOf(wide, count + (count >> 1));
      extra = Arrays.copyOf(extra, count + (count >> 1));
    }
    wide[count] = codePoints;
    extra[count] = more + (count == 0 ? 0 : extra[count - 1]);
    count++;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
