package io.surfacescan.statistics;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// One thread that does one thing again and again.
final class Worker {
  private static final Logger LOG = System.getLogger(Worker.class.getName());

  private final ExecutorService thread;
  private final Runnable work;
  private final AtomicBoolean waiting = new AtomicBoolean();

  Worker(String name, Runnable work) {
    this.thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
    this.work = work;
  }

  /// Does its work once more, unless that is waiting to be done already.
  void soon() {
    if (waiting.compareAndSet(false, true)) {
      var _ =
          submit(() -> {
            waiting.set(false);
            work.run();
          });
    }
  }

  /// Does something else on its thread, and then goes on there, whatever became of it.
  void then(Runnable other, Runnable next) {
    var _ =
        submit(() -> {
          try {
            other.run();
          } finally {
            next.run();
          }
        });
  }

  /// Does something else on its thread, and waits for that, but not for long.
  void doNow(Runnable other, Duration patience) {
    var done = submit(other);
    try {
      done.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // The thread goes on with it.
    } catch (ExecutionException e) {
      throw new IllegalStateException("failures are handled on the thread", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Does this last, and waits for that, but not for long.
  void end(Runnable last, Duration patience) {
    doNow(last, patience);
    thread.shutdown();
  }

  private Future<?> submit(Runnable task) {
    try {
      return thread.submit(() -> guarded(task));
    } catch (RejectedExecutionException e) {
      // It has ended.
      return CompletableFuture.completedFuture(null);
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error bug) {
      LOG.log(Level.ERROR, "Statistics failed in a way they should not", bug);
    }
  }
}
