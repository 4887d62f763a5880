package io.surfacescan.engine;

import java.util.BitSet;

/// Which classes come back to themselves.
///
/// A class whose source roles and destination roles share a component reaches itself in the role
/// graph. Its VMs lie on a *cycle* of attacks only if another VM takes part: one that no other VM
/// can attack is not on a cycle, whatever rule leads from its tags to its tags.
///
/// @param reachesItself the classes that stand among their own attackers in the role graph
/// @param onCycle the classes of which every VM attacks some other VM that attacks it
record Cycles(BitSet reachesItself, BitSet onCycle) {
  static Cycles of(Atoms outAtoms, Atoms inAtoms, EngineOrder order, int componentCount) {
    int classes = inAtoms.ofClass().length;
    int[] vmsIn = new int[componentCount];
    var reachesItself = new BitSet(classes);
    for (int vmClass = 0; vmClass < classes; vmClass++) {
      int vms = order.classStart()[vmClass + 1] - order.classStart()[vmClass];
      var shared = new Shared(outAtoms, inAtoms, vmClass);
      for (int component = shared.next(); component >= 0; component = shared.next()) {
        reachesItself.set(vmClass);
        vmsIn[component] += vms;
      }
    }
    var onCycle = new BitSet(classes);
    for (int vmClass = reachesItself.nextSetBit(0);
        vmClass >= 0;
        vmClass = reachesItself.nextSetBit(vmClass + 1)) {
      var shared = new Shared(outAtoms, inAtoms, vmClass);
      for (int component = shared.next(); component >= 0; component = shared.next()) {
        // Whatever VM has both roles in the component attacks, and is attacked by, all the others.
        if (vmsIn[component] > 1) {
          onCycle.set(vmClass);
        }
      }
    }
    return new Cycles(reachesItself, onCycle);
  }

  /// The components that hold both source and destination roles of a class, ascending.
  private static final class Shared {
    private final Atoms outAtoms;
    private final Atoms inAtoms;
    private final int outEnd;
    private final int inEnd;
    private int out;
    private int in;

    Shared(Atoms outAtoms, Atoms inAtoms, int vmClass) {
      this.outAtoms = outAtoms;
      this.inAtoms = inAtoms;
      int outAtom = outAtoms.ofClass()[vmClass];
      int inAtom = inAtoms.ofClass()[vmClass];
      out = outAtoms.components().start(outAtom);
      outEnd = outAtoms.components().end(outAtom);
      in = inAtoms.components().start(inAtom);
      inEnd = inAtoms.components().end(inAtom);
    }

    /// The next one, or -1.
    int next() {
      while (out < outEnd && in < inEnd) {
        int outComponent = outAtoms.components().value(out);
        int inComponent = inAtoms.components().value(in);
        if (outComponent == inComponent) {
          out++;
          in++;
          return outComponent;
        }
        if (outComponent < inComponent) {
          out++;
        } else {
          in++;
        }
      }
      return -1;
    }
  }
}
