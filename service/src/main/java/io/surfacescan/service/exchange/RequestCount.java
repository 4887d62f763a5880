package io.surfacescan.service.exchange;

import io.surfacescan.statistics.counting.Statistics;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jboss.logging.Logger;

/// Counts and times one request, exactly once.
final class RequestCount {
  private static final Logger LOG = Logger.getLogger(RequestCount.class);

  /// What an aborted request is counted as if no status was sent: nginx's "client closed request".
  private static final int CLIENT_CLOSED_REQUEST = 499;

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Statistics statistics;
  private final Pace pace;
  private boolean recorded;
  private boolean aborted;

  RequestCount(HttpServerRequest request, Statistics statistics, Pace pace) {
    this.request = request;
    this.response = request.response();
    this.statistics = statistics;
    this.pace = pace;
  }

  /// It is counted elsewhere.
  void leaveOut() {
    recorded = true;
  }

  /// Counts the request now. Called before its last byte is handed to the socket, so that a client
  /// that has read the answer finds it counted.
  void answered(Route route) {
    record(route, response.getStatusCode(), false);
  }

  /// Counts the request as aborted, unless it was answered.
  void over(Route route) {
    record(route, response.headWritten() ? response.getStatusCode() : CLIENT_CLOSED_REQUEST, true);
  }

  private void record(Route route, int status, boolean isAborted) {
    if (recorded) {
      return;
    }
    recorded = true;
    aborted = isAborted;
    long nanos = pace.elapsedNanos();
    statistics.record(route, status, nanos, isAborted);
    LOG.debugf(
        "%s %s: %d in %d us",
        request.method(), Target.shortened(request.uri()), status, nanos / 1000);
  }

  /// The status that was sent, or that nginx logs if none was.
  int status() {
    return aborted && !response.headWritten() ? CLIENT_CLOSED_REQUEST : response.getStatusCode();
  }

  /// Whether the client did not get the whole answer.
  boolean isAborted() {
    return aborted;
  }
}
