package io.surfacescan.engine;

import java.util.Arrays;

/// The attack surface of a VM with the hops of each attacker and the rule of its first hop.
///
/// A breadth-first search backwards from the VM over tags and classes, in which each tag is
/// expanded once. The VM alone is met at hop 0. The other members of its class are met where a
/// source tag of the class is first reached, and lead no further: their destination tags are the
/// VM's own, expanded at the start.
public final class AttackersByHop {
  private static final int NONE = -1;

  private final AttackGraph graph;
  private final int vm;

  /// The classes met, ascending, which is in the order of their ranks.
  private final int[] classes;

  /// Per class, its hops (0: not met).
  private final int[] hopsOfClass;

  /// Per class met, the lowest rule that is the first hop of a shortest path.
  private final int[] ruleOfClass;

  /// Per tag, the hops of the VMs expanded first that carry it as a destination.
  private final int[] levelOfDest;

  private final Ranks attackers;

  private AttackersByHop(AttackGraph graph, int vm, Search search) {
    this.graph = graph;
    this.vm = vm;
    this.hopsOfClass = search.hopsOfClass;
    this.ruleOfClass = search.ruleOfClass;
    this.levelOfDest = search.levelOfDest;
    this.classes = Arrays.copyOf(search.met, search.metCount);
    Arrays.sort(classes);
    this.attackers = ranks().without(graph.rankOf(vm));
  }

  /// Searches at most `maxHops` direct attacks back.
  ///
  /// @param maxHops at least 1; [Integer#MAX_VALUE] for the whole surface
  public static AttackersByHop of(AttackGraph graph, int vm, int maxHops) {
    return new AttackersByHop(graph, vm, new Search(graph, vm, maxHops, NONE));
  }

  /// As [#of], but no further than the class of one attacker needs.
  static AttackersByHop until(AttackGraph graph, int vm, int attacker) {
    return new AttackersByHop(
        graph, vm, new Search(graph, vm, Integer.MAX_VALUE, graph.classOf(attacker)));
  }

  /// Hears of each attacker.
  @FunctionalInterface
  public interface Consumer {
    /// Takes one attacker.
    ///
    /// @param hops the length of a shortest path from it to the VM
    /// @param firstRule the lowest-numbered rule that allows the first hop of some shortest path
    void attacker(int attacker, int hops, int firstRule);
  }

  /// Names every attacker once, in the engine's order.
  public void forEach(Consumer consumer) {
    for (int vmClass : classes) {
      for (int rank = graph.classStart(vmClass); rank < graph.classStart(vmClass + 1); rank++) {
        if (graph.vmAt(rank) != vm) {
          consumer.attacker(graph.vmAt(rank), hopsOfClass[vmClass], ruleOfClass[vmClass]);
        }
      }
    }
  }

  /// The ranks of all attackers found.
  public Ranks attackers() {
    return attackers;
  }

  public int size() {
    return attackers.size();
  }

  int hopsOfClass(int vmClass) {
    return hopsOfClass[vmClass];
  }

  /// The hops at which the destination tag was expanded, or -1 if it was not.
  int levelOfDest(int tag) {
    return levelOfDest[tag];
  }

  private Ranks ranks() {
    int[] bounds = new int[2 * classes.length];
    int length = 0;
    for (int vmClass : classes) {
      int from = graph.classStart(vmClass);
      if (length > 0 && bounds[length - 1] == from) {
        length -= 1;
      } else {
        bounds[length++] = from;
      }
      bounds[length++] = graph.classStart(vmClass + 1);
    }
    return Ranks.ofBounds(Arrays.copyOf(bounds, length));
  }

  private static final class Search {
    private final AttackGraph graph;
    private final int[] hopsOfClass;
    private final int[] ruleOfClass;
    private final int[] hopsOfSource;

    /// Per source tag reached, the lowest rule from it to the tags expanded one hop before.
    private final int[] ruleOfSource;

    /// The source tags reached in the present hop.
    private final int[] sources;

    private final int[] levelOfDest;

    /// The classes met, in the order met.
    private int[] met = new int[16];

    private int metCount;

    Search(AttackGraph graph, int vm, int maxHops, int lastClass) {
      this.graph = graph;
      hopsOfClass = new int[graph.classes().size()];
      ruleOfClass = new int[graph.classes().size()];
      int tags = graph.environment().tagCount();
      hopsOfSource = new int[tags];
      ruleOfSource = new int[tags];
      sources = new int[tags];
      levelOfDest = new int[tags];
      Arrays.fill(levelOfDest, NONE);
      int expanded = 0;
      int[] frontier = destsOf(graph.classOf(vm), 0);
      for (int hop = 1; hop <= maxHops && frontier.length > 0; hop++) {
        reach(frontier, hop);
        if (lastClass != NONE && hopsOfClass[lastClass] > 0) {
          return;
        }
        frontier = expand(expanded, hop);
        expanded = metCount;
      }
    }

    /// Meets every class that holds a source tag of a rule to the frontier.
    private void reach(int[] frontier, int hop) {
      int reached = 0;
      for (int dest : frontier) {
        var rules = graph.rules().byDest();
        for (int i = rules.start(dest); i < rules.end(dest); i++) {
          int source = rules.otherTag(i);
          if (hopsOfSource[source] == 0) {
            hopsOfSource[source] = hop;
            ruleOfSource[source] = rules.rule(i);
            sources[reached++] = source;
          } else if (hopsOfSource[source] == hop) {
            ruleOfSource[source] = Math.min(ruleOfSource[source], rules.rule(i));
          }
        }
      }
      for (int i = 0; i < reached; i++) {
        meetHolders(sources[i], hop);
      }
    }

    private void meetHolders(int source, int hop) {
      var holders = graph.classesPerTag();
      for (int i = holders.start(source); i < holders.end(source); i++) {
        int vmClass = holders.target(i);
        if (hopsOfClass[vmClass] == 0) {
          meet(vmClass, hop, ruleOfSource[source]);
        } else if (hopsOfClass[vmClass] == hop) {
          ruleOfClass[vmClass] = Math.min(ruleOfClass[vmClass], ruleOfSource[source]);
        }
      }
    }

    private void meet(int vmClass, int hop, int rule) {
      hopsOfClass[vmClass] = hop;
      ruleOfClass[vmClass] = rule;
      if (metCount == met.length) {
        met = Arrays.copyOf(met, metCount * 2);
      }
      met[metCount++] = vmClass;
    }

    /// The destination tags not yet expanded of the classes met since.
    private int[] expand(int since, int hop) {
      int[] frontier = {};
      int length = 0;
      for (int i = since; i < metCount; i++) {
        int[] dests = destsOf(met[i], hop);
        if (length + dests.length > frontier.length) {
          frontier = Arrays.copyOf(frontier, Math.max(length + dests.length, frontier.length * 2));
        }
        System.arraycopy(dests, 0, frontier, length, dests.length);
        length += dests.length;
      }
      return Arrays.copyOf(frontier, length);
    }

    private int[] destsOf(int vmClass, int level) {
      var tags = graph.classes().tags();
      int[] dests = new int[tags.length(vmClass)];
      int length = 0;
      for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
        int tag = tags.value(i);
        if (levelOfDest[tag] == NONE && graph.rules().endsAt(tag)) {
          levelOfDest[tag] = level;
          dests[length++] = tag;
        }
      }
      return Arrays.copyOf(dests, length);
    }
  }
}
