package io.surfacescan.service;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What a request that changes something must look like, so that no web page of someone else can
/// make a browser send it: a type that forms cannot send, and no foreign origin.
final class ReloadRequest {
  private static final int BODY_BYTES_MOST = 64 * 1024;

  /// So much of a body that is refused is read on, because closing on a client that still sends
  /// takes the answer from it.
  private static final int READ_ON_BYTES_MOST = 1024 * 1024;

  private ReloadRequest() {}

  static void check(Exchange exchange) throws Refusal {
    checkOrigin(exchange.header(HttpHeaders.ORIGIN), exchange.header(HttpHeaders.HOST));
    String type = exchange.header(HttpHeaders.CONTENT_TYPE);
    if (type == null || !mediaType(type).equals("application/json")) {
      throw new Refusal(
          Refusal.Kind.UNSUPPORTED_MEDIA_TYPE,
          "Send Content-Type: application/json; the body may be empty.");
    }
  }

  private static void checkOrigin(@Nullable String origin, @Nullable String host) throws Refusal {
    if (origin == null) {
      return;
    }
    int scheme = origin.indexOf("://");
    if (host == null || scheme < 0 || !origin.substring(scheme + 3).equalsIgnoreCase(host)) {
      throw new Refusal(
          Refusal.Kind.FOREIGN_ORIGIN,
          "A web page from " + Query.shown(origin) + " may not change what is served here.");
    }
  }

  private static String mediaType(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  /// Reads the body, which must be empty or an empty object, and goes on.
  static void awaitBody(Exchange exchange, Runnable then) {
    var body = Buffer.buffer();
    var readOn = new AtomicInteger();
    var request = exchange.request();
    request.handler(piece -> {
      if (exchange.isOver()) {
        if (readOn.addAndGet(piece.length()) > READ_ON_BYTES_MOST) {
          exchange.cut();
        }
        return;
      }
      body.appendBuffer(piece);
      if (body.length() > BODY_BYTES_MOST) {
        exchange.refuse(
            new Refusal(
                Refusal.Kind.BODY_TOO_LARGE,
                "The body may have " + BODY_BYTES_MOST + " bytes at most."));
      }
    });
    request.endHandler(end -> {
      if (exchange.isOver()) {
        return;
      }
      String text = body.toString().strip();
      if (text.isEmpty() || text.matches("\\{\\s*}")) {
        then.run();
      } else {
        exchange.refuse(
            new Refusal(
                Refusal.Kind.UNEXPECTED_BODY,
                "A reload takes no members; send an empty body or {}."));
      }
    });
  }
}
