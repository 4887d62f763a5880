package io.surfacescan.service;

import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Puts the service's metrics beside those of the Java machine.
@ApplicationScoped
class Meters {
  private static final int BEFORE_ALL_ELSE = 1;

  private final Readings readings;

  Meters(Readings readings) {
    this.readings = readings;
  }

  /// Micrometer's registry takes it instead of one of its own.
  @Produces
  @Singleton
  static CollectorRegistry collectors() {
    return new CollectorRegistry(true);
  }

  void expose(
      @Observes @Priority(BEFORE_ALL_ELSE) StartupEvent event, CollectorRegistry collectors) {
    collectors.register(new Exposition(readings::now));
  }
}
