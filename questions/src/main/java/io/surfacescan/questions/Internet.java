package io.surfacescan.questions;

import io.surfacescan.model.Environment;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// Whether the internet can attack something, of an environment that has it.
///
/// @param hops of a shortest path; 0 if there is none
public record Internet(int hops) {
  /// Over how many hops the internet attacks something.
  ///
  /// @param hopsFrom the hops from a VM; 0 if it does not attack
  /// @return empty if the environment has no internet
  static Optional<Internet> of(Environment environment, IntUnaryOperator hopsFrom) {
    int[] all = environment.internet();
    return all.length == 0
        ? Optional.empty()
        : Optional.of(
            new Internet(
                Arrays.stream(all).map(hopsFrom).filter(hops -> hops > 0).min().orElse(0)));
  }

  /// Whether a VM of the environment is the internet.
  static boolean is(Environment environment, int vm) {
    return Arrays.stream(environment.internet()).anyMatch(other -> other == vm);
  }

  public boolean isAttacker() {
    return hops > 0;
  }

  /// `3`, or `none`.
  public String shown() {
    return isAttacker() ? Integer.toString(hops) : "none";
  }
}
