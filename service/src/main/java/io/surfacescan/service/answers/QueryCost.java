package io.surfacescan.service.answers;

/// How long a question may keep a processor: each kind has its own [WorkQueue].
enum QueryCost {
  /// Milliseconds, and on the worst of environments a fraction of a second.
  QUICK,
  /// Up to the time limit.
  LONG
}
