package io.surfacescan.report.status;

import io.surfacescan.report.format.JsonDocument;
import io.surfacescan.statistics.counting.ProcessStatistics;
import tools.jackson.core.JsonGenerator;

/// What a process has answered since it started.
///
/// @param vmCount the VMs of the environment served
public record StatisticsDocument(int vmCount, ProcessStatistics statistics) {
  public byte[] json() {
    return JsonDocument.object(json -> {
      json.writeNumberProperty("vm_count", vmCount);
      TimesInMillis.writeCounts(json, statistics.times());
      json.writeStringProperty("since", statistics.since().toString());
      json.writeNumberProperty("uptime", TimesInMillis.millis(statistics.uptime()));
      json.writeStringProperty("time_unit", "milliseconds");
      json.writeStringProperty("scope", "process");
      TimesInMillis.writePercentiles(json, statistics.times());
      writeRoutes(json);
      json.writeObjectPropertyStart("statuses");
      statistics
          .statuses()
          .forEach((status, count) -> json.writeNumberProperty(Integer.toString(status), count));
      json.writeEndObject();
      json.writeNumberProperty("aborted_count", statistics.aborted());
      json.writeNumberProperty("rejected_count", statistics.rejected());
    });
  }

  private void writeRoutes(JsonGenerator json) {
    json.writeObjectPropertyStart("routes");
    statistics
        .routes()
        .forEach((route, use) -> {
          json.writeObjectPropertyStart(route);
          TimesInMillis.writeCounts(json, use.requestCount(), use.totalTime());
          json.writeEndObject();
        });
    json.writeEndObject();
  }
}
