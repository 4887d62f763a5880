package io.surfacescan.service.settings;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// Where metrics are sent to, besides being there to be fetched.
///
/// @param statsd a receiver of StatsD datagrams; its name is looked up while pushing
/// @param every how often
public record MetricsPush(Optional<InetSocketAddress> statsd, Duration every) {
  public static final Duration USUAL = Duration.ofSeconds(10);

  /// Nowhere.
  public static final MetricsPush NONE = new MetricsPush(Optional.empty(), USUAL);
}
