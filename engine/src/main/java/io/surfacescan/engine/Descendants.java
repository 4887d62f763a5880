package io.surfacescan.engine;

import io.surfacescan.model.IntLists;
import java.util.Arrays;
import java.util.BitSet;

/// Which classes can be reached from components: those with a destination role in one of them, or
/// in one that follows.
///
/// Nothing is stored but the edges: the sets of what is reached do not line up with the order in
/// which VMs stand, so they would be many intervals, and a walk costs no more than reading them.
final class Descendants {
  /// Per component, those that it has an edge to, all with higher numbers.
  private final Adjacency successors;

  private final Atoms inAtoms;

  Descendants(Adjacency successors, Atoms inAtoms) {
    this.successors = successors;
    this.inAtoms = inAtoms;
  }

  /// The classes that any component of the list reaches.
  BitSet reachedFrom(IntLists components, int list) {
    var reached = walk(components, list);
    var inAtomsReached = new BitSet(inAtoms.size());
    var lists = inAtoms.components();
    for (int inAtom = 0; inAtom < inAtoms.size(); inAtom++) {
      for (int i = lists.start(inAtom); i < lists.end(inAtom); i++) {
        if (reached.get(lists.value(i))) {
          inAtomsReached.set(inAtom);
          break;
        }
      }
    }
    var classes = new BitSet(inAtoms.ofClass().length);
    for (int vmClass = 0; vmClass < inAtoms.ofClass().length; vmClass++) {
      if (inAtomsReached.get(inAtoms.ofClass()[vmClass])) {
        classes.set(vmClass);
      }
    }
    return classes;
  }

  private BitSet walk(IntLists components, int list) {
    var reached = new BitSet(successors.nodeCount());
    int[] waiting = new int[Math.max(16, components.length(list))];
    int waitingCount = 0;
    for (int i = components.start(list); i < components.end(list); i++) {
      reached.set(components.value(i));
      waiting[waitingCount++] = components.value(i);
    }
    while (waitingCount > 0) {
      int component = waiting[--waitingCount];
      for (int edge = successors.start(component); edge < successors.end(component); edge++) {
        int next = successors.target(edge);
        if (reached.get(next)) {
          continue;
        }
        reached.set(next);
        if (waitingCount == waiting.length) {
          waiting = Arrays.copyOf(waiting, waitingCount * 2);
        }
        waiting[waitingCount++] = next;
      }
    }
    return reached;
  }
}
