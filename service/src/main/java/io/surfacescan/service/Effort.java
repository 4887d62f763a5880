package io.surfacescan.service;

/// How long a question may keep a processor: each kind has its own [Lane].
enum Effort {
  /// Milliseconds, whatever the environment.
  QUICK,
  /// Up to the time limit.
  LONG
}
