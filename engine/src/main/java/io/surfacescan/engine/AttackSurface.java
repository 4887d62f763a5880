package io.surfacescan.engine;

/// Every VM from which a path of direct attacks leads to the VM; never the VM itself.
///
/// @param vm the VM attacked
/// @param attackers the ranks of its attackers
public record AttackSurface(int vm, Ranks attackers) {
  /// The whole surface. Cost: a lookup if a VM of the same in-atom was asked about before, else as
  /// [Ancestors] says.
  public static AttackSurface of(AttackGraph graph, int vm) {
    return new AttackSurface(vm, graph.attackersOfInAtomOf(vm).without(graph.rankOf(vm)));
  }

  /// The attackers with a path of at most `maxHops` direct attacks; with 1, the direct attackers.
  ///
  /// Cost: the rules and classes met on the way, each once.
  ///
  /// @param maxHops at least 1
  public static AttackSurface within(AttackGraph graph, int vm, int maxHops) {
    return new AttackSurface(vm, VmsByHop.attackers(graph, vm, maxHops).ranks());
  }
}
