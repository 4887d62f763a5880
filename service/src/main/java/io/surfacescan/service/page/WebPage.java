package io.surfacescan.service.page;

import io.surfacescan.service.exchange.Accepted;
import io.surfacescan.service.exchange.EntityTag;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.exchange.Route;
import io.vertx.core.http.HttpHeaders;

/// Answers with the page, which is the same document at each address of a screen, and with its
/// files. They hold nothing of the environment: what the page shows it asks like any other client.
public final class WebPage {
  private static final String FOLDER = Route.PAGE.path() + "page/";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private WebPage() {}

  /// Read when the page is first asked for.
  private static final class Files {
    static final PageFiles ALL = PageFiles.read();
  }

  /// Answers with a screen or a file of the page.
  ///
  /// @param path of the screen or the file
  public static void answer(Exchange exchange, String path) throws Refusal {
    var response = exchange.response();
    if (path.startsWith(FOLDER)) {
      var file =
          Files.ALL
              .find(path)
              .orElseThrow(() ->
                  new Refusal(
                      Refusal.Kind.UNKNOWN_ROUTE,
                      "There is nothing at " + Query.shown(path) + "."));
      exchange.head().vary("Accept-Encoding");
      response.putHeader(HttpHeaders.CACHE_CONTROL, FOR_EVER);
      send(exchange, file);
      return;
    }
    exchange.head().vary("Accept, Accept-Encoding");
    response
        .putHeader("Content-Security-Policy", Files.ALL.policy())
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader(
            "Permissions-Policy",
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    send(exchange, Files.ALL.document());
  }

  private static void send(Exchange exchange, PageFile file) {
    var response = exchange.response();
    boolean gzip = Accepted.gzip(exchange.header(HttpHeaders.ACCEPT_ENCODING));
    String tag = '"' + file.tag() + (gzip ? "-gzip\"" : "\"");
    response.putHeader(HttpHeaders.ETAG, tag);
    if (EntityTag.isIn(exchange.header(HttpHeaders.IF_NONE_MATCH), tag)) {
      response.setStatusCode(304);
      exchange.end();
      return;
    }
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    exchange.answer(200, file.mediaType(), gzip ? file.gzipped() : file.content());
  }
}
