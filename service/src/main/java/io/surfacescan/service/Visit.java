package io.surfacescan.service;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import org.jspecify.annotations.Nullable;

/// One connection and what goes on in it: requests one after the other, with waits between them.
/// Used on its event loop only.
final class Visit {
  private final HttpConnection connection;
  private final long opened = System.nanoTime();
  private @Nullable Exchange latest;

  Visit(HttpConnection connection) {
    this.connection = connection;
  }

  void begin(Exchange exchange) {
    latest = exchange;
  }

  boolean isBusy() {
    return latest != null && !latest.isOver();
  }

  /// Closes the connection if its client kept the service waiting for longer than it may.
  void enforce(Limits limits, long now) {
    if (latest != null && !latest.isOver()) {
      latest.enforce(limits, now);
    } else {
      long idleSince = latest == null ? opened : latest.progressedNanos();
      if (now - idleSince > limits.idle().toNanos()) {
        cut(connection);
      }
    }
  }

  /// Closes the connection once everything written to it is with the kernel.
  void close() {
    connection.close();
  }

  /// Closes a connection at once. Its own close, and its channel's, wait for what was written, and
  /// whoever takes nothing could keep them waiting for ever. May be called from any thread.
  static void cut(HttpConnection connection) {
    var _ = ((HttpServerConnection) connection).channelHandlerContext().close();
  }
}
