package io.surfacescan.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// A shortest chain of direct attacks from one VM to another.
///
/// @param hops at least one, in the order of the attack
public record AttackPath(int from, int to, List<Hop> hops) {
  /// One direct attack.
  ///
  /// @param rules every rule that allows it, ascending, at least one
  public record Hop(int from, int to, List<Integer> rules) {
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
  /// Cost: a breadth-first search back to the attacker's hop, then the rules and holders of the
  /// tags on the path.
  ///
  /// @return empty if `from` cannot attack `to`, and so if they are one VM
  public static Optional<AttackPath> of(AttackGraph graph, int from, int to) {
    if (from == to) {
      return Optional.empty();
    }
    var search = VmsByHop.attackersUntil(graph, to, from);
    int left = search.hopsOfClass(graph.classOf(from));
    if (left == 0) {
      return Optional.empty();
    }
    var hops = new ArrayList<Hop>(left);
    int at = from;
    for (; left > 1; left--) {
      int next = graph.vmAt(graph.classStart(nearerClass(graph, search, at, left - 1)));
      hops.add(new Hop(at, next, allowing(graph, at, next)));
      at = next;
    }
    hops.add(new Hop(at, to, allowing(graph, at, to)));
    return Optional.of(new AttackPath(from, to, hops));
  }

  private static int nearerClass(AttackGraph graph, VmsByHop search, int vm, int hops) {
    var tags = graph.classes().tags();
    var rules = graph.rules().bySource();
    var holders = graph.classesPerTag();
    int vmClass = graph.classOf(vm);
    int nearest = Integer.MAX_VALUE;
    var tried = new BitSet();
    for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
      for (int j = rules.start(tags.value(i)); j < rules.end(tags.value(i)); j++) {
        int dest = rules.otherTag(j);
        if (search.levelOfTag(dest) == hops && !tried.get(dest)) {
          tried.set(dest);
          nearest = Math.min(nearest, firstAt(hops, holders, dest, search));
        }
      }
    }
    return nearest;
  }

  /// The lowest class so many hops away that holds the tag; there is one.
  private static int firstAt(int hops, Adjacency holders, int tag, VmsByHop search) {
    int place = holders.start(tag);
    while (search.hopsOfClass(holders.target(place)) != hops) {
      place++;
    }
    return holders.target(place);
  }

  private static List<Integer> allowing(AttackGraph graph, int from, int to) {
    var tags = graph.classes().tags();
    var rules = graph.rules().bySource();
    int fromClass = graph.classOf(from);
    int toClass = graph.classOf(to);
    var allowing = new ArrayList<Integer>();
    for (int i = tags.start(fromClass); i < tags.end(fromClass); i++) {
      int source = tags.value(i);
      for (int j = rules.start(source); j < rules.end(source); j++) {
        if (graph.classes().holds(toClass, rules.otherTag(j))) {
          allowing.add(rules.rule(j));
        }
      }
    }
    allowing.sort(null);
    return allowing;
  }
}
