package io.surfacescan.service.answers;

import io.surfacescan.service.exchange.Refusal;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A few places for questions of one cost, and a bounded queue before them: a request that finds
/// the queue full is refused at once and learns when to ask again. Thread-safe.
public final class WorkQueue implements AutoCloseable {
  private final String name;
  private final int waitingMost;
  private final int retryAfterSeconds;
  private final ExecutorService threads;

  private record Waiting(Consumer<Place> work, BooleanSupplier isGone) {}

  /// Guarded by this, as is `free`.
  private final Queue<Waiting> waiting = new ArrayDeque<>();

  private int free;

  /// On threads of its own, one for each place.
  ///
  /// @param waitingMost how many requests may wait for a place
  public WorkQueue(String name, int places, int waitingMost, int retryAfterSeconds) {
    this(name, places, waitingMost, retryAfterSeconds, threads(name, places));
  }

  /// @param threads where the work is done; closed with the queue
  public WorkQueue(
      String name, int places, int waitingMost, int retryAfterSeconds, ExecutorService threads) {
    this.name = name;
    this.free = places;
    this.waitingMost = waitingMost;
    this.retryAfterSeconds = retryAfterSeconds;
    this.threads = threads;
  }

  private static ExecutorService threads(String name, int count) {
    var threads =
        new ThreadPoolExecutor(
            count,
            count,
            10,
            TimeUnit.SECONDS,
            // As long as there are places.
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("surfacescan-" + name + "-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /// What a piece of work holds from its start to its end, or until it leaves early.
  public final class Place {
    private final AtomicBoolean held = new AtomicBoolean(true);

    private Place() {}

    /// Lets the next begin. Leaving twice is leaving once.
    public void leave() {
      if (held.getAndSet(false)) {
        startNext();
      }
    }
  }

  /// Does the work in one of the places, now or when one is free.
  ///
  /// @param isGone whether no client waits for it any more; it gives way to others then
  /// @throws Refusal if too many wait already
  public void run(Consumer<Place> work, BooleanSupplier isGone) throws Refusal {
    if (!takePlace(new Waiting(work, isGone))) {
      return;
    }
    try {
      start(work);
    } catch (RejectedExecutionException e) {
      throw full();
    }
  }

  /// Whether there is a place; else the work waits for one.
  private synchronized boolean takePlace(Waiting next) throws Refusal {
    if (free > 0) {
      free--;
      return true;
    }
    if (waiting.size() >= waitingMost) {
      waiting.removeIf(other -> other.isGone().getAsBoolean());
    }
    if (waiting.size() >= waitingMost) {
      throw full();
    }
    waiting.add(next);
    return false;
  }

  private Refusal full() {
    return new Refusal(
            Refusal.Kind.BUSY,
            "The queue for " + name + " questions is full; ask again in a moment.")
        .with("Retry-After", Integer.toString(retryAfterSeconds));
  }

  private void start(Consumer<Place> work) {
    threads.execute(() -> {
      var place = new Place();
      try {
        work.accept(place);
      } finally {
        place.leave();
      }
    });
  }

  private void startNext() {
    Waiting next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        free++;
        return;
      }
    }
    try {
      start(next.work());
    } catch (RejectedExecutionException _) {
      // The service ends, and its requests with it.
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
