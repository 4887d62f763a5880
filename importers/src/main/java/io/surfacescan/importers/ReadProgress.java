package io.surfacescan.importers;

/// Hears how far a reading has come.
@FunctionalInterface
public interface ReadProgress {
  /// Hears nothing.
  ReadProgress NONE = (bytes, total) -> {};

  /// Called about once per mebibyte, one call at a time but from any thread. It must return soon:
  /// the reading waits for it.
  ///
  /// The last call of a reading that was told of has as many bytes as there are in total, even if a
  /// fault ended the reading before.
  ///
  /// @param bytes read so far, as stored (compressed files count compressed); never falls
  /// @param total all bytes to read, or -1 while a stream among the inputs hides it
  void read(long bytes, long total);
}
