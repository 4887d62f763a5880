package io.surfacescan.engine;

import java.util.Arrays;
import java.util.BitSet;

/// The VMs that can attack some other member of a group, or that some other member can attack, each
/// with its least hops to (or from) any member but itself.
///
/// One breadth-first search from all members at once, as [VmsByHop] does from one. A VM that is a
/// member needs the nearest member *but itself*, so tags and classes keep the two nearest distinct
/// members instead of the nearest alone, and each is expanded at most twice. Two are enough: the
/// second nearest member of a VM is, one hop on, among the two nearest again, or is replaced there
/// by others as near.
///
/// Example: rules a -> b, b -> a; v0{a}, v2{b}; the group is v0 and v2. The class of v0 is met from
/// v2 at hop 1 and from v0 itself at hop 2: its hops are 1. In the group of v0 alone it is met from
/// v0 only, and is not found.
public final class GroupByHop implements FoundByHop {
  private static final int NONE = -1;

  private final AttackGraph graph;

  /// The rules by the tag at the end that is further from the members.
  private final LiveRules.Side rules;

  private final Exclusions avoided;

  /// Per tag expanded, the nearest members.
  private final Nearest ofTag;

  /// Per class met, the members that met it first.
  private final Nearest ofClass;

  /// Per class met, the lowest rule of a hop at its end of a shortest path, if no member is left
  /// out.
  private final int[] ruleOfClass;

  /// The members that tags or classes name.
  private final BitSet named;

  private final Ranks ranks;

  private GroupByHop(AttackGraph graph, LiveRules.Side rules, Search search) {
    this.graph = graph;
    this.rules = rules;
    this.avoided = search.avoided;
    this.ofTag = search.ofTag;
    this.ofClass = search.ofClass;
    this.named = search.named;
    this.ruleOfClass = ruleOfClass(search);
    this.ranks = foundRanks();
  }

  /// The VMs that need at most so many direct attacks to some other member.
  ///
  /// @param maxHops at least 1; [Integer#MAX_VALUE] for the whole attack surface
  public static GroupByHop attackers(AttackGraph graph, VmGroup group, int maxHops) {
    return attackers(graph, group, maxHops, Exclusions.NOTHING);
  }

  /// As [#attackers(AttackGraph, VmGroup, int)] without what is avoided.
  public static GroupByHop attackers(
      AttackGraph graph, VmGroup group, int maxHops, Exclusions avoided) {
    var search = new Search(graph, graph.rules().byDest(), group, maxHops, avoided);
    return new GroupByHop(graph, graph.rules().bySource(), search);
  }

  /// The VMs that some other member can attack in at most so many direct attacks.
  ///
  /// @param maxHops at least 1; [Integer#MAX_VALUE] for the whole blast radius
  public static GroupByHop victims(AttackGraph graph, VmGroup group, int maxHops) {
    return victims(graph, group, maxHops, Exclusions.NOTHING);
  }

  /// As [#victims(AttackGraph, VmGroup, int)] without what is avoided.
  public static GroupByHop victims(
      AttackGraph graph, VmGroup group, int maxHops, Exclusions avoided) {
    var search = new Search(graph, graph.rules().bySource(), group, maxHops, avoided);
    return new GroupByHop(graph, graph.rules().byDest(), search);
  }

  @Override
  public Ranks ranks() {
    return ranks;
  }

  @Override
  public int hops(int vm) {
    return Math.max(0, ofClass.levelBut(graph.classOf(vm), vm));
  }

  @Override
  public void forEachHops(FoundByHop.Consumer consumer) {
    for (int interval = 0; interval < ranks.intervalCount(); interval++) {
      for (int rank = ranks.from(interval); rank < ranks.to(interval); rank++) {
        int vm = graph.vmAt(rank);
        consumer.vm(vm, hops(vm));
      }
    }
  }

