package io.surfacescan.engine;

/// A VM id that two environments may both have.
///
/// @param before its VM before, or [#ABSENT]
/// @param after its VM after, or [#ABSENT]; not both are absent
public record ComparedVm(int before, int after) {
  public static final int ABSENT = -1;

  public ComparedVm {
    if (before < 0 && after < 0) {
      throw new IllegalArgumentException("a VM of neither environment");
    }
  }

  public boolean isBefore() {
    return before >= 0;
  }

  public boolean isAfter() {
    return after >= 0;
  }

  public boolean isInBoth() {
    return isBefore() && isAfter();
  }

  ComparedVm reversed() {
    return new ComparedVm(after, before);
  }
}
