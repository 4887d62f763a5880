package io.surfacescan.service.send;

import io.surfacescan.service.exchange.Exchange;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;

/// What the head of an answer says of the bytes behind it.
final class Head {
  private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");

  private Head() {}

  static void gzip(Exchange exchange) {
    exchange.response().putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
  }

  static void length(Exchange exchange, long length) {
    exchange.response().putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
  }

  /// Says where a body of unknown length ends: chunks say so, or to old clients the end of the
  /// connection.
  static void delimit(Exchange exchange) {
    if (exchange.request().version() == HttpVersion.HTTP_1_0) {
      exchange.closeAfterwards();
    } else {
      exchange.response().setChunked(true);
    }
  }
}
