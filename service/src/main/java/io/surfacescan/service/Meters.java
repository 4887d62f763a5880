package io.surfacescan.service;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.surfacescan.report.StatisticsDocument;
import io.surfacescan.statistics.Statistics;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/// The process statistics and the environment's size as metrics. They are the numbers of `/stats`,
/// not counted a second time, so that the two never disagree; labels are routes and classes of
/// statuses, of which there are few, whatever clients send.
@ApplicationScoped
class Meters implements MeterBinder {
  private static final int STATUS_CLASSES = 5;

  private final Statistics statistics;
  private final Generations generations;
  private final Listener listener;

  Meters(Statistics statistics, Generations generations, Listener listener) {
    this.statistics = statistics;
    this.generations = generations;
    this.listener = listener;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var route : Route.values()) {
      FunctionTimer.builder(
              "http.server.requests",
              this,
              meters -> meters.use(route).map(StatisticsDocument.RouteUse::requestCount).orElse(0L),
              meters -> meters.use(route).map(use -> use.totalTime().toNanos()).orElse(0L),
              TimeUnit.NANOSECONDS)
          .description("Requests and their time by route, as /stats counts them")
          .tag("uri", route.path())
          .register(registry);
    }
    for (int hundreds = 1; hundreds <= STATUS_CLASSES; hundreds++) {
      int statusClass = hundreds;
      counter(
              "http.server.responses",
              meters -> meters.answered(statusClass),
              "Requests by the class of their status")
          .tag("status", statusClass + "xx")
          .register(registry);
    }
    counter(
            "http.server.aborted",
            meters -> meters.now().aborted(),
            "Requests whose client went away before the end of the answer")
        .register(registry);
    counter(
            "http.server.rejected",
            meters -> meters.now().rejected(),
            "What could not be read as HTTP")
        .register(registry);
    gauge("http.server.connections", meters -> meters.listener.connections(), "Open connections")
        .register(registry);
    gauge(
            "surfacescan.vms",
            meters -> meters.generation(generation -> generation.environment().vmCount()),
            "VMs of the environment served")
        .register(registry);
    gauge(
            "surfacescan.rules",
            meters -> meters.generation(generation -> generation.environment().ruleCount()),
            "Firewall rules of the environment served")
        .register(registry);
  }

  private FunctionCounter.Builder<Meters> counter(
      String name, ToDoubleFunction<Meters> value, String description) {
    return FunctionCounter.builder(name, this, value).description(description);
  }

  private Gauge.Builder<Meters> gauge(
      String name, ToDoubleFunction<Meters> value, String description) {
    return Gauge.builder(name, this, value).description(description);
  }

  private StatisticsDocument now() {
    return statistics.snapshot(0);
  }

  private Optional<StatisticsDocument.RouteUse> use(Route route) {
    return Optional.ofNullable(now().routes().get(route.path()));
  }

  private double answered(int statusClass) {
    return now().statuses().entrySet().stream()
        .filter(entry -> entry.getKey() / 100 == statusClass)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private double generation(ToDoubleFunction<Generation> value) {
    return generations.ifLoaded().map(value::applyAsDouble).orElse(0.0);
  }
}
