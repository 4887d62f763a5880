package io.surfacescan.engine;

/// How exposed every VM is. What stands for addresses outside is not counted.
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

  /// How many VMs can attack a VM.
  public int attackers(int vm) {
    return sizes.attackers(vm);
  }

  /// How many VMs can attack a VM in one hop.
  int directAttackers(int vm) {
    return direct.attackers(vm);
  }

  /// How many VMs a VM can attack in one hop.
  int directVictims(int vm) {
    return direct.victims(vm);
  }

  /// How many VMs a VM can attack.
  public int victims(int vm) {
    return sizes.victims(vm);
  }

  /// The number of pairs of a VM and another that it can attack.
  public long pairs() {
    return sizes.pairs();
  }

  /// The exposure of one VM. Costs nothing, but for what stands for addresses outside.
  public Exposure of(int vm) {
    return graph.isExternal(vm)
        ? Exposure.of(graph, vm)
        : new Exposure(
            vm,
            attackers(vm),
            direct.attackers(vm),
            victims(vm),
            direct.victims(vm),
            graph.isOnCycle(vm));
  }
}
