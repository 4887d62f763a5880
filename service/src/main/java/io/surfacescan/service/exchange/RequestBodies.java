package io.surfacescan.service.exchange;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The bodies of all requests under way. They come in before their questions wait for a place to be
/// worked on, which would bound them; so their bytes are bounded here, all together.
public final class RequestBodies {
  private static final long BYTES_MOST = 64L << 20;

  private final AtomicLong held = new AtomicLong();

  /// The bytes that are held now.
  public long heldBytes() {
    return held.get();
  }

  /// What is done with a body.
  @FunctionalInterface
  public interface Then {
    void accept(byte[] body) throws Refusal;
  }

  /// Reads the body and goes on. Runs on the event loop of the exchange.
  public void await(Exchange exchange, int bytesMost, Then then) {
    var body = Buffer.buffer();
    var readOn = new AtomicInteger();
    var request = exchange.request();
    exchange.whenOver(() -> held.addAndGet(-body.length()));
    request.handler(piece -> {
      if (exchange.isOver()) {
        JsonRequest.readOn(exchange, piece, readOn);
        return;
      }
      if (held.addAndGet(piece.length()) > BYTES_MOST) {
        held.addAndGet(-piece.length());
        exchange.refuse(
            new Refusal(
                    Refusal.Kind.BUSY,
                    "The limit of memory for request bodies is reached; ask again in a moment.")
                .with("Retry-After", "5"));
        return;
      }
      body.appendBuffer(piece);
      if (body.length() > bytesMost) {
        exchange.refuse(JsonRequest.tooLarge(bytesMost));
      }
    });
    request.endHandler(end -> {
      if (exchange.isOver()) {
        return;
      }
      try {
        then.accept(body.getBytes());
      } catch (Refusal refusal) {
        exchange.refuse(refusal);
      } catch (RuntimeException bug) {
        exchange.fail(bug);
      }
    });
  }
}
