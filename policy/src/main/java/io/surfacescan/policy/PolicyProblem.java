package io.surfacescan.policy;

import io.surfacescan.model.Place;

/// Something wrong with a policy, or with how it fits an environment.
///
/// @param what one clause with the value in it, without a full stop
/// @param remedy what to do about it, likewise
public record PolicyProblem(Place place, String what, String remedy) {
  /// `FILE:LINE:COLUMN: what; what to do`.
  @Override
  public String toString() {
    return place + ": " + what + "; " + remedy;
  }
}
