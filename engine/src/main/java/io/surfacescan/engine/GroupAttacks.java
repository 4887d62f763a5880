package io.surfacescan.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/// Which VMs of one group some other VM of another group can attack, for many pairs of groups at
/// once.
///
/// 64 pairs of groups are the bits of a mask. The masks go breadth-first from the tags of the
/// attacking groups over the rules to the tags and classes of VMs they reach. A tag or class passes
/// on only the bits that are new to it, so a walk for 64 pairs costs little more than one for a
/// single pair.
///
/// A VM does not attack itself. Where a VM stands in both groups and alone of its class among the
/// attackers, and its class reaches itself, the mask cannot show whether another one attacks it.
/// [GroupByHop] looks at such pairs of groups again.
public final class GroupAttacks {
  /// Two groups, and what counts as an attack of the one on the other.
  ///
  /// @param from the VMs that attack; neither set is to be changed afterwards
  /// @param to the VMs that are attacked
  /// @param maxHops at least 1; [Integer#MAX_VALUE] for any number
  /// @param avoided rules that count as not there; queries with the same ones should share the set,
  ///   which is not to be changed afterwards
  public record Query(BitSet from, BitSet to, int maxHops, BitSet avoided) {}

  private static final int LANES = Long.SIZE;
  private static final int STEPS_PER_DEADLINE = 1 << 16;

  /// The classes of a group's VMs.
  ///
  /// @param all with any VM of the group
  /// @param single with one VM of it
  private record Members(BitSet all, BitSet single) {
    /// Cost: a look at each VM of the group, or at each class and each VM that is not in it.
    static Members of(AttackGraph graph, BitSet group) {
      int vms = graph.environment().vmCount();
      return group.cardinality() > vms / 2 ? ofMost(graph, group, vms) : ofFew(graph, group);
    }

    private static Members ofFew(AttackGraph graph, BitSet group) {
      var all = new BitSet();
      var several = new BitSet();
      for (int vm = group.nextSetBit(0); vm >= 0; vm = group.nextSetBit(vm + 1)) {
        int vmClass = graph.classOf(vm);
        (all.get(vmClass) ? several : all).set(vmClass);
      }
      var single = (BitSet) all.clone();
      single.andNot(several);
      return new Members(all, single);
    }

    private static Members ofMost(AttackGraph graph, BitSet group, int vms) {
      int[] counts = new int[graph.classes().size()];
      Arrays.setAll(counts, each -> graph.classStart(each + 1) - graph.classStart(each));
      for (int vm = group.nextClearBit(0); vm < vms; vm = group.nextClearBit(vm + 1)) {
        counts[graph.classOf(vm)]--;
      }
      var all = new BitSet();
      var single = new BitSet();
      for (int each = 0; each < counts.length; each++) {
        all.set(each, counts[each] > 0);
        single.set(each, counts[each] == 1);
      }
      return new Members(all, single);
    }
  }

  private final AttackGraph graph;
  private final List<Query> queries;
  private final Deadline deadline;

  /// Of each distinct group met so far.
  private final Map<BitSet, Members> members;

  /// Per rule, the queries that avoid it; empty if none avoids any.
  private final long[] denied;

  /// Per near tag, far tag and class: what reached it, and what reached it in this hop.
  private final long[] seenNear;

  private final long[] newNear;
  private final long[] seenFar;
  private final long[] newFar;
  private final long[] seenClass;
  private final long[] newClass;

  private final IntRow nearTags = new IntRow();
  private final IntRow farTags = new IntRow();
  private final IntRow classes = new IntRow();
  private int steps;

  private GroupAttacks(
      AttackGraph graph, List<Query> queries, Map<BitSet, Members> members, Deadline deadline) {
    this.graph = graph;
    this.queries = queries;
    this.members = members;
    this.deadline = deadline;
    int tags = graph.environment().tagCount();
    denied = denied(graph.environment().ruleCount(), queries);
    seenNear = new long[tags];
    newNear = new long[tags];
    seenFar = new long[tags];
    newFar = new long[tags];
    seenClass = new long[graph.classes().size()];
    newClass = new long[graph.classes().size()];
  }

