package io.surfacescan.service;

import io.smallrye.health.api.Wellness;
import io.surfacescan.statistics.DurableStatistics;
import io.surfacescan.statistics.StoreState;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Tells how the stores of the statistics fare. It never is down: an instance whose disk is full
/// answers as well as before, and must not be restarted or taken out of service for that.
@Wellness
@ApplicationScoped
class StatisticsKept implements HealthCheck {
  private final DurableStatistics statistics;

  StatisticsKept(DurableStatistics statistics) {
    this.statistics = statistics;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("statistics-kept").up();
    if (!statistics.isKept()) {
      response.withData("sqlite", "none: no state directory is known");
    }
    for (var store : statistics.stores()) {
      response.withData(store.kind(), told(store));
    }
    return response.build();
  }

  private static String told(StoreState store) {
    if (store.failingSince().isPresent()) {
      return "failing since " + store.failingSince().get() + ": " + store.failure();
    }
    return "written until " + store.writtenUntil();
  }
}
