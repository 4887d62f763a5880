package io.surfacescan.report.status;

import io.surfacescan.statistics.counting.RequestTimes;
import java.time.Duration;
import tools.jackson.core.JsonGenerator;

/// Times of requests in JSON: milliseconds, with fractions to the nanosecond; an average of no
/// requests is 0.
final class TimesInMillis {
  private TimesInMillis() {}

  static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  static void writeCounts(JsonGenerator json, long count, Duration total) {
    json.writeNumberProperty("request_count", count);
    json.writeNumberProperty(
        "average_request_time",
        count == 0 ? 0 : Math.round((double) total.toNanos() / count) / 1e6);
  }

  static void writeCounts(JsonGenerator json, RequestTimes times) {
    writeCounts(json, times.count(), times.total());
  }

  static void writePercentiles(JsonGenerator json, RequestTimes times) {
    json.writeObjectPropertyStart("request_time");
    json.writeNumberProperty("p50", millis(times.p50()));
    json.writeNumberProperty("p90", millis(times.p90()));
    json.writeNumberProperty("p99", millis(times.p99()));
    json.writeNumberProperty("p999", millis(times.p999()));
    json.writeNumberProperty("max", millis(times.max()));
    json.writeEndObject();
  }
}
