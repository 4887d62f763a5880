package io.surfacescan.service.exchange;

import io.surfacescan.settings.Limits;
import io.vertx.core.http.HttpServerRequest;

/// How fast a client sends its request and takes the answer, by the monotonic clock.
public final class Pace {
  private final HttpServerRequest request;
  private final long started = System.nanoTime();
  private long progressed = started;

  Pace(HttpServerRequest request) {
    this.request = request;
  }

  long elapsedNanos() {
    return System.nanoTime() - started;
  }

  /// The reader took something of the answer.
  void progress() {
    progressed = System.nanoTime();
  }

  /// When the reader last took something, or the exchange was over.
  public long progressedNanos() {
    return progressed;
  }

  /// Whether the client kept the service waiting for longer than it may.
  boolean exceeds(Limits limits, long now) {
    return now - started > limits.answer().toNanos()
        || (request.response().headWritten() && now - progressed > limits.stall().toNanos())
        || (!request.isEnded() && now - started > limits.body().toNanos());
  }
}
