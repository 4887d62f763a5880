package io.surfacescan.model;

/// An environment is larger than its columns can be, whatever the memory.
public final class TooLarge extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param message what there is too much of
  public TooLarge(String message) {
    super(message);
  }
}
