package io.surfacescan.service.metrics;

import io.surfacescan.service.served.Generation;
import io.surfacescan.service.served.PolicyOutcome;
import io.surfacescan.statistics.StoreState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// A metric that goes up and down.
///
/// @param name with dots between its words, as where metrics are pushed; Prometheus has underscores
/// @param unit empty for plain numbers
/// @param value NaN if there is nothing to tell
record Gauges(String name, String unit, String meaning, ToDoubleFunction<MetricsSnapshot> value) {
  /// Every one that there is. One more needs a line here, and in docs/metrics.md.
  static final List<Gauges> ALL =
      List.of(
          new Gauges(
              "http.server.connections", "", "Open connections", MetricsSnapshot::connections),
          new Gauges(
              "surfacescan.vms",
              "",
              "VMs of the environment served",
              ofServed(served -> served.environment().countedVms(), 0)),
          new Gauges(
              "surfacescan.rules",
              "",
              "Firewall rules of the environment served",
              ofServed(served -> served.environment().ruleCount(), 0)),
          new Gauges(
              "surfacescan.tags",
              "",
              "Tags of the environment served",
              ofServed(served -> served.environment().tagCount(), 0)),
          new Gauges(
              "surfacescan.warnings",
              "",
              "What the input of the environment served was warned about",
              ofServed(served -> served.problems().warningCount(), 0)),
          new Gauges(
              "surfacescan.environment.loaded.timestamp",
              "seconds",
              "When the environment served was loaded, since 1970",
              ofServed(served -> served.loadedAt().toEpochMilli() / 1e3, Double.NaN)),
          new Gauges(
              "surfacescan.environment.load.time",
              "seconds",
              "How long the environment served took to load, from the first byte read",
              ofServed(served -> served.loadTime().toNanos() / 1e9, Double.NaN)),
          new Gauges(
              "surfacescan.last.load.refused",
              "",
              "1 if newer input was refused and an older one is served, else 0",
              reading -> reading.lastLoadRefused() ? 1 : 0),
          new Gauges(
              "surfacescan.policy.unchecked",
              "",
              "1 if the policy does not fit the environment served, so that it is not checked,"
                  + " else 0",
              ofServed(Gauges::unchecked, Double.NaN)),
          new Gauges(
              "surfacescan.statistics.file.failing",
              "",
              "1 if statistics cannot be written to the state directory and wait in memory, else 0",
              ofStore("sqlite", Gauges::failing)),
          new Gauges(
              "surfacescan.statistics.file.age",
              "seconds",
              "How old the latest statistics in the state directory are",
              ofStore("sqlite", Gauges::age)),
          new Gauges(
              "surfacescan.statistics.database.failing",
              "",
              "1 if statistics cannot be sent to the shared database and wait in the state"
                  + " directory, else 0",
              ofStore("postgresql", Gauges::failing)),
          new Gauges(
              "surfacescan.statistics.database.age",
              "seconds",
              "How old the latest statistics of this instance in the shared database are",
              ofStore("postgresql", Gauges::age)));

  private static ToDoubleFunction<MetricsSnapshot> ofServed(
      ToDoubleFunction<Generation> value, double before) {
    return reading -> reading.served().map(value::applyAsDouble).orElse(before);
  }

  /// NaN if there is no policy.
  private static double unchecked(Generation served) {
    return switch (served.policyOutcome().orElse(null)) {
      case null -> Double.NaN;
      case PolicyOutcome.Found _ -> 0;
      case PolicyOutcome.Refused _ -> 1;
    };
  }

  /// NaN if there is no such store.
  private static ToDoubleFunction<MetricsSnapshot> ofStore(
      String kind, ToDoubleFunction<StoreState> value) {
    return reading ->
        reading.stores().stream()
            .filter(store -> store.kind().equals(kind))
            .mapToDouble(value)
            .findFirst()
            .orElse(Double.NaN);
  }

  private static double failing(StoreState store) {
    return store.isFailing() ? 1 : 0;
  }

  private static double age(StoreState store) {
    return Duration.between(store.writtenUntil(), Instant.now()).toMillis() / 1e3;
  }

  double of(MetricsSnapshot reading) {
    return value.applyAsDouble(reading);
  }
}
