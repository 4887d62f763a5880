package io.surfacescan.engine;

import io.surfacescan.model.ColumnSink;
import io.surfacescan.model.ColumnSource;
import io.surfacescan.model.Environment;
import java.util.Arrays;
import java.util.BitSet;

/// Where each VM stands among all: by out-atom, then by class, then in input order.
///
/// Every VM has exactly one rank, so no answer can name it twice. The VMs of a class, and those of
/// an out-atom, stand side by side, so that answers are few intervals.
///
/// If only classes are known, each VM of the environment stands for several alike: it has their
/// first rank, and the others follow.
///
/// @param vmAtRank the VM at each rank; empty if only classes are known
/// @param rankOfVm the rank of each VM
/// @param vmsAlike per VM, how many it stands for; empty unless only classes are known
/// @param classStart per class, the first rank of its VMs; one more element closes the last
/// @param outAtomStart per out-atom, the first rank of its VMs; one more element closes the last
record EngineOrder(
    int[] vmAtRank, int[] rankOfVm, int[] vmsAlike, int[] classStart, int[] outAtomStart) {
  void write(ColumnSink sink) {
    sink.ints("order.vms", vmAtRank);
    sink.ints("order.ranks", rankOfVm);
    sink.ints("order.alike", vmsAlike);
    sink.ints("order.classes", classStart);
    sink.ints("order.atoms", outAtomStart);
  }

  static EngineOrder read(ColumnSource source) {
    return new EngineOrder(
        source.ints("order.vms"),
        source.ints("order.ranks"),
        source.ints("order.alike"),
        source.ints("order.classes"),
        source.ints("order.atoms"));
  }

  /// @param classes numbered so that the classes of an out-atom follow one another, in the order of
  ///   the out-atoms
  static EngineOrder of(Environment environment, VmClasses classes, Atoms outAtoms) {
    int[] classOfVm = new int[environment.vmCount()];
    Arrays.setAll(classOfVm, vm -> classes.classOfList()[environment.tagListOf(vm)]);
    int[] vmAtRank = CountingSort.order(classOfVm, classes.size());
    int[] classStart = CountingSort.starts(classOfVm, classes.size());
    return new EngineOrder(
        vmAtRank,
        CountingSort.inverse(vmAtRank),
        new int[0],
        classStart,
        outAtomStarts(classStart, outAtoms));
  }

  /// @param vmsAlike per VM of the environment, how many VMs it stands for; [Integer#MAX_VALUE]
  ///   together at most
  static EngineOrder ofClasses(
      Environment environment, int[] vmsAlike, VmClasses classes, Atoms outAtoms) {
    int[] classOfVm = new int[environment.vmCount()];
    Arrays.setAll(classOfVm, vm -> classes.classOfList()[environment.tagListOf(vm)]);
    int[] rankOfVm = new int[classOfVm.length];
    int[] classStart = new int[classes.size() + 1];
    int rank = 0;
    for (int vm : CountingSort.order(classOfVm, classes.size())) {
      rankOfVm[vm] = rank;
      rank += vmsAlike[vm];
      classStart[classOfVm[vm] + 1] = rank;
    }
    return new EngineOrder(
        new int[0], rankOfVm, vmsAlike, classStart, outAtomStarts(classStart, outAtoms));
  }

  private static int[] outAtomStarts(int[] classStart, Atoms outAtoms) {
    int[] outAtomStart = new int[outAtoms.size() + 1];
    for (int vmClass = 0; vmClass + 1 < classStart.length; vmClass++) {
      outAtomStart[outAtoms.ofClass()[vmClass] + 1] = classStart[vmClass + 1];
    }
    return outAtomStart;
  }

  /// The rank behind those of a VM and of the others that it stands for.
  int endOf(int vm) {
    return rankOfVm[vm] + (vmsAlike.length == 0 ? 1 : vmsAlike[vm]);
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
