package io.surfacescan.service.metrics;

import io.surfacescan.settings.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Pushes metrics while the service runs, if it was asked to. What that takes is loaded only then.
public class Push {
  /// How long the end of the program waits for a receiver.
  private static final Duration LAST = Duration.ofMillis(1500);

  private final Settings settings;
  private final MetricsReader readings;
  private final Meters meters;
  private @Nullable MetricsPusher pushing;

  public Push(Settings settings, MetricsReader readings, Meters meters) {
    this.meters = meters;
    this.settings = settings;
    this.readings = readings;
  }

  public void start() {
    var push = settings.push();
    push.statsd()
        .ifPresent(receiver -> {
          meters.addMachine();
          pushing =
              MetricsPusher.start(
                  receiver, push.every(), settings.stores().name(), readings::now, meters);
        });
  }

  /// Pushes the last numbers. To be called when all requests are answered.
  public void stop() {
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
