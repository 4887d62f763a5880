package io.surfacescan.engine;

/// Counts the steps of a search and asks its deadline every some thousand of them.
final class Steps {
  private static final int STEPS_PER_CHECK = 1 << 14;

  private final Deadline deadline;
  private long total;
  private long nextCheck = STEPS_PER_CHECK;

  Steps(Deadline deadline) {
    this.deadline = deadline;
  }

  /// Counts some more.
  ///
  /// @throws DeadlinePassed if it has
  void add(int steps) {
    total += steps;
    if (total >= nextCheck) {
      nextCheck = total + STEPS_PER_CHECK;
      deadline.check();
    }
  }

  long total() {
    return total;
  }
}
