package io.surfacescan.report;

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
