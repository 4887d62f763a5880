package io.surfacescan.engine;

import io.surfacescan.model.IntLists;
import java.util.Arrays;

/// Counts, for one rule after the other, the direct pairs that no rule with other tags allows.
///
/// For rule (s, d):
///
/// 1. Drop each destination class that another rule of tag s reaches: all its pairs are allowed
///    elsewhere.
/// 2. Drop each source class with another tag that leads to d, for the same reason.
/// 3. Group the source classes that are left by their *reach*: the tags of the remaining
///    destination classes to which their other tags lead.
/// 4. Count each group once, against the VMs of the remaining destination classes that hold no tag
///    of its reach.
///
/// Example: rules s→d and a→x; sources {s} and {s, a}; destinations {d} and {d, x}. Nothing is
/// dropped. {s} reaches nothing: its VMs count with both destinations. {s, a} reaches x: its VMs
/// count with {d} alone, since a→x allows their attack on {d, x}.
///
/// Holds scratch: one per thread.
final class OnlyPairs {
  private static final int STEPS_PER_DEADLINE = 1 << 14;

  private final AttackGraph graph;
  private final Adjacency holders;
  private final IntLists tags;
  private final Deadline deadline;
  private final long stepsMost;
  private long steps;

  /// Counts up with each rule, so that marks of earlier ones fade.
  private int turn;

  /// Per tag, the turn in which the source leads to it, or it to the destination.
  private final int[] elsewhereIn;

  /// The classes left that hold the destination tag.
  private int[] dests = new int[64];

  private int destCount;
  private long destVms;

  /// Per class, the turn in which it is among `dests`.
  private final int[] destIn;

  /// Per tag, the turn in which it has a place.
  private final int[] placedIn;

  /// Per tag that some class in `dests` holds and some rule ends at, its place.
  private final int[] placeOfTag;

  /// Per place, where its classes start in `destsByPlace`.
  private int[] placeStart = new int[64];

  private int placeCount;
  private int[] destsByPlace = new int[64];

  /// Per tag, the turn in which its reach was noted.
  private final int[] reachIn;

  /// Per tag, where the places stand in `reaches` to which its rules lead.
  private final int[] reachStart;

  private final int[] reachEnd;
  private int[] reaches = new int[64];
  private int reachUsed;

  /// Counts up with each class, so that marks of earlier ones fade.
  private long mark;

  private long[] markOfPlace = new long[64];
  private final long[] markOfClass;

  /// @param stepsMost after about so many steps no more rules are counted
  OnlyPairs(AttackGraph graph, long stepsMost, Deadline deadline) {
    this.graph = graph;
    this.holders = graph.classesPerTag();
    this.tags = graph.classes().tags();
    this.stepsMost = stepsMost;
    this.deadline = deadline;
    int tagCount = graph.environment().tagCount();
    this.elsewhereIn = new int[tagCount];
    this.placedIn = new int[tagCount];
    this.placeOfTag = new int[tagCount];
    this.reachIn = new int[tagCount];
    this.reachStart = new int[tagCount];
    this.reachEnd = new int[tagCount];
    this.destIn = new int[graph.classes().size()];
    this.markOfClass = new long[graph.classes().size()];
  }

  /// Whether the steps are used up, so that no rule will be counted any more. Unlike a deadline,
  /// that comes at the same rule on every machine.
  boolean isSpent() {
    return steps >= stepsMost;
  }

  /// @throws DeadlinePassed if it does, or if the steps are used up
  long count(int rule) {
    check();
    int source = graph.environment().sourceTag(rule);
    int dest = graph.environment().destTag(rule);
    keepDests(source, dest);
    if (destCount == 0) {
      return 0;
    }
    indexDests(dest);
    return countSources(source, dest);
  }

  private void step() {
    if (++steps % STEPS_PER_DEADLINE == 0) {
      check();
    }
  }

  private void check() {
    deadline.check();
    if (isSpent()) {
      throw new DeadlinePassed();
    }
  }

  private int vmsOf(int vmClass) {
    return graph.classStart(vmClass + 1) - graph.classStart(vmClass);
  }

  /// Starts a turn in which the other tags of the rules at one tag are marked, but for one.
  private void markElsewhere(LiveRules.Side rules, int at, int except) {
    turn++;
    for (int i = rules.start(at); i < rules.end(at); i++) {
      step();
      if (rules.otherTag(i) != except) {
        elsewhereIn[rules.otherTag(i)] = turn;
      }
    }
  }

