package io.surfacescan.service;

import io.surfacescan.statistics.DurableStatistics;
import io.surfacescan.statistics.Statistics;
import jakarta.enterprise.context.ApplicationScoped;

/// Reads what metrics tell.
@ApplicationScoped
class Readings {
  private final Statistics statistics;
  private final DurableStatistics kept;
  private final Generations generations;
  private final Listener listener;
  private final Loader loader;

  Readings(
      Statistics statistics,
      DurableStatistics kept,
      Generations generations,
      Listener listener,
      Loader loader) {
    this.statistics = statistics;
    this.kept = kept;
    this.generations = generations;
    this.listener = listener;
    this.loader = loader;
  }

  Reading now() {
    return new Reading(
        statistics.totals(),
        generations.ifLoaded(),
        listener.connections(),
        loader.endings(),
        kept.stores(),
        loader.lastRefused().isPresent());
  }
}
