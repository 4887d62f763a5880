package io.surfacescan.engine;

/// How exposed every VM is. What stands for addresses outside is not counted.
public final class Exposures {
  private final AttackGraph graph;
  private final SurfaceSizes sizes;
  private final DirectSizes direct;
  private final ExternalCounts externals;

  private Exposures(
      AttackGraph graph, SurfaceSizes sizes, DirectSizes direct, ExternalCounts externals) {
    this.graph = graph;
    this.sizes = sizes;
    this.direct = direct;
    this.externals = externals;
  }

  /// Cost: that of [SurfaceSizes] and of [DirectSizes]. Takes 8 bytes a group of equal VMs, and 4
  /// for each in-atom and out-atom; where some VMs stand for addresses outside, 16 more for each
  /// VM.
  ///
  /// @throws DeadlinePassed if it does
  public static Exposures of(AttackGraph graph, Deadline deadline, Progress progress) {
    return new Exposures(
        graph,
        SurfaceSizes.of(graph, deadline, progress),
        DirectSizes.of(graph, deadline),
        ExternalCounts.of(graph, deadline));
  }

  public AttackGraph graph() {
    return graph;
  }

  /// The sizes with all that attacks, wherever it stands.
  public SurfaceSizes sizes() {
    return sizes;
  }

  /// How many VMs can attack a VM.
  public int attackers(int vm) {
    return sizes.attackers(vm) - externals.attackers(vm);
  }

  /// How many VMs a VM can attack.
  public int victims(int vm) {
    return sizes.victims(vm) - externals.victims(vm);
  }

  /// The number of pairs of a VM and another that it can attack.
  public long pairs() {
    if (graph.externals().isEmpty()) {
      return sizes.pairs();
    }
    long pairs = 0;
    for (int vm = 0; vm < graph.environment().vmCount(); vm++) {
      if (!graph.environment().vmKind(vm).isExternal()) {
        pairs += attackers(vm);
      }
    }
    return pairs;
  }

  /// The exposure of one VM. Costs nothing.
  public Exposure of(int vm) {
    return new Exposure(
        vm,
        attackers(vm),
        direct.attackers(vm) - externals.directAttackers(vm),
        victims(vm),
        direct.victims(vm) - externals.directVictims(vm),
        graph.isOnCycle(vm));
  }
}
