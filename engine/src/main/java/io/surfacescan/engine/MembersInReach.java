package io.surfacescan.engine;

import io.surfacescan.model.IntLists;
import java.util.Arrays;

/// Which VMs reach a member of a group other than themselves, or are reached from one.
///
/// Each component notes up to two members that it reaches (or that reach it). Two are enough: if a
/// VM reaches two members, one of them is another than itself; if it reaches one only, it counts
/// unless it is that member. So one pass over the edges answers for a group of any size.
///
/// Example: rules a -> b, b -> a; v0{a}, v1{a}, v2{b}; the group is v0 alone. All components reach
/// v0 and no other member, so v1 and v2 are found and v0 is not, although it lies on a cycle.
final class MembersInReach {
  private static final int NONE = -1;

  private final AttackGraph graph;
  private final int[] one;
  private final int[] other;

  private MembersInReach(AttackGraph graph) {
    this.graph = graph;
    this.one = new int[graph.successors().nodeCount()];
    this.other = new int[one.length];
    Arrays.fill(one, NONE);
    Arrays.fill(other, NONE);
  }

  static Ranks attackers(AttackGraph graph, VmGroup group) {
    var reach = new MembersInReach(graph);
    reach.addMembers(group, graph.inAtoms());
    var successors = graph.successors();
    for (int component = successors.nodeCount() - 1; component >= 0; component--) {
      for (int i = successors.start(component); i < successors.end(component); i++) {
        reach.add(component, reach.one[successors.target(i)]);
        reach.add(component, reach.other[successors.target(i)]);
      }
    }
    return reach.found(graph.outAtoms());
  }

  static Ranks victims(AttackGraph graph, VmGroup group) {
    var reach = new MembersInReach(graph);
    reach.addMembers(group, graph.outAtoms());
    var successors = graph.successors();
    for (int component = 0; component < successors.nodeCount(); component++) {
      for (int i = successors.start(component); i < successors.end(component); i++) {
        reach.add(successors.target(i), reach.one[component]);
        reach.add(successors.target(i), reach.other[component]);
      }
    }
    return reach.found(graph.inAtoms());
  }

  private void addMembers(VmGroup group, Atoms atoms) {
    var components = atoms.components();
    for (int place = 0; place < group.size(); place++) {
      int atom = atoms.ofClass()[graph.classOf(group.vm(place))];
      for (int i = components.start(atom); i < components.end(atom); i++) {
        add(components.value(i), group.vm(place));
      }
    }
  }

  private void add(int component, int member) {
    if (member == NONE || one[component] == member) {
      return;
    }
    if (one[component] == NONE) {
      one[component] = member;
    } else if (other[component] == NONE) {
      other[component] = member;
    }
  }

  private static final int SEVERAL = -2;

  /// The member that an atom is in reach of, [#NONE], or [#SEVERAL].
  private int memberOf(IntLists components, int atom) {
    int member = NONE;
    for (int i = components.start(atom); i < components.end(atom); i++) {
      int component = components.value(i);
      if (other[component] != NONE) {
        return SEVERAL;
      }
      if (one[component] != NONE) {
        if (member != NONE && member != one[component]) {
          return SEVERAL;
        }
        member = one[component];
      }
    }
    return member;
  }

  /// The VMs of all atoms in reach, but for each member that is in reach of itself alone.
  private Ranks found(Atoms atoms) {
    int[] memberOfAtom = new int[atoms.size()];
    Arrays.setAll(memberOfAtom, atom -> memberOf(atoms.components(), atom));
    var ranks = new Ranks.Builder();
    for (int vmClass = 0; vmClass < graph.classes().size(); vmClass++) {
      int member = memberOfAtom[atoms.ofClass()[vmClass]];
      if (member != NONE) {
        int alone = member == SEVERAL ? NONE : graph.rankOf(member);
        ranks.addWithout(graph.classStart(vmClass), graph.classStart(vmClass + 1), alone);
      }
    }
    return ranks.build();
  }
}
