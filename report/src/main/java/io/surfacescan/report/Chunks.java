package io.surfacescan.report;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One walk over the bytes of a [Body]. Not thread-safe.
@FunctionalInterface
public interface Chunks {
  /// The next bytes, or null at the end.
  ///
  /// A chunk is read-only and never empty; its bytes never change, so it may be kept until it is
  /// written. It is either a slice of memory that all answers share, of any size, or a fresh buffer
  /// of about 32 KiB at most.
  @Nullable ByteBuffer next();
}
