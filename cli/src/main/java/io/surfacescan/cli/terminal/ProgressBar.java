package io.surfacescan.cli.terminal;

import io.surfacescan.engine.Progress;
import io.surfacescan.importers.ReadProgress;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/// One refreshed line on a terminal for what takes more than a second.
public final class ProgressBar implements ReadProgress, Progress {
  private static final long FIRST_SHOWN_NANOS = 1_000_000_000L;
  private static final long REFRESH_NANOS = 100_000_000L;
  private static final String CLEAR = "\r\u001B[K";
  private static final int CELLS = 30;
  private static final long MEBIBYTE = 1 << 20;

  private final PrintStream terminal;
  private final String doing;
  private final LongSupplier nanoClock;
  private long next;
  private boolean shown;

  /// @param doing what takes so long, in one word
  public ProgressBar(PrintStream terminal, String doing) {
    this(terminal, doing, System::nanoTime);
  }

  public ProgressBar(PrintStream terminal, String doing, LongSupplier nanoClock) {
    this.terminal = terminal;
    this.doing = doing;
    this.nanoClock = nanoClock;
    this.next = nanoClock.getAsLong() + FIRST_SHOWN_NANOS;
  }

  /// Leaves the cursor at the start of the line, so that whatever comes next replaces the bar.
  @Override
  public void read(long bytes, long total) {
    show(bytes, total, ProgressBar::line);
  }

  /// Leaves the cursor as [#read] does.
  @Override
  public void at(long steps, long total) {
    show(steps, total, ProgressBar::percentLine);
  }

  private interface Line {
    String of(String doing, long done, long total);
  }

  private synchronized void show(long done, long total, Line line) {
    if (done == total) {
      done();
    } else if (nanoClock.getAsLong() - next >= 0) {
      next = nanoClock.getAsLong() + REFRESH_NANOS;
      shown = true;
      terminal.print(CLEAR + line.of(doing, done, total) + "\r");
      terminal.flush();
    }
  }

  /// Clears the line.
  public synchronized void done() {
    if (shown) {
      terminal.print(CLEAR);
      terminal.flush();
    }
  }

  static String line(String doing, long bytes, long total) {
    if (total <= 0) {
      return doing + " " + bytes / MEBIBYTE + " MiB";
    }
    return doing + cells(bytes, total) + bytes / MEBIBYTE + " of " + total / MEBIBYTE + " MiB";
  }

  static String percentLine(String doing, long done, long total) {
    return doing + cells(done, total) + 100 * done / total + " %";
  }

  private static String cells(long done, long total) {
    int full = (int) (Math.min(done, total) * CELLS / total);
    return " [" + "#".repeat(full) + " ".repeat(CELLS - full) + "] ";
  }
}
