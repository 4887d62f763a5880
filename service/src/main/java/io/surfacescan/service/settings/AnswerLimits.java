package io.surfacescan.service.settings;

import java.time.Duration;
import java.util.OptionalInt;

/// What bounds the work on answers.
///
/// @param time how long one answer may be worked on
/// @param longThreads how many questions that may take long are worked on at a time
/// @param longWaiting how many more of them may wait
/// @param requestsPerSecond how many requests each client may send, if that is limited
public record AnswerLimits(
    Duration time, int longThreads, int longWaiting, OptionalInt requestsPerSecond) {
  /// A minute, half of the processors, 16, and no limit.
  public static final AnswerLimits DEFAULT =
      new AnswerLimits(
          Duration.ofMinutes(1),
          Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
          16,
          OptionalInt.empty());

  public AnswerLimits {
    if (!time.isPositive()
        || longThreads < 1
        || longWaiting < 1
        || requestsPerSecond.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "no answers within " + time + ", " + longThreads + ", " + longWaiting);
    }
  }
}
