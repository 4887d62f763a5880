package io.surfacescan.service.send;

import io.netty.buffer.Unpooled;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.served.Generation;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// A document on its way to its reader, written by a thread of its own that waits whenever the
/// reader does: two pieces of it wait here at most.
///
/// A document that fits into one piece is sent whole. So many longer ones may be under way; beyond
/// that, requests for them are refused, because each holds what its answer is made from.
public final class DocumentFlow extends OutputStream {
  /// The most bytes of an answer that is worth keeping.
  public static final int SMALL_BYTES_MOST = 64 * 1024;

  private static final int PIECE_BYTES = SMALL_BYTES_MOST;
  private static final int PIECES_WAITING = 2;
  private static final int LONG_ONES_MOST = 100;

  private static final Semaphore LONG_ONES = new Semaphore(LONG_ONES_MOST);
  private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");

  /// Ends the writing of what nobody takes.
  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1;

    Enough() {
      super("nobody reads on");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  /// Hears of an answer that turned out small.
  @FunctionalInterface
  public interface WhenSmall {
    /// Takes the answer.
    ///
    /// @param bytes all of the document, not compressed
    void take(byte[] bytes);
  }

  private final Exchange exchange;
  private final Generation generation;
  private final WhenSmall whenSmall;
  private final Semaphore room = new Semaphore(PIECES_WAITING);
  private byte[] piece = new byte[8 * 1024];
  private int used;
  private boolean streaming;
  private volatile boolean gone;

  private DocumentFlow(Exchange exchange, Generation generation, WhenSmall whenSmall) {
    this.exchange = exchange;
    this.generation = generation;
    this.whenSmall = whenSmall;
  }

  /// Sends a document. The head is otherwise ready. Runs on the event loop of the exchange.
  public static void send(
      Exchange exchange,
      Generation generation,
      Document document,
      Format format,
      boolean gzip,
      WhenSmall whenSmall) {
    if (gzip) {
      exchange.response().putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
    }
    var flow = new DocumentFlow(exchange, generation, whenSmall);
    exchange.whenOver(flow::abandon);
    Thread.ofVirtual().name("surfacescan-write").start(() -> flow.run(document, format, gzip));
  }

  private void run(Document document, Format format, boolean gzip) {
    try {
      if (gzip) {
        var compressed = new FastGzip(this);
        var plain = new Beginning(compressed);
        document.write(plain, format);
        compressed.finish();
        plain.ifWhole(whenSmall);
      } else {
        document.write(this, format);
        if (!streaming) {
          whenSmall.take(Arrays.copyOf(piece, used));
        }
      }
      end();
    } catch (Enough e) {
      // A HEAD request, a refused one or one whose client has gone: it is being ended.
    } catch (IOException | RuntimeException | Error bug) {
      onLoop(() -> exchange.fail(bug));
    } finally {
      if (streaming) {
        LONG_ONES.release();
      }
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int written = 0;
    while (written < length) {
      if (used == PIECE_BYTES) {
        pass();
      }
      int taken = Math.min(length - written, PIECE_BYTES - used);
      if (used + taken > piece.length) {
        piece = Arrays.copyOf(piece, Math.min(PIECE_BYTES, 2 * (used + taken)));
      }
      System.arraycopy(bytes, from + written, piece, used, taken);
      used += taken;
      written += taken;
    }
  }

  /// Hands a full piece over, once there is room for it.
  private void pass() throws Enough {
    if (!streaming) {
      startStreaming();
    }
    var full = Unpooled.copiedBuffer(piece, 0, used);
    used = 0;
    waitForRoom();
    onLoop(() -> {
      if (!exchange.isOver()) {
        var _ = exchange.write(full).onComplete(_ -> room.release());
      }
    });
  }

  private void startStreaming() throws Enough {
    if (exchange.isHead()) {
      onLoop(exchange::end);
      throw new Enough();
    }
    if (!LONG_ONES.tryAcquire()) {
      onLoop(() -> exchange.refuse(tooMany()));
      throw new Enough();
    }
    streaming = true;
    onLoop(() -> {
      if (exchange.isOver()) {
        return;
      }
      if (!generation.enter(exchange)) {
        exchange.cut();
      } else if (exchange.request().version() == HttpVersion.HTTP_1_0) {
        exchange.closeAfterwards();
      } else {
        exchange.response().setChunked(true);
      }
    });
  }

  private static Refusal tooMany() {
    return new Refusal(
            Refusal.Kind.BUSY,
            "The limit of concurrent long answers is reached; ask again in a moment, or for a page"
                + " with limit.")
        .with("Retry-After", "5");
  }

  private void waitForRoom() throws Enough {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Enough();
    }
    if (gone) {
      throw new Enough();
    }
  }

  private void end() throws Enough {
    var last = Unpooled.wrappedBuffer(piece, 0, used);
    if (streaming) {
      waitForRoom();
      onLoop(() -> {
        if (!exchange.isOver()) {
          exchange.end(last, () -> generation.leave(exchange));
        }
      });
      return;
    }
    onLoop(() -> {
      if (exchange.isOver()) {
        return;
      }
      exchange
          .response()
          .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(last.readableBytes()));
      if (exchange.isHead()) {
        exchange.end();
      } else {
        exchange.end(last, () -> {});
      }
    });
  }

  private void onLoop(Runnable action) {
    exchange.eventLoop().runOnContext(_ -> action.run());
  }

  /// The answer is ended or its client has gone; the writer must not wait for ever.
  private void abandon() {
    gone = true;
    generation.leave(exchange);
    room.release(PIECES_WAITING);
  }

  /// Passes bytes on and keeps the first of them, as many as a small answer has.
  private static final class Beginning extends OutputStream {
    private final OutputStream out;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean whole = true;

    Beginning(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      whole = whole && kept.size() + length <= SMALL_BYTES_MOST;
      if (whole) {
        kept.write(bytes, from, length);
      }
    }

    void ifWhole(WhenSmall whenSmall) {
      if (whole) {
        whenSmall.take(kept.toByteArray());
      }
    }
  }

  /// As little work a byte as gzip knows.
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, PIECE_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
