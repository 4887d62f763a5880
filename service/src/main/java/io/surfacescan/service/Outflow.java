package io.surfacescan.service;

import io.surfacescan.report.Body;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// A body on its way to its reader: never more of it waits here than a few writes, however slowly
/// the reader takes it.
///
/// A body that fits into one write goes at once and keeps nothing of the generation. A longer one
/// may be slices of the generation's memory, so its reader is known to the generation until the
/// last byte is with the kernel.
final class Outflow {
  /// Slices cost nothing while they wait, bytes made for the answer do.
  private static final int WAITING_SLICES_BYTES = 256 * 1024;

  private static final int WAITING_BYTES = 64 * 1024;

  /// After so much for one reader without a pause, others get their turn.
  private static final int TURN_BYTES = 1024 * 1024;

  private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");

  private final Exchange exchange;
  private final HttpServerResponse response;
  private final Generation generation;
  private final Writes writes;

  /// The piece after the one written last; null once the last was written.
  private @Nullable Buffer ahead;

  private boolean pumping;

  private Outflow(Exchange exchange, Generation generation, Writes writes, Buffer ahead) {
    this.exchange = exchange;
    this.response = exchange.response();
    this.generation = generation;
    this.writes = writes;
    this.ahead = ahead;
  }

  /// Sends a body, or the head that it would have to a HEAD request. The head is otherwise ready.
  static void send(Exchange exchange, Generation generation, Body body, boolean gzip) {
    var response = exchange.response();
    boolean lengthKnown = !gzip && body.length().isPresent();
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
    }
    if (lengthKnown) {
      contentLength(response, body.length().getAsLong());
      if (exchange.isHead()) {
        exchange.end();
        return;
      }
    }
    var writes = gzip ? Writes.compressed(body) : Writes.of(body);
    var first = writes.next();
    var second = first == null ? null : writes.next();
    if (first == null || second == null) {
      writes.close();
      sendWhole(exchange, first == null ? Buffer.buffer() : first);
    } else if (exchange.isHead()) {
      writes.close();
      exchange.end();
    } else {
      if (!lengthKnown) {
        delimit(exchange);
      }
      stream(exchange, generation, writes, first, second, lengthKnown);
    }
  }

  private static void contentLength(HttpServerResponse response, long length) {
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
  }

  private static void sendWhole(Exchange exchange, Buffer body) {
    contentLength(exchange.response(), body.length());
    if (exchange.isHead()) {
      exchange.end();
    } else {
      exchange.end(body);
    }
  }

  /// Says where a body of unknown length ends: chunks say so, or to old clients the end of the
  /// connection.
  private static void delimit(Exchange exchange) {
    if (exchange.request().version() == HttpVersion.HTTP_1_0) {
      exchange.closeAfterwards();
    } else {
      exchange.response().setChunked(true);
    }
  }

  private static void stream(
      Exchange exchange,
      Generation generation,
      Writes writes,
      Buffer first,
      Buffer second,
      boolean slices) {
    var outflow = new Outflow(exchange, generation, writes, first);
    if (!generation.enter(exchange)) {
      writes.close();
      exchange.cut();
      return;
    }
    exchange.whenOver(outflow::abandon);
    exchange.response().setWriteQueueMaxSize(slices ? WAITING_SLICES_BYTES : WAITING_BYTES);
    exchange.response().drainHandler(drained -> outflow.pump());
    outflow.write(second);
    outflow.pump();
  }

  /// Writes until the reader has enough for now; called again when it has taken some of it.
  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    int written = 0;
    while (ahead != null && !exchange.isOver() && !response.writeQueueFull()) {
      if (written >= TURN_BYTES) {
        exchange.eventLoop().runOnContext(turn -> pump());
        break;
      }
      written += ahead.length();
      write(writes.next());
    }
    pumping = false;
  }

  /// Writes the piece ahead, as the last one if there is no other.
  private void write(@Nullable Buffer following) {
    var piece = ahead;
    ahead = following;
    if (piece == null) {
      return;
    }
    if (following == null) {
      writes.close();
      exchange.endThen(piece, () -> generation.leave(exchange));
    } else {
      response.write(piece).onSuccess(taken -> exchange.progress());
    }
  }

  /// The connection went away, or the last piece was written.
  private void abandon() {
    if (ahead != null) {
      ahead = null;
      writes.close();
      generation.leave(exchange);
    }
  }
}
