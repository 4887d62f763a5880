package io.surfacescan.bench;

import io.surfacescan.engine.Deadline;
import io.surfacescan.questions.SearchIndex;
import java.lang.ref.Reference;

/// How much heap that takes in which searches look, beside the environment, and how long it takes
/// to build and to rehearse it, which a service does beside its answers once the page was opened.
public final class SearchMemory {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private SearchMemory() {}

  /// Measures one index.
  ///
  /// @param arguments how many VMs
  public static void main(String[] arguments) {
    int vms = Integer.parseInt(arguments[0]);
    var environment = SearchBench.environment(vms);
    long before = LoweringMemory.used();
    long started = System.nanoTime();
    var index = SearchIndex.of(environment);
    long built = System.nanoTime();
    try {
      long bytes = LoweringMemory.used() - before;
      long rehearsing = System.nanoTime();
      index.rehearse(environment, Deadline.NONE);
      long rehearsed = System.nanoTime();
      System.out.printf(
          "%,d VMs: %,d bytes of heap, %.1f a VM; built in %,d ms, rehearsed in %,d ms%n",
          vms,
          bytes,
          (double) bytes / vms,
          (built - started) / NANOS_PER_MILLI,
          (rehearsed - rehearsing) / NANOS_PER_MILLI);
    } finally {
      Reference.reachabilityFence(index);
    }
  }
}
