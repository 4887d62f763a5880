package io.surfacescan.statistics.counting;

import java.time.Duration;

/// How many requests there were and how long they took.
///
/// @param count how many
/// @param total the time of all of them together
/// @param max the longest of their times
public record RequestTimes(
    long count,
    Duration total,
    Duration p50,
    Duration p90,
    Duration p99,
    Duration p999,
    Duration max) {
  /// Before the first request.
  public static final RequestTimes NONE =
      new RequestTimes(
          0,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO);
}
