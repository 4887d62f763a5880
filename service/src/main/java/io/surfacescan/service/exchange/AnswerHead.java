package io.surfacescan.service.exchange;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/// The headers that answers have in common, whatever is asked.
public final class AnswerHead {
  static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-ID");

  private static final CharSequence ENVIRONMENT_VERSION =
      HttpHeaders.createOptimized("X-Environment-Version");
  private static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence CONTENT_POLICY =
      HttpHeaders.createOptimized("Content-Security-Policy");
  private static final CharSequence NO_CONTENT =
      HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
  private static final CharSequence RESOURCE_POLICY =
      HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");
  private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");

  private final HttpServerResponse response;
  private @Nullable CharSequence environmentVersion;
  private boolean variesByOrigin;

  AnswerHead(HttpServerResponse response, String requestId) {
    this.response = response;
    response.putHeader(REQUEST_ID, requestId);
    response.putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF);
    response.putHeader(RESOURCE_POLICY, SAME_ORIGIN);
    response.putHeader(CONTENT_POLICY, NO_CONTENT);
  }

  /// Has the answer name the environment that it is made from.
  ///
  /// @param version of the environment
  public void madeFrom(CharSequence version) {
    environmentVersion = version;
    response.putHeader(ENVIRONMENT_VERSION, version);
  }

  /// The version of the environment that the answer is made from, if it is from one.
  @Nullable String version() {
    return environmentVersion == null ? null : environmentVersion.toString();
  }

  /// Says that the answer depends on these headers of the request.
  public void vary(CharSequence headers) {
    response.putHeader(HttpHeaders.VARY, variesByOrigin ? headers + ", Origin" : headers);
  }

  /// Says that the answer, whatever it is, depends on the page that asks.
  public void varyByOrigin() {
    variesByOrigin = true;
    response.putHeader(HttpHeaders.VARY, "Origin");
  }
}
