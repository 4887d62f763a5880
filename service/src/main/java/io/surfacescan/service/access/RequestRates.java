package io.surfacescan.service.access;

import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.exchange.Route;
import io.surfacescan.settings.Settings;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLPeerUnverifiedException;

/// How many requests each client sends, if that is limited: so many in a second, and as many at
/// once. A client is who its token or certificate says, else the address it comes from.
public final class RequestRates {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final OptionalInt perSecond;
  private final RateLimit limit;
  private final boolean hasCertificates;

  public RequestRates(Settings settings, LongSupplier nanoClock) {
    perSecond = settings.answerLimits().requestsPerSecond();
    int most = perSecond.orElse(1);
    limit = new RateLimit(most, SECOND_NANOS / most, nanoClock);
    hasCertificates = settings.security().needsCertificates();
  }

  /// Counts a request to its client.
  ///
  /// @throws Refusal if it is one too many; who asks for the health of the service never is
  public void note(Exchange exchange) throws Refusal {
    if (perSecond.isEmpty() || isProbe(exchange.route())) {
      return;
    }
    int seconds = limit.note(client(exchange));
    if (seconds > 0) {
      throw new Refusal(
              Refusal.Kind.TOO_MANY_REQUESTS,
              "A client may send " + perSecond.getAsInt() + " requests in a second here.")
          .with("Retry-After", Integer.toString(seconds));
    }
  }

  private static boolean isProbe(Route route) {
    return route == Route.HEALTH || route == Route.LIVE || route == Route.READY;
  }

  /// The first word keeps a token from having the name of an address.
  private String client(Exchange exchange) {
    var caller = exchange.caller();
    if (caller != null) {
      return "token " + caller.name();
    }
    var connection = exchange.connection();
    if (hasCertificates) {
      try {
        return "certificate " + connection.sslSession().getPeerPrincipal().getName();
      } catch (SSLPeerUnverifiedException e) {
        throw new IllegalStateException("a connection without a certificate", e);
      }
    }
    return "address " + RateLimit.network(connection.remoteAddress().hostAddress());
  }
}
