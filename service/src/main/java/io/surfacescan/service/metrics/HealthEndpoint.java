package io.surfacescan.service.metrics;

import io.surfacescan.report.status.HealthDocument;
import io.surfacescan.report.status.HealthDocument.Check;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.Route;
import io.surfacescan.service.served.Generations;
import io.surfacescan.statistics.DurableStatistics;
import io.surfacescan.statistics.StoreState;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// `GET /health` and what is below it: whether the process lives, whether it is ready, and how the
/// stores of the statistics fare.
///
/// The stores never make it unhealthy: an instance whose disk is full answers as well as before,
/// and must not be restarted or taken out of service for that.
public final class HealthEndpoint {
  private final Generations generations;
  private final DurableStatistics statistics;

  public HealthEndpoint(Generations generations, DurableStatistics statistics) {
    this.generations = generations;
    this.statistics = statistics;
  }

  public void answer(Exchange exchange) {
    var checks = new ArrayList<Check>();
    if (exchange.route() != Route.LIVE) {
      checks.add(
          new Check(
              "environment-loaded", generations.ifLoaded().isPresent(), new LinkedHashMap<>()));
    }
    if (exchange.route() == Route.HEALTH) {
      checks.add(stores());
    }
    var document = new HealthDocument(List.copyOf(checks));
    exchange.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    exchange.answer(document.isUp() ? 200 : 503, "application/json", document.json());
  }

  private Check stores() {
    var states = new LinkedHashMap<String, String>();
    if (!statistics.isKept()) {
      states.put("sqlite", "none: no state directory is known");
    }
    for (var store : statistics.stores()) {
      states.put(store.kind(), state(store));
    }
    return new Check("statistics-kept", true, states);
  }

  private static String state(StoreState store) {
    if (store.failingSince().isPresent()) {
      return "failing since " + store.failingSince().get() + ": " + store.failure();
    }
    return "written until " + store.writtenUntil();
  }
}
