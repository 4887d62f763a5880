package io.surfacescan.service;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.surfacescan.report.Chunks;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The pieces in which chunks go to a socket: long ones as they are, without a copy, cut where one
/// write would be too much; short ones gathered, because a write costs more than copying them.
///
/// Must be closed, for the memory that compression holds.
final class Writes implements AutoCloseable {
  /// The most that one write holds.
  static final int PIECE_BYTES = 64 * 1024;

  /// Room for gathered bytes.
  static final int GATHERED_BYTES = 32 * 1024;

  /// A chunk shorter than this is copied.
  private static final int SHORT_BYTES = 8 * 1024;

  private final Chunks chunks;
  private final @Nullable Gzip gzip;
  private @Nullable ByteBuffer rest;

  private Writes(Chunks chunks, @Nullable Gzip gzip) {
    this.chunks = chunks;
    this.gzip = gzip;
  }

  /// The chunks as they are.
  static Writes of(Chunks chunks) {
    return new Writes(chunks, null);
  }

  /// The chunks compressed.
  static Writes compressed(Chunks chunks) {
    var gzip = new Gzip(chunks);
    return new Writes(gzip, gzip);
  }

  /// The next piece, never empty, or null at the end. The caller owns it.
  @Nullable ByteBuf next() {
    var chunk = chunk();
    if (chunk == null) {
      return null;
    }
    return chunk.remaining() < SHORT_BYTES
        ? gather()
        : Unpooled.wrappedBuffer(take(chunk, PIECE_BYTES));
  }

  /// Copies until the room is full; what is left of a long chunk goes without a copy.
  private ByteBuf gather() {
    var gathered = PooledByteBufAllocator.DEFAULT.directBuffer(GATHERED_BYTES, GATHERED_BYTES);
    for (var chunk = chunk(); chunk != null && gathered.isWritable(); chunk = chunk()) {
      gathered.writeBytes(take(chunk, gathered.writableBytes()));
    }
    return gathered;
  }

  /// What is left of the current chunk, or the next one.
  private @Nullable ByteBuffer chunk() {
    if (rest == null || !rest.hasRemaining()) {
      rest = chunks.next();
    }
    return rest;
  }

  private static ByteBuffer take(ByteBuffer chunk, int most) {
    int length = Math.min(chunk.remaining(), most);
    var taken = chunk.slice(chunk.position(), length);
    chunk.position(chunk.position() + length);
    return taken;
  }

  @Override
  public void close() {
    if (gzip != null) {
      gzip.close();
    }
  }
}
