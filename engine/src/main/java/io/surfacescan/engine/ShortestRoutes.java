package io.surfacescan.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;

/// All shortest paths from one VM to another at once, as a graph of classes.
///
/// Two searches over tags and classes, forwards from the one VM and backwards from the other, take
/// turns, always the cheaper one, until a rule leads from the last level of the one to the last of
/// the other. Where each hop multiplies the VMs reached, both together meet about the square root
/// of what one alone would.
///
/// On a shortest path no two VMs but its two ends can be of one class: what attacks the later one
/// attacks the earlier one too, which attacks what the later one attacks, and the path would not be
/// shortest. So each class on the way stands for any of its VMs, and none of them is an end.
final class ShortestRoutes {
  static final int NO_CLASS = -1;

  /// That there is no path is dear to find by search. The whole surface tells it too, and is asked
  /// when the search has gone on for about as long as that takes at most: soon if all ancestors are
  /// stored, late if it is another walk over most of the graph.
  private static final long STEPS_WITHOUT_DOUBT = 1 << 16;

  private static final long STEPS_WITHOUT_DOUBT_UNSTORED = 1 << 23;

  private final AttackGraph graph;
  private final int from;
  private final int to;
  private final Exclusions avoided;
  private final Steps steps;
  private final int hops;

  private final LevelSearch ahead;
  private final LevelSearch back;

  /// Of the source tags that the search ahead met, those from which shortest paths lead on, each
  /// with its level.
  private final IntMap leading;

  /// Per tag, the hops to the end of a VM that is attacked through it on a shortest path.
  private final IntMap leftOfTag;

  private ShortestRoutes(
      AttackGraph graph,
      int from,
      int to,
      Exclusions avoided,
      Steps steps,
      LevelSearch ahead,
      LevelSearch back) {
    this.graph = graph;
    this.from = from;
    this.to = to;
    this.avoided = avoided;
    this.steps = steps;
    this.hops = ahead.level() + 1 + back.level();
    this.ahead = ahead;
    this.back = back;
    this.leading = new IntMap(graph.environment().tagCount());
    this.leftOfTag = back.levelOfTag();
    keepWhatLeadsToTheEnd();
  }

  /// Finds out how long the shortest paths are and what lies on them.
  ///
  /// @param from not `to`
  /// @return empty if `from` cannot attack `to` without what is avoided
  static Optional<ShortestRoutes> of(
      AttackGraph graph, int from, int to, Exclusions avoided, Deadline deadline) {
    var steps = new Steps(deadline);
    var ahead = LevelSearch.ahead(graph, from, avoided, steps);
    var back = LevelSearch.back(graph, to, avoided, steps);
    boolean sure = false;
    long doubt = graph.hasAllStored() ? STEPS_WITHOUT_DOUBT : STEPS_WITHOUT_DOUBT_UNSTORED;
    while (!ahead.meets(back)) {
      if (ahead.isAtItsEnd() || back.isAtItsEnd()) {
        return Optional.empty();
      }
      if (!sure && steps.total() > doubt) {
        // Avoiding only takes attackers away, so who is none without it is none.
        if (!graph.attackersOfInAtomOf(to).contains(graph.rankOf(from))) {
          return Optional.empty();
        }
        sure = true;
      }
      (ahead.costOfNextLevel() <= back.costOfNextLevel() ? ahead : back).goOn();
    }
    return Optional.of(new ShortestRoutes(graph, from, to, avoided, steps, ahead, back));
  }

  /// The work done so far, in rules, tags and classes looked at.
  Steps steps() {
    return steps;
  }

  /// The length of each path.
  int hops() {
    return hops;
  }

  /// The class of the VM where all paths start.
  int firstClass() {
    return graph.classOf(from);
  }

