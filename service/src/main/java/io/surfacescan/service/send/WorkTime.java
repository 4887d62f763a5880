package io.surfacescan.service.send;

import io.surfacescan.engine.Deadline;
import io.surfacescan.service.exchange.Exchange;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// The time that one answer may be worked on, from now on. Waits for its reader are not counted. It
/// has passed, too, when no client waits for the answer any more. Thread-safe.
public final class WorkTime implements Deadline {
  private final Exchange exchange;
  private final AtomicLong end;

  public WorkTime(Exchange exchange, Duration most) {
    this.exchange = exchange;
    this.end = new AtomicLong(System.nanoTime() + most.toNanos());
  }

  @Override
  public boolean passed() {
    return exchange.isOver() || System.nanoTime() - end.get() > 0;
  }

  /// Adds the time of a wait.
  void extend(long nanos) {
    end.addAndGet(nanos);
  }
}
