package io.surfacescan.engine;

/// Hears how far a long question has come; may be called from several threads.
@FunctionalInterface
public interface Progress {
  Progress NONE = (done, total) -> {};

  /// Takes how far it is.
  ///
  /// @param done steps of the total, which stays the same for one question
  void at(long done, long total);
}
