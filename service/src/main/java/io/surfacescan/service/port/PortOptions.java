package io.surfacescan.service.port;

import io.surfacescan.settings.Settings;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How Vert.x opens the port, TLS apart.
final class PortOptions {
  private static final int BACKLOG = 1024;
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  private PortOptions() {}

  static HttpServerOptions of(Settings settings) {
    return new HttpServerOptions()
        .setHost(settings.listen().host())
        // Event loops share a port that was chosen for one of them only if it is asked for so.
        .setPort(settings.listen().port() == 0 ? -1 : settings.listen().port())
        .setAcceptBacklog(BACKLOG)
        .setMaxInitialLineLength(ParserFaults.REQUEST_LINE_BYTES)
        .setMaxHeaderSize(ParserFaults.HEADER_BYTES)
        .setHandle100ContinueAutomatically(false)
        .setSslHandshakeTimeout(handshakeMillis(settings))
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setHttp2ClearTextEnabled(false);
  }

  /// No handshake is waited for longer than a request would be.
  private static long handshakeMillis(Settings settings) {
    return Math.min(HANDSHAKE.toMillis(), settings.limits().idle().toMillis());
  }
}
