package io.surfacescan.report.status;

import io.surfacescan.report.format.JsonDocument;
import io.surfacescan.statistics.RangeStatistics;
import io.surfacescan.statistics.RangeStatistics.Series;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// What was answered in some time, over restarts and perhaps by many processes.
public record KeptStatisticsDocument(RangeStatistics range) {
  public byte[] json() {
    return JsonDocument.object(json -> {
      json.writeStringProperty("scope", word(range.scope()));
      json.writeStringProperty("store", range.store());
      json.writeStringProperty("from", range.from().toString());
      json.writeStringProperty("to", range.to().toString());
      json.writeStringProperty("complete_until", range.completeUntil().toString());
      json.writeStringProperty("flushed_until", range.flushedUntil().toString());
      json.writeStringProperty(
          "resolution",
          switch (range.resolution()) {
            case MINUTE -> "1m";
            case HOUR -> "1h";
            case DAY -> "1d";
          });
      TimesInMillis.writeCounts(json, range.times());
      json.writeStringProperty("time_unit", "milliseconds");
      TimesInMillis.writePercentiles(json, range.times());
      json.writeObjectPropertyStart("routes");
      range
          .routes()
          .forEach((route, times) -> {
            json.writeObjectPropertyStart(route);
            TimesInMillis.writeCounts(json, times);
            TimesInMillis.writePercentiles(json, times);
            json.writeEndObject();
          });
      json.writeEndObject();
      writeStatuses(json, range.statuses());
      json.writeNumberProperty("aborted_count", range.aborted());
      json.writeNumberProperty("rejected_count", range.rejected());
      writeProcesses(json);
      range.series().ifPresent(series -> writeSeries(json, series));
    });
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void writeStatuses(JsonGenerator json, Map<Integer, Long> statuses) {
    json.writeObjectPropertyStart("statuses");
    statuses.forEach((statusClass, count) -> json.writeNumberProperty(statusClass + "xx", count));
    json.writeEndObject();
  }

  private void writeProcesses(JsonGenerator json) {
    json.writeNumberProperty("process_count", range.processCount());
    json.writeNumberProperty("lost_count", range.lostCount());
    json.writeArrayPropertyStart("processes");
    for (var process : range.processes()) {
      json.writeStartObject();
      json.writeStringProperty("name", process.name());
      json.writeStringProperty("instance", process.instance());
      json.writeStringProperty("process", process.process());
      json.writeStringProperty("started_at", process.startedAt().toString());
      json.writeStringProperty("complete_until", process.completeUntil().toString());
      json.writeStringProperty("state", word(process.state()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeSeries(JsonGenerator json, Series series) {
    json.writeNumberProperty("step_seconds", series.step().toSeconds());
    json.writeArrayPropertyStart("series");
    for (var point : series.points()) {
      json.writeStartObject();
      json.writeStringProperty("start", point.start().toString());
      TimesInMillis.writeCounts(json, point.times());
      TimesInMillis.writePercentiles(json, point.times());
      writeStatuses(json, point.statuses());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
