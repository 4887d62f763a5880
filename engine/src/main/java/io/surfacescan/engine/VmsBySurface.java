package io.surfacescan.engine;

import java.util.Arrays;

/// VMs of which those that are attacked through the same components are one: they have the same
/// attack surface, but for leaving themselves out.
///
/// VMs whose surfaces hold the same VMs for another reason stay apart.
///
/// @param first of each group, the VM that comes first
/// @param count of each group, its VMs
public record VmsBySurface(int[] first, int[] count) {
  /// Groups stand in the order of their first VMs.
  public static VmsBySurface of(AttackGraph graph, int[] vms) {
    int[] groupOfInAtom = new int[graph.inAtoms().size()];
    int[] first = new int[vms.length];
    int[] count = new int[vms.length];
    int groups = 0;
    for (int vm : vms) {
      int inAtom = graph.inAtoms().ofClass()[graph.classOf(vm)];
      if (groupOfInAtom[inAtom] == 0) {
        first[groups] = vm;
        groupOfInAtom[inAtom] = ++groups;
      }
      count[groupOfInAtom[inAtom] - 1]++;
    }
    return new VmsBySurface(Arrays.copyOf(first, groups), Arrays.copyOf(count, groups));
  }
}
