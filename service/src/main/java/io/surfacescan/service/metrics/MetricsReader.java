package io.surfacescan.service.metrics;

import io.surfacescan.service.served.Generations;
import io.surfacescan.service.served.Loader;
import io.surfacescan.statistics.DurableStatistics;
import io.surfacescan.statistics.counting.Statistics;
import java.util.function.IntSupplier;

/// Reads what metrics tell.
public class MetricsReader {
  private final Statistics statistics;
  private final DurableStatistics kept;
  private final Generations generations;
  private final IntSupplier connections;
  private final Loader loader;

  public MetricsReader(
      Statistics statistics,
      DurableStatistics kept,
      Generations generations,
      IntSupplier connections,
      Loader loader) {
    this.statistics = statistics;
    this.kept = kept;
    this.generations = generations;
    this.connections = connections;
    this.loader = loader;
  }

  MetricsSnapshot now() {
    return new MetricsSnapshot(
        statistics.totals(),
        generations.ifLoaded(),
        connections.getAsInt(),
        loader.endings(),
        kept.stores(),
        loader.lastRefused().isPresent());
  }
}
