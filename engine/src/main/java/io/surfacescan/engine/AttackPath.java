package io.surfacescan.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// A chain of direct attacks from one VM to another: a shortest one, or the shortest that keeps to
/// the conditions of [AttackRoutes].
///
/// @param hops at least one, in the order of the attack
public record AttackPath(int from, int to, List<Hop> hops) {
  /// One direct attack.
  ///
  /// @param rules every rule that allows it, ascending, at least one; none that was to be avoided
  /// @param vms how many VMs could stand where `to` does, with the rest of the path as it is: those
  ///   of its group, itself among them; 1 at the end
  public record Hop(int from, int to, List<Integer> rules, int vms) {
    public Hop {
      rules = List.copyOf(rules);
    }
  }

  public AttackPath {
    hops = List.copyOf(hops);
  }

  /// A shortest path, always the same one: each hop goes to the VM of lowest rank that is one hop
  /// nearer.
  ///
  /// Cost: two breadth-first searches that meet halfway, then the rules and holders of the tags on
  /// the path.
  ///
  /// @return empty if `from` cannot attack `to`, and so if they are one VM
  public static Optional<AttackPath> of(AttackGraph graph, int from, int to) {
    return AttackRoutes.of(graph, from, to).routes().stream().findFirst();
  }

  /// The VMs that the path comes to more than once, in the order of the second time. Only a path
  /// that had to go over a certain VM can have any.
  public List<Integer> visitedAgain() {
    var visited = new BitSet();
    visited.set(from);
    var again = new ArrayList<Integer>();
    for (var hop : hops) {
      if (visited.get(hop.to()) && !again.contains(hop.to())) {
        again.add(hop.to());
      }
      visited.set(hop.to());
    }
    return again;
  }

  /// This path and one from its end on.
  AttackPath followedBy(AttackPath other) {
    var both = new ArrayList<>(hops);
    both.addAll(other.hops);
    return new AttackPath(from, other.to, both);
  }

  /// The rules not avoided that let one VM attack another directly, ascending.
  static List<Integer> allowing(AttackGraph graph, int from, int to, Exclusions avoided) {
    var tags = graph.classes().tags();
    var rules = graph.rules().bySource();
    int fromClass = graph.classOf(from);
    int toClass = graph.classOf(to);
    var allowing = new ArrayList<Integer>();
    for (int i = tags.start(fromClass); i < tags.end(fromClass); i++) {
      int source = tags.value(i);
      for (int j = rules.start(source); j < rules.end(source); j++) {
        if (graph.classes().holds(toClass, rules.otherTag(j)) && !avoided.rule(rules.rule(j))) {
          allowing.add(rules.rule(j));
        }
      }
    }
    allowing.sort(null);
    return allowing;
  }
}
