package io.surfacescan.service;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Where metrics are sent to, besides being there to be fetched.
///
/// @param statsd a receiver of StatsD datagrams; its name is looked up while pushing
/// @param otlp a receiver of OpenTelemetry metrics over HTTP; without a path it is `/v1/metrics`
/// @param every how often
public record MetricsPush(Optional<InetSocketAddress> statsd, Optional<URI> otlp, Duration every) {
  public static final Duration USUAL = Duration.ofSeconds(10);

  /// Nowhere.
  public static final MetricsPush NONE = new MetricsPush(Optional.empty(), Optional.empty(), USUAL);

  boolean isOff() {
    return statsd.isEmpty() && otlp.isEmpty();
  }
}
