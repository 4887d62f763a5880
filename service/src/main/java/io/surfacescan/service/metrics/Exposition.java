package io.surfacescan.service.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import io.surfacescan.policy.Verdict;
import io.surfacescan.service.served.Loader;
import io.surfacescan.statistics.counting.LatencySnapshot;
import io.surfacescan.statistics.counting.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What Prometheus is told of the service, one reading for all of it: so buckets, sums and counts
/// agree with each other and with `/stats`. Micrometer, which tells of the Java machine beside it,
/// can only time by itself, and read one number after another.
///
/// Labels are routes, classes of statuses, the version served and the rules of the policy, of which
/// there are few, whatever clients send. Kinds of requests that had none are left out.
final class Exposition implements MultiCollector {
  /// From the fastest answers to the limit of time that the service has by default.
  private static final List<Double> BOUNDS_SECONDS =
      List.of(
          0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
          1.0, 2.5, 5.0, 10.0, 30.0, 60.0);

  private static final long[] BOUNDS_NANOS =
      BOUNDS_SECONDS.stream().mapToLong(bound -> Math.round(bound * 1e9)).toArray();
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int STATUS_CLASSES = 5;

  private final Supplier<MetricsSnapshot> readings;

  Exposition(Supplier<MetricsSnapshot> readings) {
    this.readings = readings;
  }

  @Override
  public MetricSnapshots collect() {
    var reading = readings.get();
    var families = new ArrayList<MetricSnapshot>();
    families.add(requests(reading.totals()));
    families.add(responses(reading.totals()));
    families.add(
        counter(
                "http_server_aborted",
                "Requests whose client went away before the end of the answer")
            .dataPoint(point(reading.totals().aborted(), Labels.EMPTY))
            .build());
    families.add(
        counter("http_server_rejected", "What could not be read as HTTP; in no other count")
            .dataPoint(point(reading.totals().rejected(), Labels.EMPTY))
            .build());
    families.add(loads(reading));
    families.add(version(reading));
    families.add(findings(reading));
    for (var level : Gauges.ALL) {
      families.add(gauge(level, reading));
    }
    return new MetricSnapshots(families);
  }

  private static MetricSnapshot requests(Totals totals) {
    var family =
        HistogramSnapshot.builder()
            .name("http_server_requests_seconds")
            .unit(Unit.SECONDS)
            .help(
                "Requests and their time, from the head read to the answer written, by route and"
                    + " class of status");
    totals
        .requests()
        .forEach((kind, times) ->
            family.dataPoint(
                HistogramSnapshot.HistogramDataPointSnapshot.builder()
                    .labels(Labels.of("uri", kind.route(), "status", kind.statusClass() + "xx"))
                    .classicHistogramBuckets(buckets(times))
                    .sum(times.nanos() / NANOS_PER_SECOND)
                    .build()));
    return family.build();
  }

  /// Here each bucket counts what is in it and in none below.
  private static ClassicHistogramBuckets buckets(LatencySnapshot times) {
    var buckets = ClassicHistogramBuckets.builder();
    long[] within = times.within(BOUNDS_NANOS);
    long below = 0;
    for (int i = 0; i < within.length; i++) {
      buckets.bucket(BOUNDS_SECONDS.get(i), within[i] - below);
      below = within[i];
    }
    return buckets.bucket(Double.POSITIVE_INFINITY, times.count() - below).build();
  }

  /// All classes from the start, so that the first failure is an increase.
  private static MetricSnapshot responses(Totals totals) {
    var family = counter("http_server_responses", "Requests by the class of their status");
    for (int statusClass = 1; statusClass <= STATUS_CLASSES; statusClass++) {
      family.dataPoint(
          point(totals.answered(statusClass), Labels.of("status", statusClass + "xx")));
    }
    return family.build();
  }

  private static MetricSnapshot loads(MetricsSnapshot reading) {
    var family = counter("surfacescan_loads", "Loads of the input, the first one too");
    for (var ending : Loader.Ending.values()) {
      family.dataPoint(
          point(
              reading.loads().getOrDefault(ending, 0L),
              Labels.of("outcome", ending.name().toLowerCase(Locale.ROOT))));
    }
    return family.build();
  }

  private static MetricSnapshot version(MetricsSnapshot reading) {
    var family =
        InfoSnapshot.builder()
            .name("surfacescan_environment")
            .help("The version of the environment served");
    reading
        .served()
        .ifPresent(served ->
            family.dataPoint(
                InfoSnapshot.InfoDataPointSnapshot.builder()
                    .labels(Labels.of("version", served.version()))
                    .build()));
    return family.build();
  }

  /// One for each rule, so that a rule that is broken for the first time is an increase.
  private static MetricSnapshot findings(MetricsSnapshot reading) {
    var family =
        GaugeSnapshot.builder()
            .name("surfacescan_findings")
            .help("Open findings of the policy, by its rule");
    reading
        .findings()
        .ifPresent(findings -> {
          for (var verdict : findings.verdicts()) {
            family.dataPoint(
                GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .value(open(verdict))
                    .labels(
                        Labels.of(
                            "rule",
                            verdict.rule().id(),
                            "severity",
                            verdict.rule().severity().word()))
                    .build());
          }
        });
    return family.build();
  }

  /// A rule that is broken has one at least, even if no cause was found in time.
  private static int open(Verdict verdict) {
    return Math.max(verdict.openFindings().size(), verdict.isBroken() ? 1 : 0);
  }

  private static MetricSnapshot gauge(Gauges level, MetricsSnapshot reading) {
    String name = level.name().replace('.', '_');
    var family = GaugeSnapshot.builder().help(level.meaning());
    if (level.unit().isEmpty()) {
      family.name(name);
    } else {
      family.name(name + "_" + level.unit()).unit(new Unit(level.unit()));
    }
    double value = level.of(reading);
    if (!Double.isNaN(value)) {
      family.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().value(value).build());
    }
    return family.build();
  }

  private static CounterSnapshot.Builder counter(String name, String meaning) {
    return CounterSnapshot.builder().name(name).help(meaning);
  }

  private static CounterSnapshot.CounterDataPointSnapshot point(long value, Labels labels) {
    return CounterSnapshot.CounterDataPointSnapshot.builder()
        .value((double) value)
        .labels(labels)
        .build();
  }
}
