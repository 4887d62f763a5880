package io.surfacescan.service;

import io.prometheus.client.Collector;
import io.surfacescan.statistics.Latencies;
import io.surfacescan.statistics.Totals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What Prometheus is told of the service, one reading for all of it: so buckets, sums and counts
/// agree with each other and with `/stats`. Micrometer, which tells of the Java machine beside it,
/// can only time by itself, and read one number after another.
///
/// Labels are routes, classes of statuses and the version served, of which there are few, whatever
/// clients send. Kinds of requests that had none are left out.
final class Exposition extends Collector {
  /// From the fastest answers to the limit of time that the service has by default.
  private static final List<Double> BOUNDS_SECONDS =
      List.of(
          0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
          1.0, 2.5, 5.0, 10.0, 30.0, 60.0);

  private static final long[] BOUNDS_NANOS =
      BOUNDS_SECONDS.stream().mapToLong(bound -> Math.round(bound * 1e9)).toArray();
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int STATUS_CLASSES = 5;
  private static final String REQUESTS = "http_server_requests_seconds";

  private final Supplier<Reading> readings;

  Exposition(Supplier<Reading> readings) {
    this.readings = readings;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    var reading = readings.get();
    var families = new ArrayList<MetricFamilySamples>();
    families.add(requests(reading.totals()));
    families.add(responses(reading.totals()));
    families.add(
        counter(
            "http_server_aborted",
            "Requests whose client went away before the end of the answer",
            List.of(sample("http_server_aborted_total", reading.totals().aborted()))));
    families.add(
        counter(
            "http_server_rejected",
            "What could not be read as HTTP; in no other count",
            List.of(sample("http_server_rejected_total", reading.totals().rejected()))));
    families.add(loads(reading));
    families.add(version(reading));
    for (var level : Level.ALL) {
      families.add(level(level, reading));
    }
    return families;
  }

  private static MetricFamilySamples requests(Totals totals) {
    var samples = new ArrayList<MetricFamilySamples.Sample>();
    totals
        .requests()
        .forEach((cell, times) ->
            addHistogram(samples, List.of(cell.route(), cell.statusClass() + "xx"), times));
    return new MetricFamilySamples(
        REQUESTS,
        "seconds",
        Type.HISTOGRAM,
        "Requests and their time, from the head read to the answer written, by route and class of"
            + " status",
        samples);
  }

  private static void addHistogram(
      List<MetricFamilySamples.Sample> samples, List<String> kind, Latencies times) {
    var names = List.of("uri", "status");
    var bucketNames = List.of("uri", "status", "le");
    long[] within = times.within(BOUNDS_NANOS);
    for (int i = 0; i < within.length; i++) {
      samples.add(
          sample(
              REQUESTS + "_bucket",
              bucketNames,
              plus(kind, doubleToGoString(BOUNDS_SECONDS.get(i))),
              within[i]));
    }
    samples.add(sample(REQUESTS + "_bucket", bucketNames, plus(kind, "+Inf"), times.count()));
    samples.add(sample(REQUESTS + "_count", names, kind, times.count()));
    samples.add(sample(REQUESTS + "_sum", names, kind, times.nanos() / NANOS_PER_SECOND));
  }

  private static List<String> plus(List<String> values, String last) {
    var all = new ArrayList<>(values);
    all.add(last);
    return all;
  }

  /// All classes from the start, so that the first failure is an increase.
  private static MetricFamilySamples responses(Totals totals) {
    var samples = new ArrayList<MetricFamilySamples.Sample>();
    for (int statusClass = 1; statusClass <= STATUS_CLASSES; statusClass++) {
      samples.add(
          sample(
              "http_server_responses_total",
              List.of("status"),
              List.of(statusClass + "xx"),
              totals.answered(statusClass)));
    }
    return counter("http_server_responses", "Requests by the class of their status", samples);
  }

  private static MetricFamilySamples loads(Reading reading) {
    var samples =
        Arrays.stream(Loader.Ending.values())
            .map(ending ->
                sample(
                    "surfacescan_loads_total",
                    List.of("outcome"),
                    List.of(ending.name().toLowerCase(Locale.ROOT)),
                    reading.loads().getOrDefault(ending, 0L)))
            .toList();
    return counter("surfacescan_loads", "Loads of the input, the first one too", samples);
  }

  private static MetricFamilySamples version(Reading reading) {
    var samples =
        reading.served().stream()
            .map(served ->
                sample(
                    "surfacescan_environment_info",
                    List.of("version"),
                    List.of(served.version()),
                    1))
            .toList();
    return new MetricFamilySamples(
        "surfacescan_environment", Type.INFO, "The version of the environment served", samples);
  }

  private static MetricFamilySamples level(Level level, Reading reading) {
    String name = level.name().replace('.', '_');
    if (!level.unit().isEmpty()) {
      name += "_" + level.unit();
    }
    double value = level.of(reading);
    return new MetricFamilySamples(
        name,
        level.unit(),
        Type.GAUGE,
        level.meaning(),
        Double.isNaN(value) ? List.of() : List.of(sample(name, value)));
  }

  private static MetricFamilySamples counter(
      String name, String meaning, List<MetricFamilySamples.Sample> samples) {
    return new MetricFamilySamples(name, Type.COUNTER, meaning, samples);
  }

  private static MetricFamilySamples.Sample sample(String name, Number value) {
    return sample(name, List.of(), List.of(), value);
  }

  private static MetricFamilySamples.Sample sample(
      String name, List<String> labels, List<String> values, Number value) {
    return new MetricFamilySamples.Sample(name, labels, values, value.doubleValue());
  }
}
