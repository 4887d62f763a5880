package io.surfacescan.service;

import io.quarkus.runtime.LaunchMode;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Live reload while surfacescan itself is developed: there Quarkus has the port, because it
/// rebuilds and restarts the application when a request comes in after a change, and hands every
/// request to the [FrontDoor].
@ApplicationScoped
class DevelopmentMode {
  /// After Quarkus' own look for changes, before every other route.
  private static final int FIRST = Integer.MIN_VALUE + 100;

  private final FrontDoor door;
  private final Statistics statistics;

  DevelopmentMode(FrontDoor door, Statistics statistics) {
    this.door = door;
    this.statistics = statistics;
  }

  static boolean isOn() {
    return LaunchMode.current() == LaunchMode.DEVELOPMENT;
  }

  void route(@Observes Router router) {
    if (isOn()) {
      router
          .route()
          .order(FIRST)
          .handler(context -> {
            var exchange = new Exchange(context.request(), statistics);
            exchange.quarkus(request -> context.next());
            door.enter(exchange);
          });
    }
  }
}
