package io.surfacescan.importers.json;

import io.surfacescan.model.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Ends a reading whose outcome is of no use: the caller gave it up, or a file that is read was
/// changed, replaced or removed, so that the input would be refused at the end anyway.
///
/// Streams ask at each block, and the files are looked at now and then. A read that waits for bytes
/// does not end by it.
public final class Abandonment {
  private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();

  /// A look at many files, far away, may take long: at most one part in so many of the time.
  private static final int LOOKING_PART = 10;

  /// Ends the reading of a stream; why is in [#reason].
  static final class Abandoned extends IOException {
    private static final long serialVersionUID = 1;

    Abandoned() {
      super("the reading was given up");
    }
  }

  private final BooleanSupplier cancelled;
  private final Supplier<ProblemLog> changes;
  private final Lock looking = new ReentrantLock();
  private volatile long nextLookNanos = System.nanoTime() + LOOK_NANOS;
  private volatile @Nullable ProblemLog reason;

  /// @param cancelled whether the caller gave the reading up; asked for each block of bytes
  /// @param changes what changed since the reading began; asked by one thread at a time
  public Abandonment(BooleanSupplier cancelled, Supplier<ProblemLog> changes) {
    this.cancelled = cancelled;
    this.changes = changes;
  }

  /// One that never comes.
  public static Abandonment never() {
    return new Abandonment(() -> false, ProblemLog::new);
  }

  /// Why the reading was given up, if it was.
  public Optional<ProblemLog> reason() {
    return Optional.ofNullable(reason);
  }

  /// The same bytes, until the reading is given up.
  InputStream endingOf(InputStream in) {
    return new Ending(in);
  }

  private void check() throws Abandoned {
    if (reason == null) {
      look();
    }
    if (reason != null) {
      throw new Abandoned();
    }
  }

  private void look() {
    if (cancelled.getAsBoolean()) {
      var log = new ProblemLog();
      log.add(
          ProblemKind.UNREADABLE,
          SourceOffset.whole(0),
          "the reading was given up",
          "read it again");
      reason = log;
      return;
    }
    if (isTimeToLook() && looking.tryLock()) {
      try {
        lookForChanges();
      } finally {
        looking.unlock();
      }
    }
  }

  private boolean isTimeToLook() {
    return System.nanoTime() - nextLookNanos >= 0;
  }

  private void lookForChanges() {
    long begun = System.nanoTime();
    if (!isTimeToLook() || reason != null) {
      return;
    }
    var changed = changes.get();
    if (changed.hasErrors()) {
      reason = changed;
    }
    long ended = System.nanoTime();
    nextLookNanos = ended + Math.max(LOOK_NANOS, (ended - begun) * (LOOKING_PART - 1));
  }

  private final class Ending extends InputByBlocks {
    private final InputStream in;

    Ending(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      check();
      return in.read(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
