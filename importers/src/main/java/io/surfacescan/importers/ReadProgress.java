package io.surfacescan.importers;

/// Hears how far a reading has come.
@FunctionalInterface
public interface ReadProgress {
  /// Hears nothing.
  ReadProgress NONE = (bytes, total) -> {};

  /// Called about once per mebibyte, one call at a time but from any thread. It must return soon:
  /// the reading waits for it.
  ///
  /// @param bytes read so far, as stored (compressed files count compressed); never falls
  /// @param total all bytes to read, or -1 if a stream among the inputs hides it
  void read(long bytes, long total);
}
