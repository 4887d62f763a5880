package io.surfacescan.snapshot;

/// Says that a snapshot does not hold what was written.
final class SnapshotDamaged extends RuntimeException {
  private static final long serialVersionUID = 1;

  SnapshotDamaged(String what) {
    super(what);
  }

  SnapshotDamaged(Throwable cause) {
    super(cause);
  }
}
