package io.surfacescan.report.status;

import java.time.Duration;
import tools.jackson.core.JsonGenerator;

/// How many requests there were and how long they took. Times are written in milliseconds, with
/// fractions to the nanosecond; an average of no requests is 0.
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

  static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  static void writeCounts(JsonGenerator json, long count, Duration total) {
    json.writeNumberProperty("request_count", count);
    json.writeNumberProperty(
        "average_request_time",
        count == 0 ? 0 : Math.round((double) total.toNanos() / count) / 1e6);
  }

  void writeCounts(JsonGenerator json) {
    writeCounts(json, count, total);
  }

  void writePercentiles(JsonGenerator json) {
    json.writeObjectPropertyStart("request_time");
    json.writeNumberProperty("p50", millis(p50));
    json.writeNumberProperty("p90", millis(p90));
    json.writeNumberProperty("p99", millis(p99));
    json.writeNumberProperty("p999", millis(p999));
    json.writeNumberProperty("max", millis(max));
    json.writeEndObject();
  }
}
