package io.surfacescan.report.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/// The bytes of one answer, immutable: it may be walked any number of times and by any number of
/// threads, each with [ByteChunks] of its own.
public interface ByteBody {
  /// The number of bytes, if it is known without writing them.
  OptionalLong length();

  /// A walk from the start.
  ByteChunks chunks();

  /// Writes all of it.
  ///
  /// @throws IOException if the stream does
  default void writeTo(OutputStream out) throws IOException {
    var chunks = chunks();
    byte[] copy = new byte[32 * 1024];
    while (chunks.advance()) {
      for (int at = chunks.from(); at < chunks.to(); at += copy.length) {
        int length = Math.min(copy.length, chunks.to() - at);
        chunks.memory().get(at, copy, 0, length);
        out.write(copy, 0, length);
      }
    }
  }

  /// A body of bytes that must not be changed any more.
  static ByteBody of(byte[] bytes) {
    return new ByteBody() {
      @Override
      public OptionalLong length() {
        return OptionalLong.of(bytes.length);
      }

      @Override
      public ByteChunks chunks() {
        return new ByteChunks() {
          private boolean walked = bytes.length == 0;

          @Override
          public boolean advance() {
            if (walked) {
              return false;
            }
            walked = true;
            chunk(ByteBuffer.wrap(bytes), 0, bytes.length, true);
            return true;
          }
        };
      }
    };
  }
}
