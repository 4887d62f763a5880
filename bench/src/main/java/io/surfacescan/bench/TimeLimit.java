package io.surfacescan.bench;

import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.DeadlinePassed;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Ends what takes longer than a measurement may: it is then measured as the limit, and the table
/// says that it was stopped.
final class TimeLimit {
  static final long SECONDS = 30;

  private TimeLimit() {}

  /// What the question comes to, or null if it was stopped.
  static <T> @Nullable T asking(Function<Deadline, T> question) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try {
      return question.apply(() -> System.nanoTime() - end > 0);
    } catch (DeadlinePassed e) {
      return null;
    }
  }
}
