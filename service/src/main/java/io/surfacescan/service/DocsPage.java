package io.surfacescan.service;

import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What browsers are told about `/docs`, the only page: everything comes from here, and of scripts
/// within the page only those run that Quarkus wrote into it, known by their hashes.
final class DocsPage {
  private static final String PAGE =
      "META-INF/io.smallrye_smallrye-open-api-ui__jar/META-INF/resources/openapi-ui/index.html";

  /// A script within the page; the others have a `src`.
  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script(?![^>]*\\bsrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);

  static final CharSequence POLICY = HttpHeaders.createOptimized(policy(page()));

  private static final CharSequence FRAME_OPTIONS = HttpHeaders.createOptimized("X-Frame-Options");
  private static final CharSequence DENY = HttpHeaders.createOptimized("DENY");
  private static final CharSequence REFERRER_POLICY =
      HttpHeaders.createOptimized("Referrer-Policy");
  private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
  private static final CharSequence OPENER_POLICY =
      HttpHeaders.createOptimized("Cross-Origin-Opener-Policy");
  private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");
  private static final CharSequence PERMISSIONS_POLICY =
      HttpHeaders.createOptimized("Permissions-Policy");
  private static final CharSequence NO_DEVICES =
      HttpHeaders.createOptimized(
          "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");

  private DocsPage() {}

  static void putHeaders(Exchange exchange) {
    exchange.putAlways(FRAME_OPTIONS, DENY);
    exchange.putAlways(REFERRER_POLICY, NO_REFERRER);
    exchange.putAlways(OPENER_POLICY, SAME_ORIGIN);
    exchange.putAlways(PERMISSIONS_POLICY, NO_DEVICES);
  }

  /// The `Content-Security-Policy` of a page and what it loads.
  static String policy(String page) {
    var hashes = new TreeSet<String>();
    INLINE_SCRIPT.matcher(page).results().forEach(script -> hashes.add(hash(script.group(1))));
    String scripts = hashes.stream().map(hash -> " " + hash).collect(Collectors.joining());
    return "default-src 'none'; script-src 'self'"
        + scripts
        + "; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
        + " form-action 'none'; frame-ancestors 'none'";
  }

  private static String hash(String script) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// The page as Quarkus wrote it when the program was built; empty where it did not.
  private static String page() {
    try (var page = Thread.currentThread().getContextClassLoader().getResourceAsStream(PAGE)) {
      return page == null ? "" : new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
