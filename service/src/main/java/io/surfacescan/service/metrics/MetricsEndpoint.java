package io.surfacescan.service.metrics;

import io.surfacescan.service.exchange.Exchange;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/// `GET /metrics`: in the text format of OpenMetrics if that is accepted by name, else in that of
/// Prometheus.
public final class MetricsEndpoint {
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
  private static final String PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Meters meters;

  public MetricsEndpoint(Meters meters) {
    this.meters = meters;
  }

  public void answer(Exchange exchange) {
    String accepted = exchange.header(HttpHeaders.ACCEPT);
    String type =
        accepted != null && accepted.contains(OPEN_METRICS) ? OPEN_METRICS_TYPE : PROMETHEUS_TYPE;
    exchange.head().vary(HttpHeaders.ACCEPT);
    exchange.answer(200, type, meters.text(type).getBytes(StandardCharsets.UTF_8));
  }
}
