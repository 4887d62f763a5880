package io.surfacescan.statistics;

import java.time.Duration;
import java.time.Instant;

/// What is known of a process at some moment. Those that may lack requests come first.
public enum ProcessState {
  /// It runs, or was killed: its last sign of life is half a minute to a day old.
  SILENT,
  /// Its last sign of life is older.
  LOST,
  KILLED,
  RUNNING,
  STOPPED;

  /// A process that runs gives a sign of life every few seconds.
  static final Duration SILENCE = Duration.ofSeconds(30);

  /// A process that is silent for longer is not waited for.
  private static final Duration LOSS = Duration.ofDays(1);

  static ProcessState of(ProcessRun process, Instant now) {
    if (process.ended() != null) {
      return switch (process.ended()) {
        case STOPPED -> STOPPED;
        case KILLED -> KILLED;
      };
    }
    // The clocks of others, and this one, may have been put back.
    var silence = Duration.between(process.completeUntil(), now).abs();
    if (silence.compareTo(SILENCE) <= 0) {
      return RUNNING;
    }
    return silence.compareTo(LOSS) <= 0 ? SILENT : LOST;
  }
}
