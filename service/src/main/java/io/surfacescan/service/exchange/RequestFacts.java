package io.surfacescan.service.exchange;

import io.surfacescan.service.log.Event;
import io.surfacescan.service.log.LogField;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Who is behind a request, in the facts that lines of the log share.
public final class RequestFacts {
  private RequestFacts() {}

  public static Event asks(Exchange exchange) {
    return Event.of(
        new LogField("request_id", exchange.id()),
        new LogField("address", address(exchange)),
        new LogField("user", user(exchange.caller())),
        new LogField("certificate", certificate(exchange.connection().sslSession())));
  }

  /// A request that is over, with what was asked and what came of it.
  public static Event asked(Exchange exchange) {
    return asks(exchange)
        .and(
            new LogField("method", exchange.request().method().name()),
            new LogField("route", exchange.route().path()),
            new LogField("target", Target.shortened(exchange.request().uri())),
            new LogField("status", exchange.count().status()),
            new LogField("bytes", exchange.bytes()),
            new LogField("duration_ms", Math.rint(exchange.pace().elapsedNanos() / 1e3) / 1e3),
            new LogField("aborted", exchange.count().isAborted() ? true : null),
            new LogField("version", exchange.head().version()));
  }

  public static String address(Exchange exchange) {
    String address = exchange.connection().remoteAddress().hostAddress();
    return address == null ? "?" : address;
  }

  /// Whose token the request came with, if it needed one.
  private static @Nullable String user(@Nullable Caller caller) {
    return caller == null ? null : caller.name();
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
