package io.surfacescan.engine;

import java.util.Arrays;
import java.util.BitSet;

/// The attackers of a VM, or its victims, each with the hops to it and the rule of the hop at its
/// own end: the first hop of an attacker, the last hop to a victim.
///
/// A breadth-first search from the VM over tags and classes, backwards for attackers and forwards
/// for victims, in which each tag is expanded once. The VM alone is met at hop 0. The other members
/// of its class are met where a tag of the class is first reached, and lead no further: the tags
/// that would be expanded are the VM's own, expanded at the start.
public final class VmsByHop implements FoundByHop {
  private static final int NONE = -1;
  private static final BitSet NO_CLASS = new BitSet();

  private final AttackGraph graph;
  private final int vm;

  /// The classes met, ascending, which is in the order of their ranks.
  private final int[] classes;

  /// Per class, its hops (0: not met).
  private final int[] hopsOfClass;

  /// Per class met, the lowest rule of the hop at its end of a shortest path.
  private final int[] ruleOfClass;

  /// Per tag, the hops of the VMs expanded first that carry it on the side searched from.
  private final int[] levelOfTag;

  /// Per tag, the hop at which rules first led to it from the tags expanded (0: never).
  private final int[] hopsOfFarTag;

  private final Ranks ranks;

  private VmsByHop(AttackGraph graph, int vm, Search search) {
    this.graph = graph;
    this.vm = vm;
    this.hopsOfClass = search.hopsOfClass;
    this.ruleOfClass = search.ruleOfClass;
    this.levelOfTag = search.levelOfTag;
    this.hopsOfFarTag = search.hopsOfFarTag;
    this.classes = search.metAscending();
    this.ranks = ranksOf(classes).without(graph.rankOf(vm));
  }

  /// The attackers that need at most so many direct attacks to the VM.
  ///
  /// @param maxHops at least 1; [Integer#MAX_VALUE] for the whole attack surface
  public static VmsByHop attackers(AttackGraph graph, int vm, int maxHops) {
    return attackers(graph, vm, maxHops, Exclusions.NOTHING);
  }

  /// The attackers that need at most so many direct attacks to the VM without what is avoided.
  public static VmsByHop attackers(AttackGraph graph, int vm, int maxHops, Exclusions avoided) {
    return new VmsByHop(
        graph, vm, new Search(graph, graph.rules().byDest(), vm, maxHops, avoided, NO_CLASS));
  }

  /// As [#attackers(AttackGraph, int, int)], but no further than the nearest of some classes.
  static VmsByHop attackersUntil(AttackGraph graph, int vm, BitSet classes) {
    var rules = graph.rules().byDest();
    return new VmsByHop(
        graph, vm, new Search(graph, rules, vm, Integer.MAX_VALUE, Exclusions.NOTHING, classes));
  }

  /// The VMs that this one can attack in at most so many direct attacks.
  ///
  /// @param maxHops at least 1; [Integer#MAX_VALUE] for the whole blast radius
  public static VmsByHop victims(AttackGraph graph, int vm, int maxHops) {
    return victims(graph, vm, maxHops, Exclusions.NOTHING);
  }

  /// The VMs that this one can attack in at most so many direct attacks without what is avoided.
  public static VmsByHop victims(AttackGraph graph, int vm, int maxHops, Exclusions avoided) {
    return new VmsByHop(
        graph, vm, new Search(graph, graph.rules().bySource(), vm, maxHops, avoided, NO_CLASS));
  }

  /// Hears of each VM found.
  @FunctionalInterface
  public interface Consumer {
    /// Takes one VM.
    ///
    /// @param hops the length of a shortest path between it and the VM asked about
    /// @param rule the lowest-numbered rule that allows, on some shortest path, the hop at its end
    void vm(int vm, int hops, int rule);
  }

  /// Names every VM found once, in the engine's order.
  public void forEach(Consumer consumer) {
    for (int vmClass : classes) {
      for (int rank = graph.classStart(vmClass); rank < graph.classStart(vmClass + 1); rank++) {
        if (graph.vmAt(rank) != vm) {
          consumer.vm(graph.vmAt(rank), hopsOfClass[vmClass], ruleOfClass[vmClass]);
        }
      }
    }
  }

  @Override
  public void forEachHops(FoundByHop.Consumer consumer) {
    forEach((found, hops, ignored) -> consumer.vm(found, hops));
  }

  @Override
  public Ranks ranks() {
    return ranks;
  }

  @Override
  public int hops(int other) {
    return other == vm ? 0 : hopsOfClass[graph.classOf(other)];
  }

  @Override
  public int rule(int found) {
    return ruleOfClass[graph.classOf(found)];
  }

  @Override
  public int mostHops() {
    int most = 0;
    for (int vmClass : classes) {
      boolean isMet =
          graph.classStart(vmClass + 1) - graph.classStart(vmClass) > 1
              || vmClass != graph.classOf(vm);
      most = isMet ? Math.max(most, hopsOfClass[vmClass]) : most;
    }
    return most;
  }

  /// As [#mostHops], without what stands for addresses outside.
  int mostHopsOfVms() {
    int most = 0;
    int itself = graph.isExternal(vm) ? 0 : 1;
    for (int vmClass : classes) {
      int others = graph.counted(vmClass) - (vmClass == graph.classOf(vm) ? itself : 0);
      most = others > 0 ? Math.max(most, hopsOfClass[vmClass]) : most;
    }
    return most;
  }

