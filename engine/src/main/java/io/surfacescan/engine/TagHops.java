package io.surfacescan.engine;

import java.util.Arrays;

/// At which hops a breadth-first search from one VM meets tags and classes, and nothing else: the
/// search of [VmsByHop] without the rules of the hops, for where most of an environment is met.
///
/// Only tags have hops. A class is met at the lowest hop of its far tags, which whoever asks reads
/// off; that it was met is one bit.
final class TagHops {
  private static final int NONE = -1;

  private final AttackGraph graph;

  /// The rules by the tag on the side searched from.
  private final LiveRules.Side rules;

  /// Per tag, the hops of the VMs expanded first that carry it on the side searched from.
  private final int[] levelOfTag;

  /// Per tag, the hop at which rules first led to it from the tags expanded (0: never).
  private final int[] hopsOfFarTag;

  /// The classes met, one bit each.
  private final long[] met;

  /// The tags expanded, in that order; those of a hop side by side.
  private final int[] expanded;

  private int expandedCount;

  /// The far tags reached, in that order.
  private final IntRow farTags = new IntRow();

  private TagHops(AttackGraph graph, LiveRules.Side rules, int vm, int maxHops) {
    this.graph = graph;
    this.rules = rules;
    int tags = graph.environment().tagCount();
    levelOfTag = new int[tags];
    Arrays.fill(levelOfTag, NONE);
    hopsOfFarTag = new int[tags];
    met = new long[(graph.classes().size() >>> 6) + 1];
    expanded = new int[tags];
    expand(graph.classOf(vm), 0);
    int frontier = 0;
    for (int hop = 1; hop <= maxHops && frontier < expandedCount; hop++) {
      int frontierEnd = expandedCount;
      for (; frontier < frontierEnd; frontier++) {
        reach(expanded[frontier], hop);
      }
    }
  }

  /// Backwards from the VM.
  ///
  /// @param maxHops at least 1
  static TagHops ofAttackers(AttackGraph graph, int vm, int maxHops) {
    return new TagHops(graph, graph.rules().byDest(), vm, maxHops);
  }

  /// Forwards from the VM.
  ///
  /// @param maxHops at least 1
  static TagHops ofVictims(AttackGraph graph, int vm, int maxHops) {
    return new TagHops(graph, graph.rules().bySource(), vm, maxHops);
  }

  private void reach(int near, int hop) {
    for (int i = rules.start(near); i < rules.end(near); i++) {
      int far = rules.otherTag(i);
      if (hopsOfFarTag[far] == 0) {
        hopsOfFarTag[far] = hop;
        farTags.add(far);
        meetHolders(far, hop);
      }
    }
  }

  private void meetHolders(int far, int hop) {
    var holders = graph.classesPerTag();
    for (int i = holders.start(far); i < holders.end(far); i++) {
      int vmClass = holders.target(i);
      if ((met[vmClass >>> 6] & 1L << vmClass) == 0) {
        met[vmClass >>> 6] |= 1L << vmClass;
        expand(vmClass, hop);
      }
    }
  }

  /// Keeps the tags of a class that were not kept before for the next hop.
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

  /// Hears of classes.
  @FunctionalInterface
  interface ClassConsumer {
    void vmClass(int vmClass);
  }

  /// Names every class met, ascending.
  void forEachClass(ClassConsumer consumer) {
    for (int word = 0; word < met.length; word++) {
      for (long bits = met[word]; bits != 0; bits &= bits - 1) {
        consumer.vmClass((word << 6) + Long.numberOfTrailingZeros(bits));
      }
    }
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

  /// How many tags were expanded.
  int expandedCount() {
    return expandedCount;
  }

  /// A tag that was expanded, by its place.
  int expanded(int place) {
    return expanded[place];
  }

  /// The far tags reached, each once.
  IntRow farTags() {
    return farTags;
  }
}
