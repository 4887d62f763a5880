package io.surfacescan.statistics.counting;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// How long the buckets of time are; each length is a multiple of the one before it. All begin at
/// full ones in UTC.
public enum Resolution {
  MINUTE(Duration.ofMinutes(1)),
  HOUR(Duration.ofHours(1)),
  DAY(Duration.ofDays(1));

  private final Duration length;

  Resolution(Duration length) {
    this.length = length;
  }

  public Duration length() {
    return length;
  }

  public long seconds() {
    return length.toSeconds();
  }

  /// The span of that many seconds, if there is one.
  public static Optional<Resolution> ofSeconds(long seconds) {
    return Arrays.stream(values())
        .filter(resolution -> resolution.seconds() == seconds)
        .findFirst();
  }

  /// The start of the span that the moment is in.
  public Instant floor(Instant moment) {
    long second = moment.getEpochSecond();
    return Instant.ofEpochSecond(second - Math.floorMod(second, seconds()));
  }
}
