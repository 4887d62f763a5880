package io.surfacescan.service.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.surfacescan.service.served.Loader;
import io.surfacescan.statistics.counting.LatencySnapshot;
import io.surfacescan.statistics.counting.RequestKind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/// Pushes the numbers of `/stats`, the environment and the Java machine to a StatsD receiver,
/// through Micrometer. All are of the last reading, which is at most half a period old; when this
/// is closed, of a new one.
///
/// Requests and their time are counters, which receivers can add up over instances. Percentiles
/// they cannot get from these, so they get those of the last minute, too.
final class MetricsPusher implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(MetricsPusher.class);

  /// How many readings a minute takes, if two are taken per period of ten seconds.
  private static final int READINGS_KEPT = 12;

  private static final int FLUSHES_PER_READING = 10;
  private static final double NANOS_PER_MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
  private static final List<Double> QUANTILES = List.of(0.5, 0.9, 0.99, 0.999, 1.0);

  private final Supplier<MetricsSnapshot> readings;
  private final Meters meters;
  private final StatsdLines lines;
  private final MeterRegistry registry;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("surfacescan-push").daemon().factory());

  /// What has meters already. This and the next are guarded by this.
  private final Set<RequestKind> counted = new HashSet<>();

  private final Set<String> timed = new HashSet<>();

  /// The requests by route at the last readings, oldest first. Guarded by this.
  private final Deque<Map<String, LatencySnapshot>> earlier = new ArrayDeque<>();

  private volatile MetricsSnapshot latest;
  private volatile Map<String, LatencySnapshot> lastMinute = Map.of();

  private MetricsPusher(
      InetSocketAddress receiver,
      Duration every,
      String instance,
      Supplier<MetricsSnapshot> readings,
      Meters meters) {
    this.meters = meters;
    this.lines = new StatsdLines(receiver);
    this.registry = StatsdPush.registry(lines, instance, every);
    this.readings = readings;
    this.latest = readings.get();
  }

  /// A receiver that cannot be reached is told of in the log, and tried again.
  ///
  /// @param receiver its name need not be known yet
  /// @param instance what the receiver is told that this one is called
  static MetricsPusher start(
      InetSocketAddress receiver,
      Duration every,
      String instance,
      Supplier<MetricsSnapshot> readings,
      Meters meters) {
    var pushing = new MetricsPusher(receiver, every, instance, readings, meters);
    pushing.addMeters();
    long period = every.toNanos() / 2;
    var _ = pushing.clock.scheduleAtFixedRate(pushing::refresh, 0, period, TimeUnit.NANOSECONDS);
    var _ =
        pushing.clock.scheduleAtFixedRate(
            pushing.lines::flush, period, period / FLUSHES_PER_READING, TimeUnit.NANOSECONDS);
    return pushing;
  }

  private void addMeters() {
    for (var level : Gauges.ALL) {
      gauge(
          level.name(),
          Tags.empty(),
          level.unit(),
          level.meaning(),
          pushing -> level.of(pushing.latest));
    }
    for (var ending : Loader.Ending.values()) {
      counter(
          "surfacescan.loads",
          Tags.of("outcome", ending.name().toLowerCase(Locale.ROOT)),
          pushing -> pushing.latest.loads().getOrDefault(ending, 0L).doubleValue());
    }
    counter("http.server.aborted", Tags.empty(), pushing -> pushing.latest.totals().aborted());
    counter("http.server.rejected", Tags.empty(), pushing -> pushing.latest.totals().rejected());
    // The Java machine's meters are there.
    meters.add(registry);
  }

  private void refresh() {
    try {
      readAgain();
    } catch (RuntimeException bug) {
      // It must not end the schedule.
      LOG.error("Metrics could not be read", bug);
    }
  }

  private synchronized void readAgain() {
    var reading = readings.get();
    var routes = reading.totals().byRoute();
    earlier.addLast(routes);
    var oldest =
        earlier.size() > READINGS_KEPT ? earlier.removeFirst() : Map.<String, LatencySnapshot>of();
    var recent = new HashMap<String, LatencySnapshot>();
    routes.forEach((route, times) ->
        recent.put(route, times.since(oldest.getOrDefault(route, LatencySnapshot.NONE))));
    lastMinute = recent;
    latest = reading;
    reading.totals().requests().keySet().stream().filter(counted::add).forEach(this::count);
    routes.keySet().stream().filter(timed::add).forEach(this::time);
  }

  /// Kinds of requests get their meters with the first of them.
  private void count(RequestKind kind) {
    var tags = Tags.of("uri", kind.route(), "status", kind.statusClass() + "xx");
    counter("http.server.requests", tags, pushing -> pushing.of(kind).count());
    FunctionCounter.builder(
            "http.server.requests.time",
            this,
            pushing -> TimeUnit.NANOSECONDS.toMicros(pushing.of(kind).nanos()))
        .tags(tags)
        .baseUnit("microseconds")
        .description("The time of all requests together")
        .register(registry);
  }

  private void time(String route) {
    for (double quantile : QUANTILES) {
      gauge(
          "http.server.requests.percentile",
          Tags.of("uri", route, "phi", Double.toString(quantile)),
          "milliseconds",
          "The time that this share of the last minute's requests did not exceed",
          pushing -> pushing.timeAt(route, quantile));
    }
  }

  private LatencySnapshot of(RequestKind kind) {
    return latest.totals().requests().getOrDefault(kind, LatencySnapshot.NONE);
  }

  private double timeAt(String route, double quantile) {
    var times = lastMinute.getOrDefault(route, LatencySnapshot.NONE);
    return times.count() == 0
        ? Double.NaN
        : times.percentile(quantile * 100) / NANOS_PER_MILLISECOND;
  }

  private void counter(String name, Tags tags, ToDoubleFunction<MetricsPusher> value) {
    FunctionCounter.builder(name, this, value).tags(tags).register(registry);
  }

  private void gauge(
      String name, Tags tags, String unit, String meaning, ToDoubleFunction<MetricsPusher> value) {
    Gauge.builder(name, this, value)
        .tags(tags)
        .baseUnit(unit.isEmpty() ? null : unit)
        .description(meaning)
        .register(registry);
  }

  /// Pushes the last numbers and ends.
  @Override
  public void close() {
    clock.shutdownNow();
    refresh();
    meters.remove(registry);
    registry.close();
    lines.close();
  }
}
