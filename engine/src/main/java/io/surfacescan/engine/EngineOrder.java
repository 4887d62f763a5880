package io.surfacescan.engine;

import io.surfacescan.model.Environment;
import java.util.Arrays;
import java.util.BitSet;

/// Where each VM stands among all: by out-atom, then by class, then in input order.
///
/// Every VM has exactly one rank, so no answer can name it twice. The VMs of a class, and those of
/// an out-atom, stand side by side, so that answers are few intervals.
///
/// @param vmAtRank the VM at each rank
/// @param rankOfVm the rank of each VM
/// @param classStart per class, the first rank of its VMs; one more element closes the last
/// @param outAtomStart per out-atom, the first rank of its VMs; one more element closes the last
record EngineOrder(int[] vmAtRank, int[] rankOfVm, int[] classStart, int[] outAtomStart) {
  /// @param classes numbered so that the classes of an out-atom follow one another, in the order of
  ///   the out-atoms
  static EngineOrder of(Environment environment, VmClasses classes, Atoms outAtoms) {
    int[] classOfVm = new int[environment.vmCount()];
    Arrays.setAll(classOfVm, vm -> classes.classOfList()[environment.tagListOf(vm)]);
    int[] vmAtRank = CountingSort.order(classOfVm, classes.size());
    int[] classStart = CountingSort.starts(classOfVm, classes.size());
    int[] outAtomStart = new int[outAtoms.size() + 1];
    for (int vmClass = 0; vmClass < classes.size(); vmClass++) {
      outAtomStart[outAtoms.ofClass()[vmClass] + 1] = classStart[vmClass + 1];
    }
    return new EngineOrder(vmAtRank, CountingSort.inverse(vmAtRank), classStart, outAtomStart);
  }

  /// The ranks of the VMs of some classes.
  Ranks ranksOf(BitSet classes) {
    int[] bounds = new int[16];
    int length = 0;
    int from = classes.nextSetBit(0);
    while (from >= 0) {
      int to = classes.nextClearBit(from);
      if (length == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * length);
      }
      bounds[length++] = classStart[from];
      bounds[length++] = classStart[to];
      from = classes.nextSetBit(to);
    }
    return Ranks.ofBounds(Arrays.copyOf(bounds, length));
  }
}
