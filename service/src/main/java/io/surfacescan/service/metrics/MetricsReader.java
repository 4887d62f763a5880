package io.surfacescan.service.metrics;

import io.surfacescan.service.served.Generations;
import io.surfacescan.service.served.Loader;
import io.surfacescan.service.served.PolicyChecks;
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
  private final PolicyChecks policies;

  public MetricsReader(
      Statistics statistics,
      DurableStatistics kept,
      Generations generations,
      IntSupplier connections,
      Loader loader,
      PolicyChecks policies) {
    this.statistics = statistics;
    this.kept = kept;
    this.generations = generations;
    this.connections = connections;
    this.loader = loader;
    this.policies = policies;
  }

  MetricsSnapshot now() {
    var served = generations.ifLoaded();
    return new MetricsSnapshot(
        statistics.totals(),
        served,
        served.flatMap(policies::findings),
        connections.getAsInt(),
        loader.endings(),
        kept.stores(),
        loader.lastRefused().isPresent());
  }
}
