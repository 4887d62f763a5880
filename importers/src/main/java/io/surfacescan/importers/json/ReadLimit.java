package io.surfacescan.importers.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/// How much may be read, by all documents of an input together: what bounds the time that a few
/// compressed bytes, or a pipe without an end, can cost.
///
/// Stored bytes and those of the documents in them are counted apart. Counting only stored bytes
/// would not bound what gzip unpacks to; counting only documents would not bound a gzip stream
/// without content.
public final class ReadLimit {
  /// A VM or a rule takes some 128 bytes of memory, so that input with 2 KB of text for each is
  /// bounded by memory first, and only input of which hardly anything is kept by this.
  private static final int HEAPS = 16;

  public static final String REMEDY =
      "see that it is what you mean, for a small gzip file can hold that much; if it is, allow Java"
          + " more memory, for example with -Xmx";

  /// Says that nothing more may be read.
  static final class Spent extends IOException {
    private static final long serialVersionUID = 1;

    private final String what;

    Spent(String what) {
      super(what);
      this.what = what;
    }

    public String what() {
      return what;
    }
  }

  private final long bytesMost;
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong held = new AtomicLong();

  public ReadLimit(long bytesMost) {
    this.bytesMost = bytesMost;
  }

  /// What a program with this memory may read.
  public static ReadLimit ofThisProgram() {
    return new ReadLimit(Math.multiplyExact(HEAPS, Runtime.getRuntime().maxMemory()));
  }

  public boolean covers(long bytes) {
    return bytes <= bytesMost;
  }

  /// Why an input is refused that is larger.
  public String what() {
    long megabytes = bytesMost >> 20;
    return "the input holds more than "
        + (megabytes == 0 ? Quoted.count(bytesMost) + " bytes" : Quoted.count(megabytes) + " MB")
        + ", the most that is read with this much memory";
  }

  /// The same bytes as they are stored.
  InputStream storedIn(InputStream in) {
    return new Limited(in, stored);
  }

  /// The same bytes of a document.
  InputStream heldIn(InputStream in) {
    return new Limited(in, held);
  }

  private final class Limited extends InputByBlocks {
    private final InputStream in;
    private final AtomicLong spent;

    Limited(InputStream in, AtomicLong spent) {
      this.in = in;
      this.spent = spent;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = in.read(bytes, from, length);
      if (count > 0 && !covers(spent.addAndGet(count))) {
        throw new Spent(what());
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
