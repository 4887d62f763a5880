package io.surfacescan.service;

import io.netty.buffer.Unpooled;
import io.surfacescan.report.Body;
import io.surfacescan.report.Chunks;
import io.vertx.core.buffer.Buffer;
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

  /// Room for a short body.
  private final int expected;

  private Writes(Chunks chunks, @Nullable Gzip gzip, int expected) {
    this.chunks = chunks;
    this.gzip = gzip;
    this.expected = expected;
  }

  /// The body as it is.
  static Writes of(Body body) {
    return new Writes(
        body.chunks(), null, (int) Math.min(GATHERED_BYTES, body.length().orElse(SHORT_BYTES)));
  }

  /// The body compressed.
  static Writes compressed(Body body) {
    var gzip = new Gzip(body.chunks());
    return new Writes(gzip, gzip, SHORT_BYTES);
  }

  /// The next piece, never empty, or null at the end.
  @Nullable Buffer next() {
    var chunk = chunk();
    if (chunk == null) {
      return null;
    }
    return chunk.remaining() < SHORT_BYTES ? gather() : shared(take(chunk, PIECE_BYTES));
  }

  /// Copies until there is enough for a write; what is left of a long chunk goes without a copy.
  private Buffer gather() {
    var gathered = Buffer.buffer(expected);
    int room = GATHERED_BYTES;
    for (var chunk = chunk(); chunk != null && room > 0; chunk = chunk()) {
      var taken = take(chunk, room);
      room -= taken.remaining();
      gathered.setBytes(gathered.length(), taken);
    }
    return gathered;
  }

  /// The bytes themselves as a buffer. Vert.x never releases or changes what it did not allocate,
  /// and Netty writes direct memory from where it is.
  ///
  /// This way into Vert.x is deprecated only because Vert.x 5 has moved it to another type.
  @SuppressWarnings("deprecation")
  static Buffer shared(ByteBuffer bytes) {
    return Buffer.buffer(Unpooled.wrappedBuffer(bytes));
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
