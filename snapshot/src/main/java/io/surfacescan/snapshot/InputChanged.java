package io.surfacescan.snapshot;

/// Says that an input is no longer the one that a snapshot is of, and that the snapshot cannot do
/// without it, because it is damaged.
public final class InputChanged extends RuntimeException {
  /// What happened, and what to do.
  public static final String WHAT = "the input was changed while it was used; run it again";

  private static final long serialVersionUID = 1;

  InputChanged() {
    super(WHAT);
  }
}
