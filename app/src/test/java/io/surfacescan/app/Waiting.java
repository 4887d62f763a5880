package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

/// Waits for what other processes do, and leaves the processors to them meanwhile.
final class Waiting {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private Waiting() {}

  @FunctionalInterface
  interface Check {
    boolean holds() throws Exception;
  }

  static void until(String what, Check check) throws Exception {
    var deadline = Instant.now().plus(PATIENCE);
    while (!check.holds()) {
      assertThat(Instant.now()).as("the time until " + what).isBefore(deadline);
      pause();
    }
  }

  /// Between two looks.
  static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
