package io.surfacescan.questions;

/// How long a question may keep a processor.
public enum Cost {
  /// Milliseconds, and on the worst of environments a fraction of a second.
  QUICK,
  /// Up to the time limit.
  LONG
}
