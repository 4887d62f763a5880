package io.surfacescan.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The bytes of one answer, immutable: it may be walked any number of times and by any number of
/// threads, each with [Chunks] of its own.
public interface Body {
  /// The number of bytes, if it is known without writing them.
  OptionalLong length();

  /// A walk from the start.
  Chunks chunks();

  /// Writes all of it.
  ///
  /// @throws IOException if the stream does
  default void writeTo(OutputStream out) throws IOException {
    var chunks = chunks();
    byte[] copy = new byte[32 * 1024];
    for (var chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      while (chunk.hasRemaining()) {
        int length = Math.min(copy.length, chunk.remaining());
        chunk.get(copy, 0, length);
        out.write(copy, 0, length);
      }
    }
  }

  /// A body of bytes that must not be changed any more.
  static Body of(byte[] bytes) {
    return new Body() {
      @Override
      public OptionalLong length() {
        return OptionalLong.of(bytes.length);
      }

      @Override
      public Chunks chunks() {
        return new Chunks() {
          private boolean walked = bytes.length == 0;

          @Override
          public @Nullable ByteBuffer next() {
            if (walked) {
              return null;
            }
            walked = true;
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
          }
        };
      }
    };
  }
}
