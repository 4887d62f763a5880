package io.surfacescan.service;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Pushes metrics while the service runs, if it was asked to. What that takes is loaded only then.
@ApplicationScoped
class Push {
  /// How long the end of the program waits for a receiver.
  private static final Duration LAST = Duration.ofMillis(1500);

  private final Settings settings;
  private final Readings readings;
  private @Nullable Pushing pushing;

  Push(Settings settings, Readings readings) {
    this.settings = settings;
    this.readings = readings;
  }

  void start(@Observes StartupEvent event) {
    var push = settings.push();
    push.statsd()
        .ifPresent(receiver ->
            pushing =
                Pushing.start(receiver, push.every(), settings.stores().name(), readings::now));
  }

  /// Pushes the last numbers. To be called when all requests are answered, but before the framework
  /// stops, which would close the registries with the numbers before.
  void stop() {
    var ending = pushing;
    pushing = null;
    if (ending == null) {
      return;
    }
    var last = Thread.ofPlatform().name("surfacescan-last-push").daemon().start(ending::close);
    try {
      last.join(LAST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
