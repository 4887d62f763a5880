package io.surfacescan.service.send;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.surfacescan.report.format.ByteBody;
import io.surfacescan.report.format.ByteChunks;
import org.jspecify.annotations.Nullable;

/// The pieces in which chunks go to a socket: long ones as they are, without a copy, cut where one
/// write would be too much; short ones gathered, because a write costs more than copying them.
///
/// Must be closed, for the memory that compression holds.
public final class BodyBuffers implements AutoCloseable {
  /// The most that one write holds, unless the whole body is [#WHOLE_BYTES] at most.
  static final int PIECE_BYTES = 64 * 1024;

  /// A body of known length up to this is copied into one write.
  static final int WHOLE_BYTES = 128 * 1024;

  /// A chunk shorter than this is copied.
  private static final int SHORT_BYTES = 8 * 1024;

  private final ByteChunks chunks;
  private final @Nullable GzipChunks gzip;
  private final ByteBufAllocator memory;

  /// Room for what is gathered.
  private final int room;

  private final boolean copiesAll;

  /// The place in the current chunk of what comes next.
  private int at;

  private boolean ended;

  private BodyBuffers(
      ByteChunks chunks, @Nullable GzipChunks gzip, ByteBufAllocator memory, long length) {
    this.chunks = chunks;
    this.gzip = gzip;
    this.memory = memory;
    this.copiesAll = length <= WHOLE_BYTES;
    this.room = copiesAll ? (int) length : PIECE_BYTES;
  }

  /// The body as it is.
  static BodyBuffers of(ByteBody body, ByteBufAllocator memory) {
    return new BodyBuffers(body.chunks(), null, memory, body.length().orElse(Long.MAX_VALUE));
  }

  /// The body compressed.
  static BodyBuffers compressed(ByteBody body, ByteBufAllocator memory) {
    var gzip = new GzipChunks(body.chunks());
    return new BodyBuffers(gzip, gzip, memory, Long.MAX_VALUE);
  }

  /// Whether there is another piece.
  boolean hasNext() {
    if (at == chunks.to() && !ended) {
      ended = !chunks.advance();
      at = ended ? chunks.to() : chunks.from();
    }
    return !ended;
  }

  /// The next piece, never empty. Whoever takes it releases it.
  ByteBuf next() {
    if (!hasNext()) {
      throw new IllegalStateException("no piece is left");
    }
    return isLong() ? slice() : gather();
  }

  private boolean isLong() {
    return !copiesAll
        && chunks.to() - at >= SHORT_BYTES
        && chunks.isLasting()
        && chunks.memory().isDirect();
  }

  /// The bytes themselves; Netty writes direct memory from where it is.
  private ByteBuf slice() {
    int length = Math.min(chunks.to() - at, PIECE_BYTES);
    var slice = Unpooled.wrappedBuffer(chunks.memory().slice(at, length));
    at += length;
    return slice;
  }

  /// Copies until there is enough for a write; what is left of a long chunk goes without a copy.
  private ByteBuf gather() {
    var gathered = memory.directBuffer(room, room);
    var into = gathered.internalNioBuffer(0, room);
    int start = into.position();
    int used = 0;
    while (used < room && hasNext() && !(used > 0 && isLong())) {
      int length = Math.min(chunks.to() - at, room - used);
      into.put(start + used, chunks.memory(), at, length);
      at += length;
      used += length;
    }
    return gathered.writerIndex(used);
  }

  @Override
  public void close() {
    if (gzip != null) {
      gzip.close();
    }
  }
}
