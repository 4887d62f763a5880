package io.surfacescan.statistics;

import io.surfacescan.statistics.counting.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What was answered in some time?
///
/// A request is counted in the bucket of time in which it ended, and a bucket where it starts: of
/// questions about times that follow each other, each request is in the answer to one.
///
/// @param from rounded down to a full minute, and to a full step; empty for the very first
/// @param to rounded up to a full minute; empty for the latest
/// @param step at least a minute, in full minutes; empty for no series
public record RangeQuestion(
    Scope scope, Optional<Instant> from, Optional<Instant> to, Optional<Duration> step) {
  /// How many steps an answer may have.
  public static final int STEPS_MOST = 10_000;

  /// Steps are counted from here, so that weeks begin on Mondays; days, hours and minutes do as
  /// always.
  private static final long FIRST_MONDAY = Duration.ofDays(4).toSeconds();

  public RangeQuestion {
    step.ifPresent(length -> {
      if (length.toSeconds() < 60 || length.toSeconds() % 60 != 0) {
        throw new IllegalArgumentException("not in full minutes: " + length);
      }
    });
    from = from.map(moment -> floor(moment, step));
    to = to.map(RangeQuestion::ceiling);
  }

  static Instant floor(Instant moment, Optional<Duration> step) {
    long length = step.map(Duration::toSeconds).orElse(Resolution.MINUTE.seconds());
    long second = moment.getEpochSecond() - FIRST_MONDAY;
    return Instant.ofEpochSecond(FIRST_MONDAY + second - Math.floorMod(second, length));
  }

  static Instant ceiling(Instant moment) {
    var floor = Resolution.MINUTE.floor(moment);
    return floor.equals(moment) ? moment : floor.plus(Resolution.MINUTE.length());
  }
}
