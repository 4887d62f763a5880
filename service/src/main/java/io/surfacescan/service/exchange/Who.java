package io.surfacescan.service.exchange;

import io.surfacescan.service.log.Event;
import io.surfacescan.service.log.Fact;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Who is behind a request, in the facts that lines of the log share.
public final class Who {
  private Who() {}

  public static Event asks(Exchange exchange) {
    return Event.of(
        new Fact("request_id", exchange.id()),
        new Fact("address", address(exchange)),
        new Fact("user", exchange.user()),
        new Fact("certificate", certificate(exchange.connection().sslSession())));
  }

  /// A request that is over, with what was asked and what came of it.
  public static Event asked(Exchange exchange) {
    return asks(exchange)
        .and(
            new Fact("method", exchange.request().method().name()),
            new Fact("route", exchange.route().path()),
            new Fact("target", Target.shortened(exchange.request().uri())),
            new Fact("status", exchange.status()),
            new Fact("bytes", exchange.bytes()),
            new Fact("duration_ms", Math.rint(exchange.elapsedNanos() / 1e3) / 1e3),
            new Fact("aborted", exchange.isAborted() ? true : null),
            new Fact("version", exchange.version()));
  }

  public static String address(Exchange exchange) {
    String address = exchange.connection().remoteAddress().hostAddress();
    return address == null ? "?" : address;
  }

  /// The subject of the certificate that the client showed.
  private static @Nullable String certificate(@Nullable SSLSession session) {
    try {
      return session == null ? null : session.getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }
}
