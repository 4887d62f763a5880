package io.surfacescan.service;

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

  /// @param every how often all is written to the lines
  static MeterRegistry registry(StatsdLines lines, Duration every) {
    return StatsdMeterRegistry.builder(new Config(every)).lineSink(lines).build();
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
