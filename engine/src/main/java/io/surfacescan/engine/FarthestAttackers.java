package io.surfacescan.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// For each VM, the hops of its farthest attacker: how long a way a VM has to come that can attack
/// it. What stands for addresses outside is left out.
public final class FarthestAttackers {
  /// What is given for a VM that was not come to in time.
  public static final int UNFINISHED = -1;

  private final AttackGraph graph;
  private final int[] hopsOfClass;

  private final boolean complete;

  private FarthestAttackers(AttackGraph graph, int[] hopsOfClass, boolean complete) {
    this.graph = graph;
    this.hopsOfClass = hopsOfClass;
    this.complete = complete;
  }

  /// Searches once per group of equal VMs, on all processors, in the order of the VMs given, until
  /// the deadline.
  ///
  /// Equal VMs have it in common: swap two, and each stands where the other stood.
  ///
  /// @param vms none of them outside
  public static FarthestAttackers of(
      AttackGraph graph, int[] vms, Deadline deadline, Progress progress) {
    int[] hopsOfClass = new int[graph.classes().size()];
    Arrays.fill(hopsOfClass, UNFINISHED);
    int[] firstOfClass = new int[hopsOfClass.length];
    Arrays.fill(firstOfClass, UNFINISHED);
    for (int vm : vms) {
      int vmClass = graph.classOf(vm);
      firstOfClass[vmClass] = firstOfClass[vmClass] < 0 ? vm : firstOfClass[vmClass];
    }
    int[] classes = Arrays.stream(vms).map(graph::classOf).distinct().toArray();
    var next = new AtomicInteger();
    int workers = Math.min(classes.length, Runtime.getRuntime().availableProcessors());
    IntStream.range(0, workers)
        .parallel()
        .forEach(ignored -> {
          while (!deadline.passed()) {
            int place = next.getAndIncrement();
            if (place >= classes.length) {
              return;
            }
            int vm = firstOfClass[classes[place]];
            hopsOfClass[classes[place]] =
                VmsByHop.attackers(graph, vm, Integer.MAX_VALUE).mostHopsOfVms();
            progress.at(place + 1L, classes.length);
          }
        });
    boolean complete =
        Arrays.stream(classes).noneMatch(vmClass -> hopsOfClass[vmClass] == UNFINISHED);
    return new FarthestAttackers(graph, hopsOfClass, complete);
  }

  /// The most hops of any attacker of the VM, 0 if it has none, or [#UNFINISHED].
  public int hops(int vm) {
    return hopsOfClass[graph.classOf(vm)];
  }

  /// Whether every VM given was come to.
  public boolean isComplete() {
    return complete;
  }
}
