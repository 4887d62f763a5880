package io.surfacescan.report.status;

import io.surfacescan.report.format.JsonDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/// What a process has answered since it started.
///
/// @param vmCount the VMs of the environment served
/// @param times all requests answered or given up, whatever their status
/// @param since when the process began to count
/// @param uptime how long ago that was, by a clock that never jumps
/// @param routes requests and their time by route
/// @param statuses requests by HTTP status
/// @param aborted those of the requests whose client went away before the end of the answer
/// @param rejected what could not be read as HTTP; in none of the other counts
public record StatisticsDocument(
    int vmCount,
    RequestTimes times,
    Instant since,
    Duration uptime,
    SequencedMap<String, RouteUse> routes,
    Map<Integer, Long> statuses,
    long aborted,
    long rejected) {
  /// The requests of one route.
  public record RouteUse(long requestCount, Duration totalTime) {}

  public byte[] json() {
    return JsonDocument.object(json -> {
      json.writeNumberProperty("vm_count", vmCount);
      times.writeCounts(json);
      json.writeStringProperty("since", since.toString());
      json.writeNumberProperty("uptime", RequestTimes.millis(uptime));
      json.writeStringProperty("time_unit", "milliseconds");
      json.writeStringProperty("scope", "process");
      times.writePercentiles(json);
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
      RequestTimes.writeCounts(json, use.requestCount(), use.totalTime());
      json.writeEndObject();
    });
    json.writeEndObject();
  }
}
