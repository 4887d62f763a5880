package io.surfacescan.engine;

import java.util.BitSet;
import java.util.stream.IntStream;

/// The joint classes whose surfaces may have changed; of all others it is certain that they have
/// not.
///
/// If the surface of a VM differs, some chain of direct attacks to it is in one environment only.
/// That chain starts at or passes over a VM that changed, or goes through a pair of tags that rules
/// join on one side only, or the VM at its end changed itself. So the components behind such VMs,
/// and behind the holders of the destination tag of such a pair, are marked, and all that follow: a
/// VM is beyond suspicion if on neither side a destination role of it is marked.
final class SuspectedClasses {
  private final Comparison comparison;

  /// Seen on the side after.
  private final AttackGraph graph;

  private final BitSet components = new BitSet();

  /// Classes that hold the destination tag of a pair that is there on this side only.
  private final BitSet suspected = new BitSet();

  private SuspectedClasses(Comparison comparison) {
    this.comparison = comparison;
    this.graph = comparison.after();
  }

  /// Joint classes, ascending. Cost: linear in VMs, rules and both graphs.
  static int[] of(Comparison comparison) {
    var after = new SuspectedClasses(comparison);
    after.mark();
    var before = new SuspectedClasses(comparison.reversed());
    before.mark();
    var changed = new BitSet();
    var classes = comparison.classes();
    comparison.changed().stream().forEach(vm -> changed.set(classes.ofVm()[vm]));
    return IntStream.range(0, classes.size())
        .filter(joint ->
            changed.get(joint)
                || after.isSuspected(classes.after()[joint])
                || before.isSuspected(classes.before()[joint]))
        .toArray();
  }

  private boolean isSuspected(int vmClass) {
    return vmClass >= 0 && suspected.get(vmClass);
  }

  private void mark() {
    markChangedVms();
    markNewPairs();
    for (int component = components.nextSetBit(0);
        component >= 0;
        component = components.nextSetBit(component + 1)) {
      var successors = graph.successors();
      for (int edge = successors.start(component); edge < successors.end(component); edge++) {
        components.set(successors.target(edge));
      }
    }
    var inAtoms = graph.inAtoms();
    for (int vmClass = 0; vmClass < graph.classes().size(); vmClass++) {
      var lists = inAtoms.components();
      int inAtom = inAtoms.ofClass()[vmClass];
      for (int i = lists.start(inAtom); i < lists.end(inAtom); i++) {
        if (components.get(lists.value(i))) {
          suspected.set(vmClass);
          break;
        }
      }
    }
  }

  private void markChangedVms() {
    comparison.changed().stream()
        .map(vm -> comparison.vm(vm).after())
        .filter(vm -> vm >= 0)
        .map(graph::classOf)
        .forEach(this::markOutAtom);
  }

  private void markNewPairs() {
    var rules = graph.rules().bySource();
    var marked = new BitSet();
    for (int source = 0; source < graph.environment().tagCount(); source++) {
      for (int i = rules.start(source); i < rules.end(source); i++) {
        int dest = rules.otherTag(i);
        if (!marked.get(dest) && comparison.isNewPair(source, dest)) {
          marked.set(dest);
          markHolders(dest);
        }
      }
    }
  }

  private void markHolders(int dest) {
    var holders = graph.classesPerTag();
    for (int i = holders.start(dest); i < holders.end(dest); i++) {
      suspected.set(holders.target(i));
      markOutAtom(holders.target(i));
    }
  }

  private void markOutAtom(int vmClass) {
    var lists = graph.outAtoms().components();
    int outAtom = graph.outAtoms().ofClass()[vmClass];
    for (int i = lists.start(outAtom); i < lists.end(outAtom); i++) {
      components.set(lists.value(i));
    }
  }
}