  /// The lowest class above another to which shortest paths lead on from a class; or [#NO_CLASS].
  ///
  /// @param vmClass a class on a shortest path
  /// @param left the hops to the end from the class wanted, at least 1
  int next(int vmClass, int left, int above) {
    var tags = graph.classes().tags();
    var rules = graph.rules().bySource();
    int lowest = Integer.MAX_VALUE;
    for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
      int source = tags.value(i);
      for (int j = rules.start(source); j < rules.end(source); j++) {
        steps.add(1);
        if (leads(rules, j, left)) {
          lowest = lowestHolder(rules.otherTag(j), left, above, lowest);
        }
      }
    }
    return lowest == Integer.MAX_VALUE ? NO_CLASS : lowest;
  }

  private boolean leads(LiveRules.Side rules, int place, int left) {
    return leftOfTag.get(rules.otherTag(place)) == left && !avoided.rule(rules.rule(place));
  }

  /// The lowest class between the two that holds the tag at so many hops from the end; if there is
  /// none, the upper one.
  private int lowestHolder(int tag, int left, int above, int below) {
    var holders = graph.classesPerTag();
    int end = holders.end(tag);
    int found = Arrays.binarySearch(holders.targets(), holders.start(tag), end, above + 1);
    for (int i = found < 0 ? ~found : found; i < end && holders.target(i) < below; i++) {
      steps.add(1);
      if (leftOfClass(holders.target(i)) == left) {
        return holders.target(i);
      }
    }
    return below;
  }

  /// Hears of classes.
  @FunctionalInterface
  interface ClassConsumer {
    void vmClass(int vmClass);
  }

  /// Names every class to which shortest paths lead on from a class, some of them again and again.
  ///
  /// @param left the hops to the end from the classes wanted, at least 1
  /// @param stop the number of steps, of all taken so far, to stop at
  /// @return whether all were named
  boolean forEachNext(int vmClass, int left, long stop, ClassConsumer consumer) {
    var tags = graph.classes().tags();
    var rules = graph.rules().bySource();
    for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
      int source = tags.value(i);
      for (int j = rules.start(source); j < rules.end(source); j++) {
        steps.add(1);
        if (leads(rules, j, left)) {
          forEachHolder(rules.otherTag(j), left, consumer);
        }
        if (steps.total() > stop) {
          return false;
        }
      }
    }
    return true;
  }

  private void forEachHolder(int tag, int left, ClassConsumer consumer) {
    var holders = graph.classesPerTag();
    for (int i = holders.start(tag); i < holders.end(tag); i++) {
      steps.add(1);
      if (leftOfClass(holders.target(i)) == left) {
        consumer.vmClass(holders.target(i));
      }
    }
  }

  /// The path over the lowest-ranked VM of each class on the way.
  ///
  /// @param classes those between the two ends
  AttackPath path(int[] classes) {
    var path = new ArrayList<AttackPath.Hop>(hops);
    int at = from;
    for (int vmClass : classes) {
      int start = graph.classStart(vmClass);
      path.add(hop(at, graph.vmAt(start), graph.classStart(vmClass + 1) - start));
      at = graph.vmAt(start);
    }
    path.add(hop(at, to, 1));
    return new AttackPath(from, to, path);
  }

  private AttackPath.Hop hop(int attacker, int victim, int vms) {
    var rules = AttackPath.allowing(graph, attacker, victim, avoided);
    return new AttackPath.Hop(attacker, victim, rules, vms);
  }

  /// The hops to the end from a class on a shortest path. Other classes may have theirs too; no
  /// step leads to them.
  private int leftOfClass(int vmClass) {
    int left = back.hopsOfClass(vmClass);
    if (left != IntMap.ABSENT) {
      return left;
    }
    int level = ahead.hopsOfClass(vmClass);
    return level != IntMap.ABSENT && leadsOn(vmClass, level) ? hops - level : IntMap.ABSENT;
  }

  /// Whether the class carries a source tag of this level from which shortest paths lead on.
  private boolean leadsOn(int vmClass, int level) {
    var tags = graph.classes().tags();
    for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
      if (leading.get(tags.value(i)) == level) {
        return true;
      }
    }
    return false;
  }

  /// Back from the last level of the search ahead to its first: of the tags that it met, keeps
  /// those from which the end is near enough.
  private void keepWhatLeadsToTheEnd() {
    for (int level = ahead.level(); level > 0; level--) {
      int left = hops - level;
      for (int i = ahead.tagStart(level); i < ahead.tagEnd(level); i++) {
        if (leads(ahead.tags().get(i), left - 1)) {
          leading.putIfAbsent(ahead.tags().get(i), level);
        }
      }
      for (int i = ahead.farTagStart(level - 1); i < ahead.farTagStart(level); i++) {
        if (isHeldByLeading(ahead.farTags().get(i), level)) {
          leftOfTag.putIfAbsent(ahead.farTags().get(i), left);
        }
      }
    }
  }

  /// Whether a rule leads from the source tag to one so many hops from the end.
  private boolean leads(int source, int left) {
    var rules = graph.rules().bySource();
    for (int j = rules.start(source); j < rules.end(source); j++) {
      steps.add(1);
      if (leads(rules, j, left)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a VM that is attacked through the tag leads on; where much does, the first one does.
  private boolean isHeldByLeading(int dest, int level) {
    var holders = graph.classesPerTag();
    for (int i = holders.start(dest); i < holders.end(dest); i++) {
      steps.add(1);
      if (leadsOn(holders.target(i), level)) {
        return true;
      }
    }
    return false;
  }
}
