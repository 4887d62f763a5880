package io.surfacescan.report.status;

import io.surfacescan.report.format.JsonDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import tools.jackson.core.JsonGenerator;

/// What was answered in some time, over restarts and perhaps by many.
///
/// @param scope whose requests these are: `process`, `instance` or `fleet`
/// @param store where they are kept: `sqlite` or `postgresql`
/// @param from the first moment of the time
/// @param to the first moment after it
/// @param completeUntil of the requests in the time, all that ended before this moment are counted
/// @param flushedUntil of the requests of processes that run, all that ended before it are counted
/// @param resolution how long the longest spans are in which these requests are kept, such as `1m`
/// @param times all of them together
/// @param statuses how many by class of status, such as `2xx`
/// @param aborted those whose client went away before the end of the answer
/// @param rejected what could not be read as HTTP; in none of the other counts
/// @param processCount how many processes may have answered some of them
/// @param lostCount how many more have not been heard of since before the time, and for a day: they
///   are not waited for
/// @param processes some of those, first the ones that may lack requests
/// @param series step by step, if asked for
public record KeptStatisticsDocument(
    String scope,
    String store,
    Instant from,
    Instant to,
    Instant completeUntil,
    Instant flushedUntil,
    String resolution,
    RequestTimes times,
    SequencedMap<String, RequestTimes> routes,
    SortedMap<String, Long> statuses,
    long aborted,
    long rejected,
    int processCount,
    long lostCount,
    List<ProcessLife> processes,
    Series series) {
  /// One life of one program.
  ///
  /// @param state `running`, `stopped`, `killed`, `silent` or `lost`
  /// @param completeUntil every request that the process answered before this moment is counted
  public record ProcessLife(
      String name,
      String instance,
      String process,
      Instant startedAt,
      Instant completeUntil,
      String state) {}

  /// Steps of one length, without gaps; none, of no length, if none were asked for.
  public record Series(Duration step, List<Point> points) {
    public static final Series NONE = new Series(Duration.ZERO, List.of());

    public Series {
      points = List.copyOf(points);
    }
  }

  /// The requests of one step.
  public record Point(Instant start, RequestTimes times, SortedMap<String, Long> statuses) {}

  public KeptStatisticsDocument {
    processes = List.copyOf(processes);
  }

  /// Times of requests are in milliseconds, with fractions to the nanosecond; an average of no
  /// requests is 0.
  public byte[] json() {
    return JsonDocument.object(json -> {
      json.writeStringProperty("scope", scope);
      json.writeStringProperty("store", store);
      json.writeStringProperty("from", from.toString());
      json.writeStringProperty("to", to.toString());
      json.writeStringProperty("complete_until", completeUntil.toString());
      json.writeStringProperty("flushed_until", flushedUntil.toString());
      json.writeStringProperty("resolution", resolution);
      times.writeCounts(json);
      json.writeStringProperty("time_unit", "milliseconds");
      times.writePercentiles(json);
      json.writeObjectPropertyStart("routes");
      routes.forEach((route, ofRoute) -> {
        json.writeObjectPropertyStart(route);
        ofRoute.writeCounts(json);
        ofRoute.writePercentiles(json);
        json.writeEndObject();
      });
      json.writeEndObject();
      writeStatuses(json, statuses);
      json.writeNumberProperty("aborted_count", aborted);
      json.writeNumberProperty("rejected_count", rejected);
      writeProcesses(json);
      if (!series.equals(Series.NONE)) {
        json.writeNumberProperty("step_seconds", series.step().toSeconds());
        writeSeries(json);
      }
    });
  }

  private static void writeStatuses(JsonGenerator json, Map<String, Long> statuses) {
    json.writeObjectPropertyStart("statuses");
    statuses.forEach(json::writeNumberProperty);
    json.writeEndObject();
  }

  private void writeProcesses(JsonGenerator json) {
    json.writeNumberProperty("process_count", processCount);
    json.writeNumberProperty("lost_count", lostCount);
    json.writeArrayPropertyStart("processes");
    for (var process : processes) {
      json.writeStartObject();
      json.writeStringProperty("name", process.name());
      json.writeStringProperty("instance", process.instance());
      json.writeStringProperty("process", process.process());
      json.writeStringProperty("started_at", process.startedAt().toString());
      json.writeStringProperty("complete_until", process.completeUntil().toString());
      json.writeStringProperty("state", process.state());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeSeries(JsonGenerator json) {
    json.writeArrayPropertyStart("series");
    for (var point : series.points()) {
      json.writeStartObject();
      json.writeStringProperty("start", point.start().toString());
      point.times().writeCounts(json);
      point.times().writePercentiles(json);
      writeStatuses(json, point.statuses());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
