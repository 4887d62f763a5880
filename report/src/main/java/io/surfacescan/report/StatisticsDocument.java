package io.surfacescan.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/// What a process has answered since it started.
///
/// @param vmCount the VMs of the environment served
/// @param requestCount all requests answered or given up, whatever their status
/// @param totalTime the time of all of them together
/// @param since when the process began to count
/// @param uptime how long ago that was, by a clock that never jumps
/// @param percentiles times by the name of their percentile, such as `p99`
/// @param routes requests and their time by route
/// @param statuses requests by HTTP status
/// @param aborted those of the requests whose client went away before the end of the answer
/// @param rejected what could not be read as HTTP; in none of the other counts
public record StatisticsDocument(
    int vmCount,
    long requestCount,
    Duration totalTime,
    Instant since,
    Duration uptime,
    SequencedMap<String, Duration> percentiles,
    SequencedMap<String, RouteUse> routes,
    Map<Integer, Long> statuses,
    long aborted,
    long rejected) {
  /// The requests of one route.
  public record RouteUse(long requestCount, Duration totalTime) {}

  /// Times are in milliseconds, with fractions to the nanosecond; an average of no requests is 0.
  public byte[] json() {
    return JsonDocument.object(json -> {
      json.writeNumberProperty("vm_count", vmCount);
      json.writeNumberProperty("request_count", requestCount);
      json.writeNumberProperty("average_request_time", average(totalTime, requestCount));
      json.writeStringProperty("since", since.toString());
      json.writeNumberProperty("uptime", millis(uptime));
      json.writeStringProperty("time_unit", "milliseconds");
      json.writeStringProperty("scope", "process");
      json.writeObjectPropertyStart("request_time");
      percentiles.forEach((name, time) -> json.writeNumberProperty(name, millis(time)));
      json.writeEndObject();
      writeRoutes(json);
      json.writeObjectPropertyStart("statuses");
      new TreeMap<>(statuses)
          .forEach((status, count) -> json.writeNumberProperty(Integer.toString(status), count));
      json.writeEndObject();
      json.writeNumberProperty("aborted_count", aborted);
      json.writeNumberProperty("rejected_count", rejected);
    });
  }

  private void writeRoutes(JsonGenerator json) {
    json.writeObjectPropertyStart("routes");
    routes.forEach((route, use) -> {
      json.writeObjectPropertyStart(route);
      json.writeNumberProperty("request_count", use.requestCount());
      json.writeNumberProperty(
          "average_request_time", average(use.totalTime(), use.requestCount()));
      json.writeEndObject();
    });
    json.writeEndObject();
  }

  private static double average(Duration total, long count) {
    return count == 0 ? 0 : Math.round((double) total.toNanos() / count) / 1e6;
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
