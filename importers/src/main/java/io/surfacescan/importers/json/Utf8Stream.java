package io.surfacescan.importers.json;

import io.surfacescan.text.ByteOrderMark;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Passes on bytes that are UTF-8 as RFC 3629 has it, and nothing else: no overlong forms, no
/// encoded surrogates, nothing above U+10FFFF, no text that ends within a character.
///
/// A byte-order mark at the start is left out. Whatever precedes a fault is passed on first, so
/// that the reader meets the problems of the input in their order.
///
/// The stream can stand for a piece of a document: then a prefix makes the piece a document of its
/// own, and a suffix ends it. The prefix is at least as long as what the JSON parser behind it
/// guesses an encoding from: it sees plain ASCII, and this stream alone decides what is accepted.
public final class Utf8Stream extends InputByBlocks {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EVERY_BYTE = 0x0101_0101_0101_0101L;
  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;
  private static final byte[] PLAIN_PREFIX = {' ', ' ', ' ', ' '};
  private static final byte[] NOTHING = {};
  private static final int CHUNK_BYTES = 1 << 16;

  private final InputStream in;
  private final byte[] prefix;
  private final byte[] suffix;
  private final @Nullable MessageDigest digest;

  /// The offset in the document of the first byte of `in`.
  private final long firstOffset;

  private final byte[] chunk = new byte[CHUNK_BYTES];

  /// The chunk's bytes in `[used, valid)` are ready, those in `[valid, filled)` are unchecked.
  private int used;

  private int valid;
  private int filled;

  /// The offset in the document of the chunk's first byte.
  private long chunkOffset;

  private int markLength;
  private int prefixUsed;
  private int suffixUsed;
  private boolean started;
  private boolean ended;
  private boolean hasEnded;
  private int passedOnLast;
  private @Nullable NotUtf8 fault;

  /// Reads a document.
  ///
  /// @param digest is fed the document's bytes as they are read
  public Utf8Stream(InputStream document, MessageDigest digest) {
    this(document, 0, PLAIN_PREFIX, NOTHING, digest);
  }

  /// Reads a document for a reader that takes the bytes as they are.
  ///
  /// @param digest is fed the document's bytes as they are read
  public static Utf8Stream plain(InputStream document, MessageDigest digest) {
    return new Utf8Stream(document, 0, NOTHING, NOTHING, digest);
  }

  /// Reads the first piece of a document.
  public Utf8Stream(InputStream piece, byte[] suffix) {
    this(piece, 0, PLAIN_PREFIX, suffix, null);
  }

  /// Reads another piece of a document.
  ///
  /// @param from the offset in the document where the piece starts
  public Utf8Stream(InputStream piece, long from, byte[] prefix, byte[] suffix) {
    this(piece, from, prefix, suffix, null);
  }

  private Utf8Stream(
      InputStream in, long from, byte[] prefix, byte[] suffix, @Nullable MessageDigest digest) {
    this.in = in;
    this.firstOffset = from;
    this.chunkOffset = from;
    this.prefix = prefix;
    this.suffix = suffix;
    this.digest = digest;
  }

  /// What a byte's number in the document is more than its number in this stream, once something
  /// was read.
  public long shift() {
    return firstOffset + markLength - prefix.length;
  }

  /// The bytes read last, some of which may not have been passed on yet. They stay until the next
  /// reading from this stream.
  public byte[] window() {
    return chunk;
  }

  /// Where a byte of the document stands in the [#window], or -1 if it does not.
  public int inWindow(long offset) {
    long at = offset - chunkOffset;
    return at >= 0 && at < valid ? (int) at : -1;
  }