  /// Cost: a lookup, but for a member that others name the rules of its tags.
  @Override
  public int rule(int found) {
    int vmClass = graph.classOf(found);
    if (!named.get(found)) {
      return ruleOfClass[vmClass];
    }
    int hops = hops(found);
    int lowest = Integer.MAX_VALUE;
    var tags = graph.classes().tags();
    for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
      int tag = tags.value(i);
      for (int j = rules.start(tag); j < rules.end(tag); j++) {
        if (ofTag.levelBut(rules.otherTag(j), found) == hops - 1 && !avoided.rule(rules.rule(j))) {
          lowest = Math.min(lowest, rules.rule(j));
        }
      }
    }
    return lowest;
  }

  @Override
  public int mostHops() {
    int[] most = {0};
    forEachHops((ignored, hops) -> most[0] = Math.max(most[0], hops));
    return most[0];
  }

  private int[] ruleOfClass(Search search) {
    int[] lowest = new int[graph.classes().size()];
    var tags = graph.classes().tags();
    for (int vmClass = 0; vmClass < lowest.length; vmClass++) {
      int hops = ofClass.level[0][vmClass];
      lowest[vmClass] = Integer.MAX_VALUE;
      for (int i = tags.start(vmClass); hops != NONE && i < tags.end(vmClass); i++) {
        if (search.ofFarTag.level[0][tags.value(i)] == hops) {
          lowest[vmClass] = Math.min(lowest[vmClass], search.ruleOfFarTag[tags.value(i)]);
        }
      }
    }
    return lowest;
  }

  private Ranks foundRanks() {
    var found = new Ranks.Builder();
    for (int vmClass = 0; vmClass < graph.classes().size(); vmClass++) {
      if (ofClass.member[0][vmClass] != NONE) {
        boolean two = ofClass.member[1][vmClass] != NONE;
        int alone = two ? NONE : graph.rankOf(ofClass.member[0][vmClass]);
        found.addWithout(graph.classStart(vmClass), graph.classStart(vmClass + 1), alone);
      }
    }
    return found.build();
  }

  /// Per tag or class, the two nearest members met, the nearer one first, with their levels.
  private static final class Nearest {
    private final int[][] member;
    private final int[][] level;

    Nearest(int size) {
      member = new int[2][size];
      level = new int[2][size];
      for (int place = 0; place < 2; place++) {
        Arrays.fill(member[place], NONE);
        Arrays.fill(level[place], NONE);
      }
    }

    /// Takes a member unless it is there or two others are. Levels must not fall from call to call.
    boolean add(int at, int found, int atLevel) {
      for (int place = 0; place < 2; place++) {
        if (member[place][at] == found) {
          return false;
        }
        if (member[place][at] == NONE) {
          member[place][at] = found;
          level[place][at] = atLevel;
          return true;
        }
      }
      return false;
    }

    /// The level of the nearest member but one VM, or [#NONE].
    int levelBut(int at, int vm) {
      return member[0][at] == vm ? level[1][at] : level[0][at];
    }
  }

  private static final class Search {
    private final AttackGraph graph;

    /// The rules by the tag on the side searched from.
    private final LiveRules.Side rules;

    private final Exclusions avoided;
    private final Nearest ofTag;
    private final Nearest ofFarTag;
    private final Nearest ofClass;
    private final BitSet named = new BitSet();

    /// Per far tag reached, the lowest rule between it and the tags expanded one hop before.
    private final int[] ruleOfFarTag;

    /// What was first reached in the present hop: a tag or class, and the member.
    private final Pairs frontier = new Pairs();

    private final Pairs farTags = new Pairs();
    private final Pairs met = new Pairs();

    Search(
        AttackGraph graph, LiveRules.Side rules, VmGroup group, int maxHops, Exclusions avoided) {
      this.graph = graph;
      this.rules = rules;
      this.avoided = avoided;
      int tags = graph.environment().tagCount();
      ofTag = new Nearest(tags);
      ofFarTag = new Nearest(tags);
      ofClass = new Nearest(graph.classes().size());
      ruleOfFarTag = new int[tags];
      Arrays.fill(ruleOfFarTag, Integer.MAX_VALUE);
      for (int place = 0; place < group.size(); place++) {
        expand(graph.classOf(group.vm(place)), group.vm(place), 0);
      }
      for (int hop = 1; hop <= maxHops && frontier.size() > 0; hop++) {
        reachFarTags(hop);
        meetHolders(hop);
        for (int i = 0; i < met.size(); i++) {
          expand(met.at(i), met.member(i), hop);
        }
      }
    }

    /// Expands the tags of a class that do not have two members before.
    private void expand(int vmClass, int member, int level) {
      var tags = graph.classes().tags();
      for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
        int tag = tags.value(i);
        if (rules.has(tag) && ofTag.add(tag, member, level)) {
          named.set(member);
          frontier.add(tag, member);
        }
      }
    }

    private void reachFarTags(int hop) {
      farTags.clear();
      for (int i = 0; i < frontier.size(); i++) {
        int near = frontier.at(i);
        for (int j = rules.start(near); j < rules.end(near); j++) {
          int far = rules.otherTag(j);
          if (avoided.rule(rules.rule(j))) {
            continue;
          }
          if (ofFarTag.add(far, frontier.member(i), hop)) {
            farTags.add(far, frontier.member(i));
          }
          if (ofFarTag.level[0][far] == hop) {
            ruleOfFarTag[far] = Math.min(ruleOfFarTag[far], rules.rule(j));
          }
        }
      }
      frontier.clear();
    }

    private void meetHolders(int hop) {
      met.clear();
      var holders = graph.classesPerTag();
      for (int i = 0; i < farTags.size(); i++) {
        int far = farTags.at(i);
        for (int j = holders.start(far); j < holders.end(far); j++) {
          if (ofClass.add(holders.target(j), farTags.member(i), hop)) {
            met.add(holders.target(j), farTags.member(i));
          }
        }
      }
    }
  }

  /// Tags or classes, each with a member.
  private static final class Pairs {
    private final IntRow at = new IntRow();
    private final IntRow members = new IntRow();

    void add(int place, int member) {
      at.add(place);
      members.add(member);
    }

    int size() {
      return at.size();
    }

    int at(int i) {
      return at.get(i);
    }

    int member(int i) {
      return members.get(i);
    }

    void clear() {
      at.clear();
      members.clear();
    }
  }
}
