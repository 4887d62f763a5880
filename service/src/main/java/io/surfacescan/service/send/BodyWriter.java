package io.surfacescan.service.send;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.surfacescan.report.format.ByteBody;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.served.Generation;
import io.vertx.core.http.HttpServerResponse;

/// A body on its way to its reader: never more of it waits here than a few writes, however slowly
/// the reader takes it.
///
/// A body that fits into one write goes at once and keeps nothing of the generation. A longer one
/// may be slices of the generation's memory, so its reader is known to the generation until the
/// last byte is with the kernel.
public final class BodyWriter {
  /// A reader that keeps up takes far more from the kernel before it asks for the next.
  private static final int WAITING_BYTES = 64 * 1024;

  /// After so much for one reader without a pause, others get their turn.
  private static final int TURN_BYTES = 1024 * 1024;

  private final Exchange exchange;
  private final HttpServerResponse response;
  private final Generation generation;
  private final BodyBuffers writes;

  /// Whether the last piece was written, or never will be.
  private boolean done;

  private boolean pumping;

  private BodyWriter(Exchange exchange, Generation generation, BodyBuffers writes) {
    this.exchange = exchange;
    this.response = exchange.response();
    this.generation = generation;
    this.writes = writes;
  }

  /// Sends a body, or the head that it would have to a HEAD request. The head is otherwise ready.
  public static void send(Exchange exchange, Generation generation, ByteBody body, boolean gzip) {
    boolean lengthKnown = !gzip && body.length().isPresent();
    if (gzip) {
      Head.gzip(exchange);
    }
    if (lengthKnown) {
      Head.length(exchange, body.length().getAsLong());
      if (exchange.isHead()) {
        exchange.end();
        return;
      }
    }
    var writes =
        gzip
            ? BodyBuffers.compressed(body, exchange.body().memory())
            : BodyBuffers.of(body, exchange.body().memory());
    var first = writes.hasNext() ? writes.next() : Unpooled.EMPTY_BUFFER;
    if (!writes.hasNext()) {
      writes.close();
      sendWhole(exchange, first);
    } else if (exchange.isHead()) {
      first.release();
      writes.close();
      exchange.end();
    } else {
      if (!lengthKnown) {
        Head.delimit(exchange);
      }
      stream(exchange, generation, writes, first);
    }
  }

  private static void sendWhole(Exchange exchange, ByteBuf body) {
    Head.length(exchange, body.readableBytes());
    if (exchange.isHead()) {
      body.release();
      exchange.end();
    } else {
      exchange.body().end(body, () -> {});
    }
  }

  private static void stream(
      Exchange exchange, Generation generation, BodyBuffers writes, ByteBuf first) {
    var outflow = new BodyWriter(exchange, generation, writes);
    if (!generation.enter(exchange)) {
      first.release();
      writes.close();
      exchange.cut();
      return;
    }
    exchange.whenOver(outflow::abandon);
    exchange.response().setWriteQueueMaxSize(WAITING_BYTES);
    exchange.response().drainHandler(drained -> outflow.pump());
    exchange.body().write(first);
    outflow.pump();
  }

  /// Writes until the reader has enough for now; called again when it has taken some of it.
  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    int written = 0;
    while (!done && !exchange.isOver() && !response.writeQueueFull()) {
      if (written >= TURN_BYTES) {
        exchange.eventLoop().runOnContext(turn -> pump());
        break;
      }
      var piece = writes.next();
      written += piece.readableBytes();
      if (writes.hasNext()) {
        exchange.body().write(piece);
      } else {
        done = true;
        writes.close();
        exchange.body().end(piece, () -> generation.leave(exchange));
      }
    }
    pumping = false;
  }

  /// The connection went away, or the last piece was written.
  private void abandon() {
    if (!done) {
      done = true;
      writes.close();
      generation.leave(exchange);
    }
  }
}
