package io.surfacescan.engine;

/// Every VM that a VM can attack over a path of direct attacks; never the VM itself.
///
/// @param vm the VM that attacks
/// @param victims the ranks of the VMs it can attack
public record BlastRadius(int vm, Ranks victims) {
  /// The whole blast radius. Cost: a lookup if a VM of the same out-atom was asked about before,
  /// else a walk over the components ahead and one pass over the classes.
  public static BlastRadius of(AttackGraph graph, int vm) {
    return new BlastRadius(vm, graph.victimsOfOutAtomOf(vm).without(graph.rankOf(vm)));
  }

  /// The VMs that it can attack in at most `maxHops` direct attacks; with 1, directly.
  ///
  /// Cost: the rules and classes met on the way, each once.
  ///
  /// @param maxHops at least 1
  public static BlastRadius within(AttackGraph graph, int vm, int maxHops) {
    return new BlastRadius(vm, VmsByHop.victims(graph, vm, maxHops).ranks());
  }
}
