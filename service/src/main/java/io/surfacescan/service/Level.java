package io.surfacescan.service;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// A metric that goes up and down.
///
/// @param name with dots between its words, as where metrics are pushed; Prometheus has underscores
/// @param unit empty for plain numbers
/// @param value NaN if there is nothing to tell
record Level(String name, String unit, String meaning, ToDoubleFunction<Reading> value) {
  /// Every one that there is. One more needs a line here, and in docs/metrics.md.
  static final List<Level> ALL =
      List.of(
          new Level("http.server.connections", "", "Open connections", Reading::connections),
          new Level(
              "surfacescan.vms",
              "",
              "VMs of the environment served",
              ofServed(served -> served.environment().vmCount(), 0)),
          new Level(
              "surfacescan.rules",
              "",
              "Firewall rules of the environment served",
              ofServed(served -> served.environment().ruleCount(), 0)),
          new Level(
              "surfacescan.tags",
              "",
              "Tags of the environment served",
              ofServed(served -> served.environment().tagCount(), 0)),
          new Level(
              "surfacescan.warnings",
              "",
              "What the input of the environment served was warned about",
              ofServed(served -> served.problems().warningCount(), 0)),
          new Level(
              "surfacescan.environment.loaded.timestamp",
              "seconds",
              "When the environment served was loaded, since 1970",
              ofServed(served -> served.loadedAt().toEpochMilli() / 1e3, Double.NaN)),
          new Level(
              "surfacescan.environment.load.time",
              "seconds",
              "How long the environment served took to load, from the first byte read",
              ofServed(served -> served.loadTime().toNanos() / 1e9, Double.NaN)),
          new Level(
              "surfacescan.last.load.refused",
              "",
              "1 if newer input was refused and an older one is served, else 0",
              reading -> reading.lastLoadRefused() ? 1 : 0));

  private static ToDoubleFunction<Reading> ofServed(
      ToDoubleFunction<Generation> value, double before) {
    return reading -> reading.served().map(value::applyAsDouble).orElse(before);
  }

  double of(Reading reading) {
    return value.applyAsDouble(reading);
  }
}
