package io.surfacescan.engine;

/// How exposed every VM is.
public final class Exposures {
  private final AttackGraph graph;
  private final SurfaceSizes sizes;
  private final DirectSizes direct;

  private Exposures(AttackGraph graph, SurfaceSizes sizes, DirectSizes direct) {
    this.graph = graph;
    this.sizes = sizes;
    this.direct = direct;
  }

  /// Cost: that of [SurfaceSizes] and of [DirectSizes]. Takes 8 bytes a group of equal VMs, and 4
  /// for each in-atom and out-atom.
  ///
  /// @throws DeadlinePassed if it does
  public static Exposures of(AttackGraph graph, Deadline deadline, Progress progress) {
    return new Exposures(
        graph, SurfaceSizes.of(graph, deadline, progress), DirectSizes.of(graph, deadline));
  }

  public AttackGraph graph() {
    return graph;
  }

  public SurfaceSizes sizes() {
    return sizes;
  }

  /// The exposure of one VM. Costs nothing.
  public Exposure of(int vm) {
    return new Exposure(
        vm,
        sizes.attackers(vm),
        direct.attackers(vm),
        sizes.victims(vm),
        direct.victims(vm),
        graph.isOnCycle(vm));
  }
}
