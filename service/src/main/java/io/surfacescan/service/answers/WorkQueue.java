package io.surfacescan.service.answers;

import io.surfacescan.service.exchange.Refusal;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Threads for questions of one effort, and a bounded queue before them: whoever finds it full is
/// refused at once and knows when to ask again.
public final class WorkQueue implements AutoCloseable {
  private final String name;
  private final int retryAfterSeconds;
  private final Executor place;
  private final ThreadPoolExecutor threads;

  /// @param waitingMost how many requests may wait for a thread
  public WorkQueue(String name, int threadCount, int waitingMost, int retryAfterSeconds) {
    this(name, threadCount, waitingMost, retryAfterSeconds, Runnable::run);
  }

  /// @param place where the work is done while a thread waits for it
  public WorkQueue(
      String name, int threadCount, int waitingMost, int retryAfterSeconds, Executor place) {
    this.name = name;
    this.retryAfterSeconds = retryAfterSeconds;
    this.place = place;
    this.threads =
        new ThreadPoolExecutor(
            threadCount,
            threadCount,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(waitingMost),
            Thread.ofPlatform().name("surfacescan-" + name + "-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /// Runs the work on one of the threads, now or when one is free.
  ///
  /// @throws Refusal if too many wait already
  public void run(Runnable work) throws Refusal {
    try {
      threads.execute(() -> place.execute(work));
    } catch (RejectedExecutionException e) {
      throw new Refusal(
              Refusal.Kind.BUSY,
              "The queue for " + name + " questions is full; ask again in a moment.")
          .with("Retry-After", Integer.toString(retryAfterSeconds));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
