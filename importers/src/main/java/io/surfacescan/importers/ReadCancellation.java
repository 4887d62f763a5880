package io.surfacescan.importers;

/// Whether a reading is not wanted any more.
@FunctionalInterface
public interface ReadCancellation {
  /// The reading is wanted to its end.
  ReadCancellation NEVER = () -> false;

  /// Asked for each block of bytes, from any thread, so it must be quick. Once true it stays true.
  boolean isCancelled();
}
