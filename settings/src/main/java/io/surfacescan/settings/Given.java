package io.surfacescan.settings;

import java.util.Optional;

/// What the user gave: the values of flags, wherever they come from, and the variables of the
/// environment.
public interface Given {
  /// The value of a flag, if it was given.
  <T> Optional<T> value(Flag<T> flag);

  /// A variable of the environment, if it is set and not empty.
  Optional<String> variable(String name);

  /// The value of a flag or its default, within the flag's bounds.
  default <T> Optional<T> find(Flag<T> flag) {
    return value(flag).map(flag::checked).or(flag::usual);
  }

  /// The value of a flag that has a default.
  default <T> T get(Flag<T> flag) {
    return find(flag).orElseThrow();
  }

  /// Whether a switch was given.
  default boolean has(Flag<Boolean> flag) {
    return find(flag).orElse(false);
  }
}
