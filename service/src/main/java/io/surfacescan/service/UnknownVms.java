package io.surfacescan.service;

import io.surfacescan.report.NearestIds;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Refuses ids that no VM has, with the ids that were probably meant.
@ApplicationScoped
class UnknownVms {
  private static final long NEAREST_NANOS_MOST = TimeUnit.MILLISECONDS.toNanos(5);

  /// One search for nearest ids at a time: a flood of unknown ids must not take the processors from
  /// those who know what they ask for.
  private final Semaphore searching = new Semaphore(1);

  /// Takes up to 5 ms; without nearest ids if a search is under way already.
  Refusal refusal(Generation generation, String id) {
    var refusal =
        new Refusal(
            Refusal.Kind.UNKNOWN_VM, "No VM has the id " + Query.shown(id) + "; ids are exact.");
    if (!searching.tryAcquire()) {
      return refusal;
    }
    try {
      return refusal.withNearest(nearest(generation, id));
    } finally {
      searching.release();
    }
  }

  private static List<String> nearest(Generation generation, String id) {
    long deadline = System.nanoTime() + NEAREST_NANOS_MOST;
    return NearestIds.of(generation.environment(), id, () -> System.nanoTime() - deadline < 0);
  }
}
