package io.surfacescan.service;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/// Pushes metrics while the service runs, if it was asked to. What that takes is loaded only then.
@ApplicationScoped
class Push {
  private static final int AFTER_ALL_ELSE = Integer.MAX_VALUE;

  private final Settings settings;
  private final Readings readings;
  private @Nullable Pushing pushing;

  Push(Settings settings, Readings readings) {
    this.settings = settings;
    this.readings = readings;
  }

  void start(@Observes StartupEvent event) {
    if (!settings.push().isOff()) {
      pushing = Pushing.start(settings.push(), readings::now);
    }
  }

  /// When all requests are answered, so that the last numbers are complete.
  void stop(@Observes @Priority(AFTER_ALL_ELSE) ShutdownEvent event) {
    var ending = pushing;
    pushing = null;
    if (ending != null) {
      ending.close();
    }
  }
}
