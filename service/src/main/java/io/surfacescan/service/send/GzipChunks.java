package io.surfacescan.service.send;

import io.surfacescan.report.format.ByteChunks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/// Chunks compressed on the way, in pieces of bounded size. Must be closed.
final class GzipChunks extends ByteChunks implements AutoCloseable {
  /// How much is compressed at a time.
  private static final int TURN_BYTES = 32 * 1024;

  private final ByteChunks plain;
  private final byte[] turn = new byte[TURN_BYTES];
  private final Packed packed = new Packed();
  private final Gzip gzip;

  /// The place in the plain chunk of what comes next.
  private int at;

  /// Whether what is packed was handed out; the header is there before.
  private boolean handedOut;

  private boolean ended;

  GzipChunks(ByteChunks plain) {
    this.plain = plain;
    this.at = plain.to();
    try {
      this.gzip = new Gzip(packed);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
  }

  @Override
  public boolean advance() {
    if (ended) {
      return false;
    }
    if (handedOut) {
      packed.reset();
    }
    handedOut = true;
    try {
      while (packed.size() < TURN_BYTES && compress()) {
        // Goes on until there is enough for a piece.
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    chunk(packed.bytes(), 0, packed.size(), false);
    return true;
  }

  /// Compresses a little more; false at the end.
  private boolean compress() throws IOException {
    if (at == plain.to()) {
      if (!plain.advance()) {
        gzip.finish();
        ended = true;
        return false;
      }
      at = plain.from();
    }
    int length = Math.min(plain.to() - at, TURN_BYTES);
    plain.memory().get(at, turn, 0, length);
    at += length;
    gzip.write(turn, 0, length);
    return true;
  }

  @Override
  public void close() {
    ended = true;
    gzip.release();
  }

  /// Bytes that are looked at where they are.
  private static final class Packed extends ByteArrayOutputStream {
    Packed() {
      super(2 * TURN_BYTES);
    }

    ByteBuffer bytes() {
      return ByteBuffer.wrap(buf);
    }
  }
}
