package io.surfacescan.cli;

import io.surfacescan.engine.Progress;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/// One refreshed line on a terminal for work that takes more than a second, in per cent. Called
/// from several threads.
final class WorkBar implements Progress {
  private static final long FIRST_SHOWN_NANOS = 1_000_000_000L;
  private static final long REFRESH_NANOS = 100_000_000L;
  private static final String CLEAR = "\r\u001B[K";
  private static final int CELLS = 30;

  private final PrintStream terminal;
  private final String doing;
  private final LongSupplier nanoClock;
  private long next;
  private boolean shown;

  WorkBar(PrintStream terminal, String doing, LongSupplier nanoClock) {
    this.terminal = terminal;
    this.doing = doing;
    this.nanoClock = nanoClock;
    this.next = nanoClock.getAsLong() + FIRST_SHOWN_NANOS;
  }

  /// A bar, where one can be seen and is wanted.
  ///
  /// @param doing what takes so long, in one word
  static Progress of(Run run, String doing) {
    return run.around().errIsTerminal() && !run.manners().quiet
        ? new WorkBar(run.messages().stream(), doing, System::nanoTime)
        : Progress.NONE;
  }

  /// Leaves the cursor at the start of the line, so that whatever comes next replaces the bar.
  @Override
  public synchronized void at(long done, long total) {
    if (done >= total) {
      if (shown) {
        terminal.print(CLEAR);
        terminal.flush();
      }
    } else if (nanoClock.getAsLong() - next >= 0) {
      next = nanoClock.getAsLong() + REFRESH_NANOS;
      shown = true;
      terminal.print(CLEAR + line(doing, done, total) + "\r");
      terminal.flush();
    }
  }

  static String line(String doing, long done, long total) {
    int full = (int) (done * CELLS / total);
    String cells = "#".repeat(full) + " ".repeat(CELLS - full);
    return doing + " [" + cells + "] " + done * 100 / total + " %";
  }
}
