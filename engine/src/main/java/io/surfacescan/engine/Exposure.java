package io.surfacescan.engine;

/// How exposed a VM is: in numbers, who can attack it and whom it can attack.
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
    return new Exposure(
        vm,
        AttackSurface.of(graph, vm).attackers().size(),
        AttackSurface.within(graph, vm, 1).attackers().size(),
        BlastRadius.of(graph, vm).victims().size(),
        BlastRadius.within(graph, vm, 1).victims().size(),
        graph.isOnCycle(vm));
  }
}
