package io.surfacescan.service.port;

import io.surfacescan.service.exchange.Disconnection;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.settings.Limits;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One connection and what goes on in it: requests one after the other, with waits between them.
/// Used on its event loop only.
final class Connection {
  private final HttpConnection connection;
  private final StrictRequestDecoder decoder;
  private final long opened = System.nanoTime();
  private @Nullable Exchange latest;
  private boolean entering;

  Connection(HttpConnection connection, StrictRequestDecoder decoder) {
    this.connection = connection;
    this.decoder = decoder;
  }

  /// A request that was read waits no more for the answers to those before it.
  void taken() {
    decoder.taken();
  }

  /// Whether a request is being let in further up on the stack.
  boolean isEntering() {
    return entering;
  }

  void whileEntering(Runnable work) {
    entering = true;
    try {
      work.run();
    } finally {
      entering = false;
    }
  }

  void begin(Exchange exchange) {
    latest = exchange;
  }

  boolean isBusy() {
    return latest != null && !latest.isOver();
  }

  /// Whether the latest answer is the last on this connection.
  boolean isEnding() {
    return latest != null && latest.isLast();
  }

  /// Whether no request is under way and none was for so long.
  boolean isQuiet(Duration time, long now) {
    return !isBusy() && now - quietSince() > time.toNanos();
  }

  private long quietSince() {
    return latest == null ? opened : latest.pace().progressedNanos();
  }

  /// Makes the answer under way the last, if its head can still say so.
  void end() {
    if (latest != null && isBusy()) {
      latest.closeAfterwards();
    }
  }

  /// Answers the request under way that the process stops, unless its answer has begun.
  void dismiss() {
    if (latest != null && isBusy()) {
      latest.dismiss();
    }
  }

  /// Refuses the request under way, whose body makes no sense, unless its answer has begun. Vert.x
  /// closes the connection then, and does not wait for what is written: neither for the refusal nor
  /// for an answer that did not need the body.
  void refuse(Refusal refusal) {
    if (latest != null && isBusy()) {
      latest.closeAfterwards();
      latest.refuse(refusal);
    }
    ((HttpServerConnection) connection).channelHandlerContext().flush();
  }

  /// Closes the connection if its client kept the service waiting for longer than it may.
  void enforce(Limits limits, long now) {
    if (latest != null && isBusy()) {
      latest.enforce(limits, now);
    } else if (isQuiet(limits.idle(), now)) {
      Disconnection.of(connection);
    }
  }

  /// Closes the connection once everything written to it is with the kernel.
  void close() {
    connection.close();
  }
}
