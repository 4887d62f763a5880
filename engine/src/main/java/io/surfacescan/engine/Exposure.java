package io.surfacescan.engine;

/// How exposed a VM is: in numbers, who can attack it and whom it can attack. What stands for
/// addresses outside is not counted.
///
/// @param attackers VMs that can attack it
/// @param directAttackers those that can in one hop
/// @param victims VMs that it can attack
/// @param directVictims those that it can in one hop
/// @param onCycle whether one of its victims can attack it
public record Exposure(
    int vm, int attackers, int directAttackers, int victims, int directVictims, boolean onCycle) {
  /// Cost: that of four questions, [AttackSurface] and [BlastRadius], whole and within one hop.
  public static Exposure of(AttackGraph graph, int vm) {
    var outside = graph.externals();
    return new Exposure(
        vm,
        AttackSurface.of(graph, vm).attackers().minus(outside).size(),
        AttackSurface.within(graph, vm, 1).attackers().minus(outside).size(),
        BlastRadius.of(graph, vm).victims().minus(outside).size(),
        BlastRadius.within(graph, vm, 1).victims().minus(outside).size(),
        graph.isOnCycle(vm));
  }
}