  /// The VMs of `to` that some other VM of `from` can attack, for each query.
  ///
  /// Cost: one look at each VM of each distinct group; per 64 queries a walk over what their groups
  /// reach; per query a look at each class of its groups, and at the VMs of the classes that are
  /// attacked or at those that are not, whichever are fewer.
  ///
  /// @throws DeadlinePassed if it does
  public static List<BitSet> attacked(AttackGraph graph, List<Query> queries, Deadline deadline) {
    var attacked = new ArrayList<BitSet>(queries.size());
    var members = new HashMap<BitSet, Members>();
    for (int first = 0; first < queries.size(); first += LANES) {
      deadline.check();
      var block = queries.subList(first, Math.min(first + LANES, queries.size()));
      var walk = new GroupAttacks(graph, block, members, deadline);
      walk.walk();
      for (int lane = 0; lane < block.size(); lane++) {
        attacked.add(walk.attacked(lane));
      }
    }
    return attacked;
  }

  private static long[] denied(int rules, List<Query> queries) {
    var lanes = new IdentityHashMap<BitSet, Long>();
    for (int lane = 0; lane < queries.size(); lane++) {
      if (!queries.get(lane).avoided.isEmpty()) {
        lanes.merge(queries.get(lane).avoided, 1L << lane, (one, other) -> one | other);
      }
    }
    if (lanes.isEmpty()) {
      return new long[0];
    }
    long[] denied = new long[rules];
    lanes.forEach((avoided, mask) -> {
      for (int rule = avoided.nextSetBit(0); rule >= 0; rule = avoided.nextSetBit(rule + 1)) {
        denied[rule] |= mask;
      }
    });
    return denied;
  }

  private void walk() {
    start();
    for (int hop = 1; nearTags.size() > 0; hop++) {
      long active = 0;
      for (int lane = 0; lane < queries.size(); lane++) {
        active |= queries.get(lane).maxHops >= hop ? 1L << lane : 0;
      }
      reachFarTags(active);
      meetHolders();
      for (int i = 0; i < classes.size(); i++) {
        int vmClass = classes.get(i);
        long lanes = newClass[vmClass];
        newClass[vmClass] = 0;
        seenClass[vmClass] |= lanes;
        leave(vmClass, lanes);
      }
      classes.clear();
    }
  }

  private Members members(BitSet group) {
    return members.computeIfAbsent(group, some -> Members.of(graph, some));
  }

  private void start() {
    for (int lane = 0; lane < queries.size(); lane++) {
      var query = queries.get(lane);
      if (query.to.isEmpty()) {
        continue;
      }
      var from = members(query.from).all;
      for (int each = from.nextSetBit(0); each >= 0; each = from.nextSetBit(each + 1)) {
        if (newClass[each] == 0) {
          classes.add(each);
        }
        newClass[each] |= 1L << lane;
      }
    }
    for (int i = 0; i < classes.size(); i++) {
      leave(classes.get(i), newClass[classes.get(i)]);
      newClass[classes.get(i)] = 0;
    }
    classes.clear();
  }

