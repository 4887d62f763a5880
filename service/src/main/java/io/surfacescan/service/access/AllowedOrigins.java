package io.surfacescan.service.access;

import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.Route;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The web pages of other origins that may ask (CORS, the Fetch standard). There are none unless
/// they are named, and then they are told so one by one: never `*`, and never that the browser may
/// send cookies or certificates along.
public final class AllowedOrigins {
  private static final CharSequence ALLOW_ORIGIN =
      HttpHeaders.createOptimized("Access-Control-Allow-Origin");
  private static final CharSequence EXPOSE_HEADERS =
      HttpHeaders.createOptimized("Access-Control-Expose-Headers");
  private static final CharSequence EXPOSED =
      HttpHeaders.createOptimized(
          "ETag, Link, Retry-After, WWW-Authenticate, X-Environment-Version, X-Request-ID,"
              + " X-Total-Count");
  private static final CharSequence FETCH_SITE = HttpHeaders.createOptimized("Sec-Fetch-Site");
  private static final CharSequence FETCH_DESTINATION =
      HttpHeaders.createOptimized("Sec-Fetch-Dest");
  private static final String SENT =
      "Accept, Authorization, Content-Type, If-None-Match, X-Request-ID";
  private static final String REMEMBERED_SECONDS = "600";

  private final Set<String> origins;

  /// @param origins as browsers send them, in any case: `https://dashboard.example`
  public AllowedOrigins(Set<String> origins) {
    this.origins =
        origins.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /// Tells the browser whether the page that asks may read the answer.
  public void greet(Exchange exchange) {
    if (origins.isEmpty()) {
      return;
    }
    exchange.head().varyByOrigin();
    String origin = exchange.header(HttpHeaders.ORIGIN);
    if (origin != null && origins.contains(origin.toLowerCase(Locale.ROOT))) {
      exchange.allowOrigin();
      exchange.response().putHeader(ALLOW_ORIGIN, origin);
      exchange.response().putHeader(EXPOSE_HEADERS, EXPOSED);
    }
  }

  /// Whether a browser asks if an allowed page may ask something that is there.
  public static boolean isPreflight(Exchange exchange) {
    return exchange.isOfAllowedOrigin()
        && exchange.request().method().name().equals("OPTIONS")
        && exchange.route() != Route.UNMATCHED
        && exchange.header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
  }

  public static void answerPreflight(Exchange exchange) {
    var response = exchange.response();
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, exchange.route().allow());
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, SENT);
    response.putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, REMEMBERED_SECONDS);
    response.setStatusCode(204);
    exchange.end();
  }

  /// Whether a browser says that a page of another site has it ask, which is neither allowed nor a
  /// link that was followed. Such a page could not read the answer, but measure how long it takes.
  public static boolean isAskedByForeignPage(Exchange exchange) {
    return isFromForeignSite(exchange)
        && !exchange.request().headers().contains(FETCH_DESTINATION, "document", true);
  }

  /// Whether a browser says that a page of another site, which is not allowed, has it ask.
  public static boolean isFromForeignSite(Exchange exchange) {
    var headers = exchange.request().headers();
    return (headers.contains(FETCH_SITE, "cross-site", true)
            // Another port or another name beside this one: a site, but not this origin.
            || headers.contains(FETCH_SITE, "same-site", true))
        && !exchange.isOfAllowedOrigin();
  }
}
