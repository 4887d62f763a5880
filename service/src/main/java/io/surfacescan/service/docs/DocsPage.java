package io.surfacescan.service.docs;

import io.surfacescan.service.exchange.EntityTag;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.exchange.Route;
import io.surfacescan.text.Sha256;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `GET /docs`: the interface to try out, a page of Swagger UI. All that it loads comes from here,
/// and no script stands within the page.
public final class DocsPage {
  private static final String OURS = "/META-INF/docs/";
  private static final String LIBRARY = "/META-INF/resources/webjars/swagger-ui/";
  private static final String LIBRARY_VERSION =
      "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
  private static final String BASE = Route.DOCS.path() + "/";
  private static final String PAGE = "index.html";
  private static final String SCRIPT = "text/javascript;charset=UTF-8";

  /// Every file that there is, with its media type.
  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          PAGE,
          "text/html;charset=UTF-8",
          "start.js",
          SCRIPT,
          "swagger-ui.css",
          "text/css;charset=UTF-8",
          "swagger-ui-bundle.js",
          SCRIPT,
          "swagger-ui-standalone-preset.js",
          SCRIPT,
          "favicon-32x32.png",
          "image/png");

  private static final CharSequence POLICY =
      HttpHeaders.createOptimized(
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

  /// A `Range` of bytes: where it starts, and perhaps where it ends.
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,100})-(\\d{0,100})");

  private final Map<String, File> read = new ConcurrentHashMap<>();
  private final String basePath;

  /// @param basePath what all paths start with
  public DocsPage(String basePath) {
    this.basePath = basePath;
  }

  private record File(byte[] content, String tag) {
    static File of(byte[] content) {
      return new File(content, '"' + Sha256.hex(content).substring(0, 32) + '"');
    }
  }

  /// Answers with the page or a file of it.
  ///
  /// @param path of the page or of a file below it
  public void answer(Exchange exchange, String path) throws Refusal {
    putHeaders(exchange);
    if (!path.startsWith(BASE)) {
      exchange.response().setStatusCode(302).putHeader("Location", basePath + BASE);
      exchange.response().putHeader(HttpHeaders.CONTENT_LENGTH, "0");
      exchange.end();
      return;
    }
    String name = path.equals(BASE) ? PAGE : path.substring(BASE.length());
    String mediaType = MEDIA_TYPES.get(name);
    if (mediaType == null) {
      throw new Refusal(
          Refusal.Kind.UNKNOWN_ROUTE, "There is nothing at " + Query.shown(path) + ".");
    }
    var file = read.computeIfAbsent(name, DocsPage::read);
    checkRange(exchange, file);
    exchange.response().putHeader(HttpHeaders.ETAG, file.tag());
    exchange.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (EntityTag.isIn(exchange.header(HttpHeaders.IF_NONE_MATCH), file.tag())) {
      exchange.response().setStatusCode(304);
      exchange.end();
    } else {
      exchange.answer(200, mediaType, file.content());
    }
  }

  private static void putHeaders(Exchange exchange) {
    exchange
        .response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader(
            "Permissions-Policy",
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");
  }

  /// Files come whole, which RFC 9110 allows, but nothing comes for a range that is outside.
  private static void checkRange(Exchange exchange, File file) throws Refusal {
    var header = exchange.header("Range");
    var range = RANGE.matcher(header == null ? "" : header.strip());
    if (!range.matches()) {
      return;
    }
    var start = new BigInteger(range.group(1));
    var end = range.group(2).isEmpty() ? start : new BigInteger(range.group(2));
    var length = BigInteger.valueOf(file.content().length);
    if (start.compareTo(length) >= 0 || end.compareTo(start) < 0) {
      throw new Refusal(
              Refusal.Kind.UNSATISFIABLE_RANGE,
              "The Range asked for is not within the content; ask without Range.")
          .with("Content-Range", "bytes */" + length);
    }
  }

  private static File read(String name) {
    try (var ours = DocsPage.class.getResourceAsStream(OURS + name)) {
      return File.of(ours != null ? ours.readAllBytes() : ofLibrary(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] ofLibrary(String name) throws IOException {
    var version = new Properties();
    try (var properties = resource(LIBRARY_VERSION)) {
      version.load(properties);
    }
    try (var file = resource(LIBRARY + version.getProperty("version") + "/" + name)) {
      return file.readAllBytes();
    }
  }

  private static InputStream resource(String name) {
    @Nullable InputStream resource = DocsPage.class.getResourceAsStream(name);
    return Objects.requireNonNull(resource, name);
  }
}
