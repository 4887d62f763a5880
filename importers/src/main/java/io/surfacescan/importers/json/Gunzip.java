package io.surfacescan.importers.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Reads gzip (RFC 1952): one member or several one after the other, as `cat a.gz b.gz` makes.
///
/// The JDK's own stream asks `available()` whether another member follows, which a pipe may deny,
/// and takes damage behind the first member for the end; both lose input without a word. Here
/// whatever is not a whole, sound member is an error, except for zero bytes at the very end, which
/// tapes and some tools leave. What unpacks to far more than documents do is one too: [Excess].
///
/// `GzipCompressorInputStream` of commons-compress 1.28.0 was tried instead. It reads several
/// members, checks lengths and checksums, and refuses what follows. But it refuses zero bytes at
/// the end as well, ends a file that was cut with an `EOFException` without a message, and tells
/// damage from a disk that fails in no other way than by the words of an `IOException`. It brings
/// four archives of 2.7 MB for these 200 lines, and was 1.1 times as slow as zlib through the JDK.
final class Gunzip extends InputByBlocks {
  private static final int HEADER_CRC = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 0b1110_0000;

  /// How many times as large as its gzip a document may be, beyond the first [#FREE_BYTES].
  ///
  /// Deflate reaches 1032, with one byte repeated for ever. Environments reach 5 to 20, the most
  /// repetitive ones that were found 170: indented by 16, each VM with the same tags.
  static final int RATIO_MOST = 400;

  /// What costs next to no time, however small its gzip.
  static final int FREE_BYTES = 1 << 24;

  /// Says that so much comes out of so little that it is hardly meant.
  static final class Excess extends IOException {
    private static final long serialVersionUID = 1;

    Excess() {
      super("the gzip file unpacks to more than " + RATIO_MOST + " times its size");
    }
  }

  /// Says that the input is not sound gzip.
  static final class Damage extends IOException {
    private static final long serialVersionUID = 1;

    Damage(String what) {
      super(what);
    }

    Damage(String what, Throwable cause) {
      super(what, cause);
    }
  }

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] input = new byte[1 << 15];
  private int used;
  private int filled;
  private long packedBytes;
  private long unpackedBytes;
  private boolean inMember;
  private boolean ended;

  /// Reads from a stream that starts with a member.
  Gunzip(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember && !startMember()) {
        ended = true;
        break;
      }
      int count = inflate(bytes, from, length);
      if (count > 0) {
        crc.update(bytes, from, count);
        unpackedBytes += count;
        if (unpackedBytes - FREE_BYTES > packedBytes * RATIO_MOST) {
          throw new Excess();
        }
        return count;
      }
      endMember();
    }
    return -1;
  }

  /// Up to `length` bytes; 0 at the end of the member.
  private int inflate(byte[] bytes, int from, int length) throws IOException {
    try {
      while (true) {
        int count = inflater.inflate(bytes, from, length);
        if (count > 0 || inflater.finished()) {
          return count;
        }
        if (inflater.needsDictionary()) {
          throw new Damage("it asks for a preset dictionary");
        }
        if (used == filled && !fill()) {
          throw new Damage("it ends in the middle of the compressed data");
        }
        inflater.setInput(input, used, filled - used);
        used = filled;
      }
    } catch (DataFormatException e) {
      throw new Damage("the compressed data is damaged", e);
    }
  }

  private boolean startMember() throws IOException {
    int first = next();
    if (first < 0) {
      return false;
    }
    if (first == 0 && onlyZerosFollow()) {
      return false;
    }
    if (first != 0x1f || demand() != 0x8b) {
      throw new Damage("something other than gzip follows the compressed data");
    }
    readHeader();
    inflater.reset();
    crc.reset();
    inMember = true;
    return true;
  }

  private void readHeader() throws IOException {
    int method = demand();
    int flags = demand();
    if (method != 8 || (flags & RESERVED) != 0) {
      throw new Damage("its header is damaged or of an unknown kind");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(demand() | (demand() << 8));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void endMember() throws IOException {
    used -= inflater.getRemaining();
    long wantedCrc = demandInt();
    long wantedSize = demandInt();
    if (wantedCrc != crc.getValue() || wantedSize != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
      throw new Damage("its checksum does not match its content");
    }
    inMember = false;
  }

  private boolean onlyZerosFollow() throws IOException {
    for (int next = next(); next >= 0; next = next()) {
      if (next != 0) {
        return false;
      }
    }
    return true;
  }

  private void skipText() throws IOException {
    while (demand() != 0) {
      // The text ends with a zero byte.
    }
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      demand();
    }
  }

  private long demandInt() throws IOException {
    long low = demand() | (demand() << 8);
    long high = demand() | (demand() << 8);
    return low | (high << 16);
  }

  private int demand() throws IOException {
    int next = next();
    if (next < 0) {
      throw new Damage("it ends in the middle of a header or checksum");
    }
    return next;
  }

  private int next() throws IOException {
    return used == filled && !fill() ? -1 : input[used++] & 0xFF;
  }

  private boolean fill() throws IOException {
    used = 0;
    filled = Math.max(0, in.read(input, 0, input.length));
    packedBytes += filled;
    return filled > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