  /// The classes met, ascending. The class of the VM itself is among them if another member is, or
  /// if the VM lies on a cycle.
  int[] classes() {
    return classes;
  }

  int hopsOfClass(int vmClass) {
    return hopsOfClass[vmClass];
  }

  /// The lowest rule of the hop at the end of a class met.
  int ruleOfClass(int vmClass) {
    return ruleOfClass[vmClass];
  }

  /// The hops at which the tag was expanded, or -1 if it was not.
  int levelOfTag(int tag) {
    return levelOfTag[tag];
  }

  /// The hop at which rules first led to the tag from the tags expanded, or 0 if none did. Its
  /// holders are met at this hop or before.
  int hopsOfFarTag(int tag) {
    return hopsOfFarTag[tag];
  }

  private Ranks ranksOf(int[] ascending) {
    int[] bounds = new int[2 * ascending.length];
    int length = 0;
    for (int vmClass : ascending) {
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

    /// The rules by the tag on the side searched from.
    private final LiveRules.Side rules;

    private final Exclusions avoided;
    private final int[] hopsOfClass;
    private final int[] ruleOfClass;
    private final int[] hopsOfFarTag;

    /// Per far tag reached, the lowest rule between it and the tags expanded one hop before.
    private final int[] ruleOfFarTag;

    /// The far tags reached in the present hop.
    private final int[] farTags;

    private final int[] levelOfTag;

    /// The tags expanded, in that order; those of a hop side by side.
    private final int[] expanded;

    private int expandedCount;

    /// The classes met, in the order met.
    private int[] met = new int[16];

    private int metCount;

    /// @param last the search ends at the hop at which one of these classes is met
    Search(
        AttackGraph graph,
        LiveRules.Side rules,
        int vm,
        int maxHops,
        Exclusions avoided,
        BitSet last) {
      this.graph = graph;
      this.rules = rules;
      this.avoided = avoided;
      hopsOfClass = new int[graph.classes().size()];
      ruleOfClass = new int[graph.classes().size()];
      int tags = graph.environment().tagCount();
      hopsOfFarTag = new int[tags];
      ruleOfFarTag = new int[tags];
      farTags = new int[tags];
      levelOfTag = new int[tags];
      expanded = new int[tags];
      Arrays.fill(levelOfTag, NONE);
      expand(graph.classOf(vm), 0);
      int frontier = 0;
      for (int hop = 1; hop <= maxHops && frontier < expandedCount; hop++) {
        int metBefore = metCount;
        int frontierEnd = expandedCount;
        reach(frontier, frontierEnd, hop);
        if (hasMet(last, metBefore)) {
          return;
        }
        frontier = frontierEnd;
        for (int i = metBefore; i < metCount; i++) {
          expand(met[i], hop);
        }
      }
    }

    private boolean hasMet(BitSet last, int since) {
      for (int i = since; i < metCount && !last.isEmpty(); i++) {
        if (last.get(met[i])) {
          return true;
        }
      }
      return false;
    }

    /// The classes met, by number. Where most are met, looking at all is faster than sorting.
    int[] metAscending() {
      if (metCount < hopsOfClass.length / 32) {
        int[] ascending = Arrays.copyOf(met, metCount);
        Arrays.sort(ascending);
        return ascending;
      }
      int[] ascending = new int[metCount];
      int count = 0;
      for (int vmClass = 0; count < metCount; vmClass++) {
        if (hopsOfClass[vmClass] > 0) {
          ascending[count++] = vmClass;
        }
      }
      return ascending;
    }

    /// Meets every class that holds the other tag of a rule at the frontier.
    private void reach(int from, int to, int hop) {
      int reached = 0;
      for (int place = from; place < to; place++) {
        int near = expanded[place];
        for (int i = rules.start(near); i < rules.end(near); i++) {
          int far = rules.otherTag(i);
          if (avoided.rule(rules.rule(i))) {
            continue;
          }
          if (hopsOfFarTag[far] == 0) {
            hopsOfFarTag[far] = hop;
            ruleOfFarTag[far] = rules.rule(i);
            farTags[reached++] = far;
          } else if (hopsOfFarTag[far] == hop) {
            ruleOfFarTag[far] = Math.min(ruleOfFarTag[far], rules.rule(i));
          }
        }
      }
      for (int i = 0; i < reached; i++) {
        meetHolders(farTags[i], hop);
      }
    }

    private void meetHolders(int far, int hop) {
      var holders = graph.classesPerTag();
      for (int i = holders.start(far); i < holders.end(far); i++) {
        int vmClass = holders.target(i);
        if (hopsOfClass[vmClass] == 0) {
          meet(vmClass, hop, ruleOfFarTag[far]);
        } else if (hopsOfClass[vmClass] == hop) {
          ruleOfClass[vmClass] = Math.min(ruleOfClass[vmClass], ruleOfFarTag[far]);
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

    /// Expands the tags of a class that were not expanded before.
    private void expand(int vmClass, int level) {
      var tags = graph.classes().tags();
      for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
        int tag = tags.value(i);
        if (levelOfTag[tag] == NONE && rules.has(tag)) {
          levelOfTag[tag] = level;
          expanded[expandedCount++] = tag;
        }
      }
    }
  }
}
