package io.surfacescan.statistics;

/// Whose requests a question is about.
public enum Scope {
  /// Those of this life of this program.
  PROCESS,
  /// Those of all programs that ran on this state directory.
  INSTANCE,
  /// Those of all instances on the shared database; without one, the same as [#INSTANCE].
  FLEET
}
