package io.surfacescan.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// For each VM, the hops of its farthest attacker: how long a way somebody has to come who can
/// attack it.
public final class FarthestAttackers {
  /// What is given for a VM that was not come to in time.
  public static final int UNFINISHED = -1;

  private final AttackGraph graph;
  private final int[] hopsOfClass;

  private FarthestAttackers(AttackGraph graph, int[] hopsOfClass) {
    this.graph = graph;
    this.hopsOfClass = hopsOfClass;
  }

  /// Searches once per group of equal VMs, on all processors, in the engine's order, until the
  /// deadline.
  ///
  /// Equal VMs have it in common: swap two, and each stands where the other stood.
  public static FarthestAttackers of(AttackGraph graph, Deadline deadline, Progress progress) {
    int[] hopsOfClass = new int[graph.classes().size()];
    Arrays.fill(hopsOfClass, UNFINISHED);
    var next = new AtomicInteger();
    int workers = Math.min(hopsOfClass.length, Runtime.getRuntime().availableProcessors());
    IntStream.range(0, workers)
        .parallel()
        .forEach(_ -> {
          while (!deadline.passed()) {
            int vmClass = next.getAndIncrement();
            if (vmClass >= hopsOfClass.length) {
              return;
            }
            int vm = graph.vmAt(graph.classStart(vmClass));
            hopsOfClass[vmClass] = VmsByHop.attackers(graph, vm, Integer.MAX_VALUE).mostHops();
            progress.at(vmClass + 1L, hopsOfClass.length);
          }
        });
    return new FarthestAttackers(graph, hopsOfClass);
  }

  /// The most hops of any attacker of the VM, 0 if it has none, or [#UNFINISHED].
  public int hops(int vm) {
    return hopsOfClass[graph.classOf(vm)];
  }

  /// Whether every VM was come to.
  public boolean isComplete() {
    return Arrays.stream(hopsOfClass).noneMatch(hops -> hops == UNFINISHED);
  }
}
