package io.surfacescan.model;

/// Something wrong with the input.
///
/// @param what one clause with the value in it, without a full stop
/// @param remedy what to do about it, one clause without a full stop
public record Problem(ProblemKind kind, Place place, String what, String remedy) {
  /// `FILE:LINE:COLUMN: what; what to do`.
  @Override
  public String toString() {
    return place + ": " + what + "; " + remedy;
  }
}
