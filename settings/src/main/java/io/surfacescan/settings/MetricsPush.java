package io.surfacescan.settings;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where metrics are sent to, besides being there to be fetched.
///
/// @param statsd a receiver of StatsD datagrams; its name is looked up while pushing
/// @param every how often
public record MetricsPush(Optional<InetSocketAddress> statsd, Duration every) {
  public static final Flag<String> STATSD =
      Flag.text(
          "--statsd",
          "HOST:PORT",
          "Send metrics to a StatsD receiver, too, in Datadog's form with tags.");

  static final List<Flag<?>> FLAGS = List.of(STATSD);

  /// A host name, an IPv4 address, or an IPv6 address in brackets; and a port.
  private static final Pattern RECEIVER =
      Pattern.compile("([^\\s:/\\[\\]]+|\\[[0-9A-Fa-f:.]+\\]):(\\d{1,5})");

  private static final Duration USUAL = Duration.ofSeconds(10);

  public MetricsPush {
    if (!every.isPositive()) {
      throw new InvalidSetting("metrics cannot be pushed every " + every);
    }
  }

  static MetricsPush of(Given given) {
    return new MetricsPush(given.find(STATSD).map(MetricsPush::receiver), USUAL);
  }

  private static InetSocketAddress receiver(String address) {
    var parts = RECEIVER.matcher(address);
    int port = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
    if (port < 1 || port > Listen.PORT.most()) {
      throw new InvalidSetting(STATSD, "'" + address + "' is not HOST:PORT");
    }
    return InetSocketAddress.createUnresolved(parts.group(1), port);
  }
}
