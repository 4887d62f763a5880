package io.surfacescan.service.exchange;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What a request with a body must look like, so that no web page of someone else can make a
/// browser send it: a type that forms cannot send, and no foreign origin.
public final class JsonRequest {
  /// So much of a body that is refused is read on, because closing on a client that still sends
  /// takes the answer from it.
  public static final int READ_ON_BYTES_MOST = 1024 * 1024;

  /// The most bytes of a body that should say nothing.
  public static final int EMPTY_BYTES_MOST = 64 * 1024;

  private JsonRequest() {}

  public static void check(Exchange exchange) throws Refusal {
    if (!exchange.isOfAllowedOrigin()) {
      checkOrigin(exchange.header(HttpHeaders.ORIGIN), exchange.header(HttpHeaders.HOST));
    }
    String type = exchange.header(HttpHeaders.CONTENT_TYPE);
    if (type == null || !mediaType(type).equals("application/json")) {
      throw new Refusal(
          Refusal.Kind.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: application/json.");
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
          "A web page from " + Query.shown(origin) + " may not ask this here.");
    }
  }

  private static String mediaType(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  /// Refuses a body that is announced to be too large before any of it is read, and asks for one
  /// whose client waits to be asked.
  public static void checkLength(Exchange exchange, int bytesMost) throws Refusal {
    var request = exchange.request();
    boolean waits =
        request.version() == HttpVersion.HTTP_1_1
            && request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true);
    String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > bytesMost) {
      if (waits) {
        // Whether the body comes all the same cannot be known, so that no request could follow it.
        exchange.closeAfterwards();
      } else {
        var readOn = new AtomicInteger();
        request.handler(piece -> readOn(exchange, piece, readOn));
      }
      throw tooLarge(bytesMost);
    }
    if (waits) {
      exchange.response().writeContinue();
    }
  }

  static Refusal tooLarge(int bytesMost) {
    return new Refusal(
        Refusal.Kind.BODY_TOO_LARGE, "The body may have " + bytesMost + " bytes at most.");
  }

  static void readOn(Exchange exchange, Buffer piece, AtomicInteger bytes) {
    if (bytes.addAndGet(piece.length()) > READ_ON_BYTES_MOST) {
      exchange.cut();
    }
  }
}
