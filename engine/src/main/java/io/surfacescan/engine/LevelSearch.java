package io.surfacescan.engine;

/// A breadth-first search from one VM over tags and classes, forwards or backwards, that is told
/// when to go on, and keeps what it meets in maps: it costs what it meets, not the size of the
/// environment.
///
/// *Near* tags are those on the side searched from: source tags forwards, destination tags
/// backwards. A near tag has the level of the nearest VM that carries it, 0 if the first VM does. A
/// *far* tag is the other tag of a rule of a near tag. As in [VmsByHop], other members of the first
/// VM's class are met but lead no further than it does.
final class LevelSearch {
  /// Of more classes, or more than a quarter of all, hops are those of their nearest tag, which
  /// takes longer to look up.
  private static final int FEW_MOST = 1 << 12;

  private final AttackGraph graph;

  /// The rules by the tag on the side searched from.
  private final LiveRules.Side rules;

  private final Exclusions avoided;
  private final Steps steps;

  private final IntMap levelOfTag;
  private final IntMap hopsOfFarTag;

  /// The classes met, as long as they are few, with their hops.
  private final IntMap fewClasses = new IntMap();

  /// The classes met, one bit each, once they are many; empty before.
  private long[] manyClasses = {};

  /// All near tags, level by level.
  private final IntRow tags = new IntRow();

  private final IntRow tagStarts = new IntRow();

  /// All far tags, level by level of the near tags from which they were first reached.
  private final IntRow farTags = new IntRow();

  private final IntRow farTagStarts = new IntRow();

  /// How many classes hold the far tags, each counted with each of its tags.
  private long holders;

  private LevelSearch(
      AttackGraph graph, LiveRules.Side rules, int vm, Exclusions avoided, Steps steps) {
    this.graph = graph;
    this.rules = rules;
    this.avoided = avoided;
    this.steps = steps;
    int tagCount = graph.environment().tagCount();
    levelOfTag = new IntMap(tagCount);
    hopsOfFarTag = new IntMap(tagCount);
    tagStarts.add(0);
    addNearTags(graph.classOf(vm), 0);
    tagStarts.add(tags.size());
    reachFarTags();
  }

  static LevelSearch ahead(AttackGraph graph, int from, Exclusions avoided, Steps steps) {
    return new LevelSearch(graph, graph.rules().bySource(), from, avoided, steps);
  }

  static LevelSearch back(AttackGraph graph, int to, Exclusions avoided, Steps steps) {
    return new LevelSearch(graph, graph.rules().byDest(), to, avoided, steps);
  }

  /// The last level whose near tags are known: VMs at most so many hops away have been met.
  int level() {
    return tagStarts.size() - 2;
  }

  /// Whether there is nothing further to meet.
  boolean isAtItsEnd() {
    return farTagStart(level()) == farTags.size();
  }

  /// What the next level costs, in classes to look at.
  long costOfNextLevel() {
    return holders;
  }

  /// Meets the classes one hop further, and takes the tags through which they lead on.
  void goOn() {
    int level = level() + 1;
    int end = farTags.size();
    for (int i = farTagStart(level - 1); i < end; i++) {
      meetHolders(farTags.get(i), level);
    }
    tagStarts.add(tags.size());
    reachFarTags();
  }

  private void meetHolders(int far, int hops) {
    var holding = graph.classesPerTag();
    for (int i = holding.start(far); i < holding.end(far); i++) {
      if (meet(holding.target(i), hops)) {
        addNearTags(holding.target(i), hops);
      }
      steps.add(1);
    }
  }

  /// Says whether the class was not met before.
  private boolean meet(int vmClass, int hops) {
    if (manyClasses.length == 0) {
      boolean isNew = fewClasses.putIfAbsent(vmClass, hops);
      if (fewClasses.size() > Math.min(FEW_MOST, graph.classes().size() / 4)) {
        manyClasses = new long[(graph.classes().size() >>> 6) + 1];
        fewClasses.forEachKey(known -> manyClasses[known >>> 6] |= 1L << known);
      }
      return isNew;
    }
    long word = manyClasses[vmClass >>> 6];
    manyClasses[vmClass >>> 6] = word | 1L << vmClass;
    return (word & 1L << vmClass) == 0;
  }

  private void addNearTags(int vmClass, int level) {
    var carried = graph.classes().tags();
    for (int i = carried.start(vmClass); i < carried.end(vmClass); i++) {
      int tag = carried.value(i);
      if (rules.has(tag) && levelOfTag.putIfAbsent(tag, level)) {
        tags.add(tag);
      }
    }
    steps.add(carried.length(vmClass));
  }

  private void reachFarTags() {
    farTagStarts.add(farTags.size());
    holders = 0;
    int level = level();
    for (int i = tagStart(level); i < tagEnd(level); i++) {
      int near = tags.get(i);
      for (int j = rules.start(near); j < rules.end(near); j++) {
        int far = rules.otherTag(j);
        if (!avoided.rule(rules.rule(j)) && hopsOfFarTag.putIfAbsent(far, level + 1)) {
          farTags.add(far);
          holders += graph.classesPerTag().end(far) - graph.classesPerTag().start(far);
        }
        steps.add(1);
      }
    }
  }

  /// Whether a rule leads from the last level of this search, which goes forwards, to the last of
  /// one that goes backwards.
  boolean meets(LevelSearch back) {
    for (int i = farTagStart(level()); i < farTags.size(); i++) {
      if (back.levelOfTag.get(farTags.get(i)) == back.level()) {
        return true;
      }
    }
    return false;
  }

  /// The level of a near tag; -1 if it was not met.
  IntMap levelOfTag() {
    return levelOfTag;
  }

  /// The hop at which a tag is first reached over a rule.
  IntMap hopsOfFarTag() {
    return hopsOfFarTag;
  }

  /// The hops of a class met; [IntMap#ABSENT] if it was not.
  int hopsOfClass(int vmClass) {
    if (manyClasses.length == 0) {
      return fewClasses.get(vmClass);
    }
    var carried = graph.classes().tags();
    int hops = IntMap.ABSENT;
    for (int i = carried.start(vmClass); i < carried.end(vmClass); i++) {
      int far = hopsOfFarTag.get(carried.value(i));
      // A far tag first reached from the last level has holders that are not met yet.
      if (far != IntMap.ABSENT && far <= level() && (hops == IntMap.ABSENT || far < hops)) {
        hops = far;
      }
    }
    return hops;
  }

  /// The place in [#tags] of the first near tag of a level.
  int tagStart(int level) {
    return tagStarts.get(level);
  }

  int tagEnd(int level) {
    return tagStarts.get(level + 1);
  }

  IntRow tags() {
    return tags;
  }

  /// The place in [#farTags] of the first one that was first reached from a level, at one hop more.
  int farTagStart(int level) {
    return farTagStarts.get(level);
  }

  IntRow farTags() {
    return farTags;
  }
}
