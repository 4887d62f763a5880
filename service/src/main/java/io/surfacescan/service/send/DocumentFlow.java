package io.surfacescan.service.send;

import io.netty.buffer.Unpooled;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.served.Generation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A document on its way to its reader, written by a thread that waits whenever the reader does:
/// two pieces of it wait here at most.
///
/// A document that fits into one piece is sent whole. A bounded number of longer ones may be under
/// way; beyond that, requests for them are refused, because each holds what its answer is made
/// from.
public final class DocumentFlow extends OutputStream {
  /// The most bytes of an answer that is worth keeping.
  public static final int SMALL_BYTES_MOST = 64 * 1024;

  private static final int PIECE_BYTES = SMALL_BYTES_MOST;
  private static final int PIECES_WAITING = 2;

  /// How many longer answers may be under way in one program.
  public static final int LONG_ONES_MOST = 100;

  /// How long the writer waits for a reader, all waits together, before the reader is a slow one.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /// Ends the writing of what nobody takes.
  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1;

    Enough() {
      super("the client reads no further");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  /// What goes on around the writing of a document.
  public interface Course {
    /// Prepares the head of the answer. Runs on the event loop, before the first byte is sent, and
    /// never if none is.
    void begin();

    /// The answer turned out small.
    ///
    /// @param bytes all of the document, not compressed
    void small(byte[] bytes);

    /// From now on the writer waits for its reader more than it works.
    void readerIsSlow();
  }

  private final Semaphore longOnes;
  private final Exchange exchange;
  private final Generation generation;
  private final boolean gzip;
  private final WorkTime time;
  private final Course course;
  private final Semaphore room = new Semaphore(PIECES_WAITING);
  private byte[] piece = new byte[8 * 1024];
  private int used;
  private boolean streaming;
  private long patienceNanos = PATIENCE.toNanos();
  private volatile boolean gone;

  /// @param longOnes of [#LONG_ONES_MOST], one for each longer answer that is under way
  /// @param gzip whether the document is sent compressed
  public DocumentFlow(
      Semaphore longOnes,
      Exchange exchange,
      Generation generation,
      boolean gzip,
      WorkTime time,
      Course course) {
    this.longOnes = longOnes;
    this.exchange = exchange;
    this.generation = generation;
    this.gzip = gzip;
    this.time = time;
    this.course = course;
  }

  /// Writes a document, once, and returns when its last byte is handed on or never will be.
  ///
  /// @throws io.surfacescan.engine.DeadlinePassed if the time has passed before
  public void send(Document document, Format format) {
    onLoop(() -> exchange.whenOver(this::abandon));
    try {
      if (gzip) {
        writeCompressed(document, format);
      } else {
        document.write(this, format);
        if (!streaming) {
          course.small(Arrays.copyOf(piece, used));
        }
      }
      end();
    } catch (Enough e) {
      // A HEAD request, a refused one or one whose client has gone: it is being ended.
    } catch (IOException bug) {
      onLoop(() -> exchange.fail(bug));
    } finally {
      if (streaming) {
        longOnes.release();
      }
    }
  }

  private void writeCompressed(Document document, Format format) throws IOException {
    var compressed = new Gzip(this);
    try {
      var plain = new Beginning(compressed);
      document.write(plain, format);
      compressed.finish();
      plain.ifWhole(course);
    } finally {
      compressed.release();
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    time.check();
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
        var _ = exchange.body().write(full).onComplete(_ -> room.release());
      }
    });
  }

  private void startStreaming() throws Enough {
    if (exchange.isHead()) {
      onLoop(() -> {
        prepareHead();
        exchange.end();
      });
      throw new Enough();
    }
    if (!longOnes.tryAcquire()) {
      onLoop(() -> exchange.refuse(tooMany()));
      throw new Enough();
    }
    streaming = true;
    onLoop(() -> {
      if (exchange.isOver()) {
        return;
      }
      if (generation.enter(exchange)) {
        prepareHead();
        Head.delimit(exchange);
      } else {
        exchange.cut();
      }
    });
  }

  private void prepareHead() {
    course.begin();
    if (gzip) {
      Head.gzip(exchange);
    }
  }

  private static Refusal tooMany() {
    return new Refusal(
            Refusal.Kind.BUSY,
            "The limit of concurrent long answers is reached; ask again in a moment, or for a page"
                + " with limit.")
        .with("Retry-After", "5");
  }

  private void waitForRoom() throws Enough {
    long began = System.nanoTime();
    try {
      ForkJoinPool.managedBlock(new Room());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Enough();
    }
    long waited = System.nanoTime() - began;
    patienceNanos -= waited;
    time.extend(waited);
    if (gone) {
      throw new Enough();
    }
  }

  /// Room for a piece, which is there when one of those before it was taken. A pool whose thread
  /// waits for it starts another thread meanwhile.
  private final class Room implements ForkJoinPool.ManagedBlocker {
    private boolean found;

    @Override
    public boolean isReleasable() {
      found = found || room.tryAcquire();
      return found;
    }

    @Override
    public boolean block() throws InterruptedException {
      if (!found && !room.tryAcquire(patienceNanos, TimeUnit.NANOSECONDS)) {
        course.readerIsSlow();
        room.acquire();
      }
      found = true;
      return true;
    }
  }

  private void end() throws Enough {
    var last = Unpooled.wrappedBuffer(piece, 0, used);
    if (streaming) {
      waitForRoom();
      onLoop(() -> {
        if (!exchange.isOver()) {
          exchange.body().end(last, () -> generation.leave(exchange));
        }
      });
      return;
    }
    onLoop(() -> {
      if (exchange.isOver()) {
        return;
      }
      prepareHead();
      Head.length(exchange, last.readableBytes());
      if (exchange.isHead()) {
        exchange.end();
      } else {
        exchange.body().end(last, () -> {});
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
  private final class Beginning extends OutputStream {
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
      time.check();
      out.write(bytes, from, length);
      whole = whole && kept.size() + length <= SMALL_BYTES_MOST;
      if (whole) {
        kept.write(bytes, from, length);
      }
    }

    void ifWhole(Course course) {
      if (whole) {
        course.small(kept.toByteArray());
      }
    }
  }
}
