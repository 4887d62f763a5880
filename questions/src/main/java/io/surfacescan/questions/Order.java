package io.surfacescan.questions;

/// In which order the elements of an answer come. Each question has some of them.
public enum Order {
  /// The engine's own: fixed for one environment, and for nothing.
  ENGINE,
  /// As they stand in the input.
  INPUT,
  /// By the code points of their ids.
  ID,
  /// The nearest first, then the engine's order.
  HOPS,
  /// The nearest first, then by name.
  NEAREST,
  /// Those with the most attackers first.
  ATTACKERS,
  /// Those that can attack the most first.
  BLAST_RADIUS,
  /// Rules of the most direct pairs first.
  PAIRS,
  /// Rules of the most pairs that no other rule allows first.
  ONLY
}
