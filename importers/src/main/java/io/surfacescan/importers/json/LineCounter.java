package io.surfacescan.importers.json;

import io.surfacescan.model.Place;
import io.surfacescan.text.ByteOrderMark;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Walks through a document, counting lines and code points.
public final class LineCounter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EVERY_BYTE = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long LINE_FEEDS = '\n' * EVERY_BYTE;

  private final InputStream in;
  private final byte[] chunk = new byte[1 << 16];
  private int used;
  private int filled;
  private long offset;
  private long line = 1;
  private long column = 1;

  public LineCounter(InputStream in) throws IOException {
    this.in = in;
    filled = in.readNBytes(chunk, 0, 3);
    if (startsWithByteOrderMark()) {
      used = 3;
      offset = 3;
    }
  }

  private boolean startsWithByteOrderMark() {
    return ByteOrderMark.isUtf8(chunk, filled);
  }

  Place place(String file) {
    return new Place(file, line(), column());
  }

  /// The line of the next byte, from 1.
  public int line() {
    return Math.clamp(line, 1, Integer.MAX_VALUE);
  }

  /// The column of the next byte in code points, from 1.
  public int column() {
    return Math.clamp(column, 1, Integer.MAX_VALUE);
  }

  /// Goes on to the offset; false if the document ends before.
  public boolean advance(long target) throws IOException {
    while (offset < target) {
      if (used == filled) {
        used = 0;
        filled = Math.max(0, in.read(chunk, 0, chunk.length));
        if (filled == 0) {
          return false;
        }
      }
      int count = (int) Math.min(filled - used, target - offset);
      count(used, used + count);
      used += count;
      offset += count;
    }
    return true;
  }

  private void count(int from, int to) {
    int at = from;
    while (at < to) {
      if (at <= to - Long.BYTES && isAsciiWithoutLineFeed((long) LONGS.get(chunk, at))) {
        column += Long.BYTES;
        at += Long.BYTES;
      } else {
        count(chunk[at++]);
      }
    }
  }

  private void count(byte next) {
    if (next == '\n') {
      line++;
      column = 1;
    } else if ((next & 0xC0) != 0x80) {
      column++;
    }
  }

  /// Looks at eight bytes at once: a byte that equals a line feed turns zero by the exclusive or,
  /// and borrows from its high bit when one is subtracted.
  private static boolean isAsciiWithoutLineFeed(long word) {
    long zeroWhereLineFeed = word ^ LINE_FEEDS;
    long lineFeeds = (zeroWhereLineFeed - EVERY_BYTE) & ~zeroWhereLineFeed;
    return ((word | lineFeeds) & HIGH_BITS) == 0;
  }
}