  /// Where in the [#window] a byte stands next, or -1 if it is not seen there: the last few bytes
  /// may not be looked at.
  ///
  /// @param from where to begin
  /// @param wanted an ASCII character
  public int next(int from, char wanted) {
    for (int at = from; at <= valid - Long.BYTES; at += Long.BYTES) {
      long found = equal((long) LONGS.get(chunk, at), wanted);
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    return -1;
  }

  /// Where in the [#window] the JSON string ends whose characters start there: at its closing
  /// quote. -1 if that is not seen in the window, or if the characters are not all written as they
  /// are.
  public int endOfPlainString(int from) {
    int at = from;
    for (; at <= valid - Long.BYTES; at += Long.BYTES) {
      long word = (long) LONGS.get(chunk, at);
      long special = equal(word, '"') | equal(word, '\\') | controls(word);
      if (special != 0) {
        at += Long.numberOfTrailingZeros(special) / Byte.SIZE;
        return chunk[at] == '"' ? at : -1;
      }
    }
    return -1;
  }

  /// The high bit of the first byte that equals the character is the lowest bit set. Higher ones
  /// may be wrong, by the borrow.
  private static long equal(long word, char wanted) {
    long zeroWhereEqual = word ^ (wanted * EVERY_BYTE);
    return (zeroWhereEqual - EVERY_BYTE) & ~zeroWhereEqual & NOT_ASCII;
  }

  /// As [#equal], for bytes below 0x20.
  private static long controls(long word) {
    return (word - 0x20 * EVERY_BYTE) & ~word & NOT_ASCII;
  }

  /// Whether the reader has met the end.
  boolean hasEnded() {
    return hasEnded;
  }

  /// How many bytes the last reading got that got any.
  int passedOnLast() {
    return passedOnLast;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = readAny(bytes, from, length);
    if (count < 0) {
      hasEnded = true;
    } else {
      passedOnLast = count;
    }
    return count;
  }

  private int readAny(byte[] bytes, int from, int length) throws IOException {
    if (prefixUsed < prefix.length) {
      int count = Math.min(length, prefix.length - prefixUsed);
      System.arraycopy(prefix, prefixUsed, bytes, from, count);
      prefixUsed += count;
      return count;
    }
    if (!started) {
      start();
    }
    while (used == valid) {
      if (fault != null) {
        throw fault;
      }
      if (ended) {
        return readSuffix(bytes, from, length);
      }
      fillAndCheck();
    }
    int count = Math.min(length, valid - used);
    System.arraycopy(chunk, used, bytes, from, count);
    used += count;
    return count;
  }

  private int readSuffix(byte[] bytes, int from, int length) {
    int count = Math.min(length, suffix.length - suffixUsed);
    System.arraycopy(suffix, suffixUsed, bytes, from, count);
    suffixUsed += count;
    return count == 0 ? -1 : count;
  }

  /// Looks at the first bytes: other encodings, and the byte-order mark.
  private void start() throws IOException {
    started = true;
    if (firstOffset > 0) {
      return;
    }
    while (filled < 4 && !ended) {
      fill();
    }
    if (filled >= 2 && chunk[0] == (byte) 0xFD && chunk[1] == '7') {
      fault =
          new NotUtf8(
              0, "the document is compressed by xz, not JSON", "unpack it, for example with unxz");
      return;
    }
    String encoding = Utf16.guessed(chunk, filled);
    if (!encoding.isEmpty()) {
      fault =
          new NotUtf8(
              0,
              "the text looks like " + encoding + ", not UTF-8",
              "convert it: iconv -f " + encoding + " -t UTF-8 OLD > NEW");
      return;
    }
    if (ByteOrderMark.isUtf8(chunk, filled)) {
      markLength = 3;
      used = 3;
      valid = 3;
    }
    check();
  }

  private void fillAndCheck() throws IOException {
    int left = filled - valid;
    System.arraycopy(chunk, valid, chunk, 0, left);
    chunkOffset += valid;
    used = 0;
    valid = 0;
    filled = left;
    fill();
    check();
  }

  private void fill() throws IOException {
    int count = in.read(chunk, filled, chunk.length - filled);
    if (count < 0) {
      ended = true;
      return;
    }
    if (digest != null) {
      digest.update(chunk, filled, count);
    }
    filled += count;
  }

  /// Moves `valid` behind the last whole character, or to the fault.
  private void check() {
    int at = valid;
    while (at < filled) {
      if (chunk[at] >= 0) {
        at = skipAscii(at);
        continue;
      }
      int length = characterLength(at);
      if (length == 0) {
        fault =
            new NotUtf8(
                chunkOffset + at,
                "the byte 0x%02X is not UTF-8 here".formatted(chunk[at]),
                "save the file as UTF-8");
        break;
      }
      if (length < 0) {
        break;
      }
      at += length;
    }
    valid = at;
    if (ended && fault == null && valid < filled) {
      fault =
          new NotUtf8(
              chunkOffset + valid,
              "the text ends within a character",
              "restore the rest of the file, or save it as UTF-8");
    }
  }

  private int skipAscii(int from) {
    int at = from;
    while (at <= filled - Long.BYTES && ((long) LONGS.get(chunk, at) & NOT_ASCII) == 0) {
      at += Long.BYTES;
    }
    while (at < filled && chunk[at] >= 0) {
      at++;
    }
    return at;
  }

  /// The length of the character that starts with a byte above 0x7F; 0 if there is none, -1 if the
  /// chunk ends within it.
  private int characterLength(int at) {
    int first = chunk[at] & 0xFF;
    int length;
    int secondMin = 0x80;
    int secondMax = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) {
      length = 2;
    } else if (first >= 0xE0 && first <= 0xEF) {
      length = 3;
      secondMin = first == 0xE0 ? 0xA0 : 0x80;
      secondMax = first == 0xED ? 0x9F : 0xBF;
    } else if (first >= 0xF0 && first <= 0xF4) {
      length = 4;
      secondMin = first == 0xF0 ? 0x90 : 0x80;
      secondMax = first == 0xF4 ? 0x8F : 0xBF;
    } else {
      return 0;
    }
    if (at + 1 < filled) {
      int second = chunk[at + 1] & 0xFF;
      if (second < secondMin || second > secondMax) {
        return 0;
      }
    }
    for (int i = 2; i < length && at + i < filled; i++) {
      if ((chunk[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return at + length <= filled ? length : -1;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
