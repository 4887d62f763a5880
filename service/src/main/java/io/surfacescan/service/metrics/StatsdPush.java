package io.surfacescan.service.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.statsd.StatsdConfig;
import io.micrometer.statsd.StatsdFlavor;
import io.micrometer.statsd.StatsdMeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Metrics as StatsD lines with tags in Datadog's form, which Telegraf, Vector and Prometheus'
/// statsd_exporter read, too.
final class StatsdPush {
  private StatsdPush() {}

  /// @param instance tells the gauges of several instances apart, which may have one receiver
  /// @param every how often all is written to the lines
  static MeterRegistry registry(StatsdLines lines, String instance, Duration every) {
    var registry = StatsdMeterRegistry.builder(new Config(every)).lineSink(lines).build();
    registry.config().commonTags("instance", instance);
    return registry;
  }

  private record Config(Duration every) implements StatsdConfig {
    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public StatsdFlavor flavor() {
      return StatsdFlavor.DATADOG;
    }

    @Override
    public Duration pollingFrequency() {
      return every;
    }

    @Override
    public Duration step() {
      return every;
    }
  }
}
