package io.surfacescan.questions;

/// In which order the elements of an answer come. Each question has some of them.
public enum Order {
  /// The engine's own: fixed for one environment, and for nothing.
  ENGINE,
  /// As they stand in the input.
  INPUT,
  /// By the code points of their ids.
  ID,
  /// By the code points of their names, those without one last.
  NAME,
  /// The nearest first, then the engine's order.
  HOPS,
  /// The nearest first, then by name.
  NEAREST,
  /// Those with the most attackers first.
  ATTACKERS,
  /// Those with the most attackers in one hop first.
  DIRECT_ATTACKERS,
  /// Those that can attack the most first.
  BLAST_RADIUS,
  /// Rules of the most direct pairs first.
  PAIRS,
  /// Rules of the most pairs that no other rule allows first.
  ONLY,
  /// By the source tags of rules.
  SOURCE_TAG,
  /// By the destination tags of rules.
  DEST_TAG,
  /// Rules of the most VMs with their source tag first.
  SOURCE_VMS,
  /// Rules of the most VMs with their destination tag first.
  DEST_VMS,
  /// By the services of rules, those for all services first.
  SERVICES
}
