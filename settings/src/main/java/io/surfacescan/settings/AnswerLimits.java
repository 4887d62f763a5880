package io.surfacescan.settings;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/// What bounds the work on answers.
///
/// @param time how long one answer may be worked on
/// @param longThreads how many questions that may take long are worked on at a time
/// @param longWaiting how many more of them may wait
/// @param requestsPerSecond how many requests each client may send, if that is limited
public record AnswerLimits(
    Duration time, int longThreads, int longWaiting, OptionalInt requestsPerSecond) {
  public static final Flag<Integer> RATE_LIMIT =
      Flag.positive(
              "--rate-limit",
              "N",
              "How many requests each client may send in a second; more are refused.")
          .otherwise("any number");

  public static final Flag<Integer> TIME_LIMIT =
      Flag.positive(
              "--time-limit",
              "SECONDS",
              "How long the answer to one question may be worked on; a longer one is refused.")
          .or(60);

  public static final Flag<Integer> LONG_THREADS =
      Flag.positive(
              "--long-threads",
              "N",
              "How many questions that may take long are worked on at a time.")
          .otherwise("half of the processors");

  public static final Flag<Integer> LONG_WAITING =
      Flag.positive("--long-waiting", "N", "How many more of them may wait; others are refused.")
          .or(16);

  static final List<Flag<?>> FLAGS = List.of(RATE_LIMIT, TIME_LIMIT, LONG_THREADS, LONG_WAITING);

  public AnswerLimits {
    LONG_THREADS.checked(longThreads);
    LONG_WAITING.checked(longWaiting);
    requestsPerSecond.ifPresent(RATE_LIMIT::checked);
    if (!time.isPositive()) {
      throw new InvalidSetting(TIME_LIMIT, time + " is no time to answer in");
    }
  }

  static AnswerLimits of(Given given) {
    return new AnswerLimits(
        Duration.ofSeconds(given.get(TIME_LIMIT)),
        given
            .find(LONG_THREADS)
            .orElseGet(() -> Math.max(1, Runtime.getRuntime().availableProcessors() / 2)),
        given.get(LONG_WAITING),
        given.find(RATE_LIMIT).map(OptionalInt::of).orElse(OptionalInt.empty()));
  }
}