  /// Takes the tags through which the VMs of a class attack.
  private void leave(int vmClass, long lanes) {
    var tags = graph.classes().tags();
    var rules = graph.rules().bySource();
    for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
      int tag = tags.value(i);
      long fresh = lanes & ~seenNear[tag];
      if (fresh != 0 && rules.has(tag)) {
        if (newNear[tag] == 0) {
          nearTags.add(tag);
        }
        newNear[tag] |= fresh;
        seenNear[tag] |= fresh;
      }
    }
    step(tags.length(vmClass));
  }

  private void reachFarTags(long active) {
    var rules = graph.rules().bySource();
    for (int i = 0; i < nearTags.size(); i++) {
      int near = nearTags.get(i);
      long lanes = newNear[near] & active;
      newNear[near] = 0;
      for (int j = rules.start(near); j < rules.end(near) && lanes != 0; j++) {
        int far = rules.otherTag(j);
        long fresh = lanes & ~seenFar[far];
        if (denied.length > 0) {
          fresh &= ~denied[rules.rule(j)];
        }
        if (fresh != 0) {
          if (newFar[far] == 0) {
            farTags.add(far);
          }
          newFar[far] |= fresh;
        }
      }
      step(rules.end(near) - rules.start(near));
    }
    nearTags.clear();
  }

  private void meetHolders() {
    var holders = graph.classesPerTag();
    for (int i = 0; i < farTags.size(); i++) {
      int far = farTags.get(i);
      long lanes = newFar[far];
      newFar[far] = 0;
      seenFar[far] |= lanes;
      for (int j = holders.start(far); j < holders.end(far); j++) {
        int vmClass = holders.target(j);
        long fresh = lanes & ~seenClass[vmClass];
        if (fresh != 0) {
          if (newClass[vmClass] == 0) {
            classes.add(vmClass);
          }
          newClass[vmClass] |= fresh;
        }
      }
      step(holders.end(far) - holders.start(far));
    }
    farTags.clear();
  }

  private void step(int count) {
    steps += count;
    if (steps >= STEPS_PER_DEADLINE) {
      steps = 0;
      deadline.check();
    }
  }

  private BitSet attacked(int lane) {
    var query = queries.get(lane);
    var targets = members(query.to).all;
    var single = members(query.from).single;
    int attackedVms = 0;
    int otherVms = 0;
    for (int each = targets.nextSetBit(0); each >= 0; each = targets.nextSetBit(each + 1)) {
      int size = graph.classStart(each + 1) - graph.classStart(each);
      if ((seenClass[each] & 1L << lane) == 0) {
        otherVms += size;
        continue;
      }
      attackedVms += size;
      if (single.get(each) && graph.reachesItself(each) && isInBoth(query, each)) {
        return attackedByOthers(query);
      }
    }
    if (attackedVms < otherVms) {
      var found = new BitSet(query.to.length());
      forEachVm(targets, lane, true, vm -> found.set(vm, query.to.get(vm)));
      return found;
    }
    var found = (BitSet) query.to.clone();
    if (otherVms > 0) {
      forEachVm(targets, lane, false, found::clear);
    }
    return found;
  }

  /// Whether any VM of a class is in both groups.
  private boolean isInBoth(Query query, int vmClass) {
    for (int rank = graph.classStart(vmClass); rank < graph.classStart(vmClass + 1); rank++) {
      if (query.from.get(graph.vmAt(rank)) && query.to.get(graph.vmAt(rank))) {
        return true;
      }
    }
    return false;
  }

  /// The VMs of those classes that are attacked, or of those that are not.
  private void forEachVm(BitSet some, int lane, boolean areAttacked, IntConsumer each) {
    for (int vmClass = some.nextSetBit(0); vmClass >= 0; vmClass = some.nextSetBit(vmClass + 1)) {
      if ((seenClass[vmClass] & 1L << lane) != 0 == areAttacked) {
        int end = graph.classStart(vmClass + 1);
        for (int rank = graph.classStart(vmClass); rank < end; rank++) {
          each.accept(graph.vmAt(rank));
        }
      }
    }
  }

  private BitSet attackedByOthers(Query query) {
    var from = VmGroup.of(query.from.stream().toArray());
    var victims = GroupByHop.victims(graph, from, query.maxHops, Exclusions.ofRules(query.avoided));
    var found = new BitSet();
    query.to.stream().filter(vm -> victims.hops(vm) > 0).forEach(found::set);
    return found;
  }
}
