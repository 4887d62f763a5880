package io.surfacescan.load;

import java.time.Duration;
import java.util.regex.Pattern;

/// Lengths of time as they stand in flags: `30s`, `5m`, `1h`. Whole seconds, because Gatling starts
/// users second by second and makes no report of a ramp shorter than one.
final class Span {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})([smh])");
  private static final Duration LONGEST = Duration.ofHours(24);

  private Span() {}

  static Duration of(String text) {
    var written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a length of time such as 30s or 5m");
    }
    long number = Long.parseLong(written.group(1));
    var span =
        switch (written.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
    if (span.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("'" + text + "' is longer than 24h");
    }
    return span;
  }
}