  private boolean isElsewhere(int vmClass) {
    for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
      step();
      if (elsewhereIn[tags.value(i)] == turn) {
        return true;
      }
    }
    return false;
  }

  private void keepDests(int source, int dest) {
    markElsewhere(graph.rules().bySource(), source, dest);
    destCount = 0;
    destVms = 0;
    for (int i = holders.start(dest); i < holders.end(dest); i++) {
      int vmClass = holders.target(i);
      if (!isElsewhere(vmClass)) {
        dests = room(dests, destCount + 1);
        dests[destCount++] = vmClass;
        destVms += vmsOf(vmClass);
        destIn[vmClass] = turn;
      }
    }
  }

  /// Lists the classes in `dests` by the tags that they hold besides the destination tag.
  private void indexDests(int dest) {
    placeCount = 0;
    placeStart[0] = 0;
    for (int i = 0; i < destCount; i++) {
      for (int j = tags.start(dests[i]); j < tags.end(dests[i]); j++) {
        step();
        int tag = tags.value(j);
        if (tag != dest && graph.rules().endsAt(tag)) {
          if (placedIn[tag] != turn) {
            placedIn[tag] = turn;
            placeOfTag[tag] = placeCount++;
            placeStart = room(placeStart, placeCount + 1);
            placeStart[placeCount] = 0;
          }
          placeStart[placeOfTag[tag] + 1]++;
        }
      }
    }
    for (int place = 0; place < placeCount; place++) {
      placeStart[place + 1] += placeStart[place];
    }
    destsByPlace = room(destsByPlace, placeStart[placeCount]);
    markOfPlace = markOfPlace.length < placeCount ? new long[2 * placeCount] : markOfPlace;
    int[] next = Arrays.copyOf(placeStart, placeCount);
    for (int i = 0; i < destCount; i++) {
      for (int j = tags.start(dests[i]); j < tags.end(dests[i]); j++) {
        int tag = tags.value(j);
        if (placedIn[tag] == turn) {
          destsByPlace[next[placeOfTag[tag]]++] = dests[i];
        }
      }
    }
  }

  private long countSources(int source, int dest) {
    int destTurn = turn;
    markElsewhere(graph.rules().byDest(), dest, source);
    reachUsed = 0;
    var reachesSeen = new IntLists.Builder();
    long[] vmsOfReach = new long[16];
    long themselves = 0;
    int[] reach = {};
    for (int i = holders.start(source); i < holders.end(source); i++) {
      int vmClass = holders.target(i);
      if (isElsewhere(vmClass)) {
        continue;
      }
      mark++;
      int length = 0;
      for (int j = tags.start(vmClass); j < tags.end(vmClass); j++) {
        int tag = tags.value(j);
        if (tag == source) {
          continue;
        }
        noteReach(tag, destTurn);
        for (int k = reachStart[tag]; k < reachEnd[tag]; k++) {
          step();
          int place = reaches[k];
          if (markOfPlace[place] != mark) {
            markOfPlace[place] = mark;
            reach = room(reach, length + 1);
            reach[length++] = place;
          }
        }
      }
      Arrays.sort(reach, 0, length);
      int seen = reachesSeen.intern(reach, 0, length);
      if (seen >= vmsOfReach.length) {
        vmsOfReach = Arrays.copyOf(vmsOfReach, 2 * vmsOfReach.length);
      }
      vmsOfReach[seen] += vmsOf(vmClass);
      if (destIn[vmClass] == destTurn && !reachesItself(vmClass, destTurn)) {
        themselves += vmsOf(vmClass);
      }
    }
    return countReaches(reachesSeen.build(), vmsOfReach) - themselves;
  }

  /// Notes the places to which the rules at a tag lead.
  private void noteReach(int tag, int destTurn) {
    if (reachIn[tag] == turn) {
      return;
    }
    reachIn[tag] = turn;
    reachStart[tag] = reachUsed;
    var rules = graph.rules().bySource();
    for (int i = rules.start(tag); i < rules.end(tag); i++) {
      step();
      if (placedIn[rules.otherTag(i)] == destTurn) {
        reaches = room(reaches, reachUsed + 1);
        reaches[reachUsed++] = placeOfTag[rules.otherTag(i)];
      }
    }
    reachEnd[tag] = reachUsed;
  }

  /// Whether the class marked last leads to a tag of its own.
  private boolean reachesItself(int vmClass, int destTurn) {
    for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
      int tag = tags.value(i);
      if (placedIn[tag] == destTurn && markOfPlace[placeOfTag[tag]] == mark) {
        return true;
      }
    }
    return false;
  }

  private long countReaches(IntLists reachesSeen, long[] vmsOfReach) {
    long pairs = 0;
    for (int seen = 0; seen < reachesSeen.size(); seen++) {
      mark++;
      long left = destVms;
      for (int i = reachesSeen.start(seen); i < reachesSeen.end(seen); i++) {
        int place = reachesSeen.value(i);
        for (int j = placeStart[place]; j < placeStart[place + 1]; j++) {
          step();
          int vmClass = destsByPlace[j];
          if (markOfClass[vmClass] != mark) {
            markOfClass[vmClass] = mark;
            left -= vmsOf(vmClass);
          }
        }
      }
      pairs += vmsOfReach[seen] * left;
    }
    return pairs;
  }

  private static int[] room(int[] array, int length) {
    return length <= array.length
        ? array
        : Arrays.copyOf(array, Math.max(length, 2 * array.length));
  }
}
