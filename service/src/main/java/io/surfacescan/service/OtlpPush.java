package io.surfacescan.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.ipc.http.HttpUrlConnectionSender;
import io.micrometer.registry.otlp.AggregationTemporality;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpHttpMetricsSender;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Metrics for an OpenTelemetry receiver, as protobuf over HTTP. Counters go on from the start of
/// the process.
final class OtlpPush implements OtlpMetricsSender {
  private static final Logger LOG = Logger.getLogger(OtlpPush.class);
  private static final String USUAL_PATH = "/v1/metrics";

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final URI receiver;
  private final OtlpMetricsSender sender =
      new OtlpHttpMetricsSender(new HttpUrlConnectionSender(CONNECT, ANSWER));
  private boolean failing;

  private OtlpPush(URI receiver) {
    this.receiver = receiver;
  }

  static MeterRegistry registry(URI receiver, String instance, Duration every) {
    return OtlpMeterRegistry.builder(new Config(receiver, instance, every))
        .threadFactory(Thread.ofPlatform().name("surfacescan-otlp").daemon().factory())
        .metricsSender(new OtlpPush(receiver))
        .build();
  }

  /// The next one has all that this one had, so a failed one is not repeated.
  @Override
  public synchronized void send(Request request) {
    try {
      sender.send(request);
      if (failing) {
        LOG.infof("Metrics are sent to OTLP at %s again", receiver);
      }
      failing = false;
    } catch (Exception e) {
      if (!failing) {
        LOG.warnf("Metrics cannot be sent to OTLP at %s: %s; trying again", receiver, reason(e));
      }
      failing = true;
    }
  }

  private static String reason(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof UnknownHostException
        ? "there is no such host"
        : String.valueOf(cause.getMessage());
  }

  /// Headers, as for a password, and attributes of the resource come from the variables that
  /// OpenTelemetry has for them.
  private record Config(URI receiver, String instance, Duration every) implements OtlpConfig {
    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public String url() {
      String path = receiver.getPath();
      return path.isEmpty() || path.equals("/")
          ? receiver.resolve(USUAL_PATH).toString()
          : receiver.toString();
    }

    @Override
    public Duration step() {
      return every;
    }

    @Override
    public AggregationTemporality aggregationTemporality() {
      return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public Map<String, String> resourceAttributes() {
      var attributes = new HashMap<>(OtlpConfig.super.resourceAttributes());
      attributes.putIfAbsent("service.name", "surfacescan");
      attributes.putIfAbsent("host.name", instance);
      // Two processes may have one name, and their counters must not be taken for one.
      attributes.putIfAbsent("service.instance.id", UUID.randomUUID().toString());
      return attributes;
    }
  }
}
