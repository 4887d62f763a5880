package io.surfacescan.questions;

/// Whether a question looks at who attacks or at whom is attacked.
public enum Way {
  /// The VMs that can attack.
  ATTACKERS,
  /// The VMs that can be attacked.
  VICTIMS
}
