package io.surfacescan.service;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once there is an environment to answer from.
@Readiness
@ApplicationScoped
class EnvironmentLoaded implements HealthCheck {
  private final Generations generations;

  EnvironmentLoaded(Generations generations) {
    this.generations = generations;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("environment-loaded")
        .status(generations.ifLoaded().isPresent())
        .build();
  }
}
