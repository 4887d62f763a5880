package io.surfacescan.service;

import java.time.Duration;

/// What bounds the work on answers.
///
/// @param time how long one answer may be worked on
/// @param longThreads how many questions that may take long are worked on at a time
/// @param longWaiting how many more of them may wait
public record AnswerLimits(Duration time, int longThreads, int longWaiting) {
  /// A minute, half of the processors, and 16.
  public static final AnswerLimits DEFAULT =
      new AnswerLimits(
          Duration.ofMinutes(1), Math.max(1, Runtime.getRuntime().availableProcessors() / 2), 16);

  public AnswerLimits {
    if (!time.isPositive() || longThreads < 1 || longWaiting < 1) {
      throw new IllegalArgumentException(
          "no answers within " + time + ", " + longThreads + ", " + longWaiting);
    }
  }
}
