package io.surfacescan.service.send;

import io.surfacescan.report.format.ByteChunks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Chunks compressed on the way (RFC 1952), in pieces of bounded size. Must be closed.
final class Gzip extends ByteChunks implements AutoCloseable {
  private static final int PIECE_BYTES = 32 * 1024;

  /// Magic, deflate, no flags, no time, no extra flags, unknown system: the same bytes everywhere.
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private static final int TRAILER_BYTES = 8;

  private final ByteChunks plain;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final CRC32 checksum = new CRC32();
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private boolean started;
  private boolean ended;

  Gzip(ByteChunks plain) {
    this.plain = plain;
  }

  @Override
  public boolean advance() {
    if (ended) {
      return false;
    }
    piece.clear();
    if (!started) {
      started = true;
      piece.put(HEADER);
    }
    while (piece.remaining() > TRAILER_BYTES && !deflater.finished()) {
      if (deflater.needsInput()) {
        feed();
      }
      // The trailer goes into the piece in which the last compressed bytes fit.
      piece.limit(piece.capacity() - TRAILER_BYTES);
      deflater.deflate(piece);
      piece.limit(piece.capacity());
    }
    if (deflater.finished()) {
      piece.putInt((int) checksum.getValue()).putInt((int) deflater.getBytesRead());
      ended = true;
    }
    chunk(piece, 0, piece.position(), false);
    return true;
  }

  private void feed() {
    if (plain.advance()) {
      var chunk = plain.memory().slice(plain.from(), plain.to() - plain.from());
      checksum.update(chunk.duplicate());
      deflater.setInput(chunk);
    } else {
      deflater.finish();
    }
  }

  @Override
  public void close() {
    ended = true;
    deflater.end();
  }
}
