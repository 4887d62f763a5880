package io.surfacescan.engine;

/// When a long question must end. The engine knows no clock: whoever asks brings one.
///
/// Asked every few thousand steps, from the thread that asks the question.
@FunctionalInterface
public interface Deadline {
  /// As long as it takes.
  Deadline NONE = new None();

  /// No lambda, because Java's caches take none of an interface that has both a value and a method
  /// with a body.
  final class None implements Deadline {
    private None() {}

    @Override
    public boolean passed() {
      return false;
    }
  }

  boolean passed();

  /// For questions whose partial answer would be worth nothing.
  ///
  /// @throws DeadlinePassed if it has
  default void check() {
    if (passed()) {
      throw new DeadlinePassed();
    }
  }
}
