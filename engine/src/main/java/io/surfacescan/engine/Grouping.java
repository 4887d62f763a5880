package io.surfacescan.engine;

import io.surfacescan.engine.SurfaceGroups.Direction;
import io.surfacescan.engine.SurfaceGroups.Edge;
import io.surfacescan.engine.SurfaceGroups.Group;
import io.surfacescan.engine.SurfaceGroups.Layout;
import io.surfacescan.engine.SurfaceGroups.Others;
import io.surfacescan.engine.SurfaceGroups.Tagged;
import io.surfacescan.model.TextOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// Works out [SurfaceGroups].
///
/// A tag is an entry tag at one hop only: the hop at which rules first lead to it. A VM with the
/// tag that is nearer entered by another tag, and no VM with the tag is farther. So the tag alone
/// names a group. Likewise, the tag at the near end of a rule on a shortest path lies one hop
/// nearer exactly if it was expanded there. The search works on classes and tags, never on single
/// VMs.
///
/// Example: rules a→x and b→a, VMs A{a}, B{b}, C{a, b}. Of x, tag a is the entry of hop 1 with A
/// and C, and tag b of hop 2 with B alone: C carries b too, and is nearer.
final class Grouping implements GroupCounts {
  private static final int STEPS_PER_DEADLINE = 1 << 12;
  private static final int NOT_COUNTED = -1;

  private final AttackGraph graph;
  private final int vm;
  private final Direction direction;
  private final Deadline deadline;
  private final TagHops found;

  /// The rules by the tag at their far end.
  private final LiveRules.Side rules;

  private final TextOrder tagOrder;

  /// Per class, the tag of the group that counts its VMs; less than 0 if none does.
  private final int[] tagOfClass;

  /// Per entry tag, who at its hop carries it.
  private final int[] carrying;

  /// Per entry tag, who is counted in its group.
  private final int[] counted;

  /// Per class, those who stand for addresses outside; empty if nobody does, as are the next two.
  private final int[] externalsOfClass;

  /// Per entry tag, those of `carrying` who stand for addresses outside.
  private final int[] externalsCarrying;

  /// Per entry tag, those of `counted` who do.
  private final int[] externalsCounted;

  /// Per tag, its hop above and its place in code-point order below: the lowest of a class is that
  /// of the group that counts its VMs. [Long#MAX_VALUE] for tags that the search did not reach.
  private final long[] keys;

  /// The tags of all groups, in the order reached.
  private int[] entryTags = {};

  private int groupCount;

  /// Everyone counted but addresses outside.
  private int total;

  private int mostHops;

  Grouping(AttackGraph graph, int vm, Direction direction, int maxHops, Deadline deadline) {
    this.graph = graph;
    this.vm = vm;
    this.direction = direction;
    this.deadline = deadline;
    this.found =
        switch (direction) {
          case IN -> TagHops.ofAttackers(graph, vm, maxHops);
          case OUT -> TagHops.ofVictims(graph, vm, maxHops);
        };
    this.rules =
        switch (direction) {
          case IN -> graph.rules().bySource();
          case OUT -> graph.rules().byDest();
        };
    this.tagOrder = graph.tagOrder();
    this.tagOfClass = new int[graph.classes().size()];
    Arrays.fill(tagOfClass, NOT_COUNTED);
    this.keys = new long[graph.environment().tagCount()];
    this.carrying = new int[graph.environment().tagCount()];
    this.counted = new int[graph.environment().tagCount()];
    this.externalsOfClass = externalsOfClasses(graph);
    this.externalsCarrying = new int[externalsOfClass.length == 0 ? 0 : counted.length];
    this.externalsCounted = new int[externalsCarrying.length];
  }

  /// @param pinned VMs whose groups are never folded
  SurfaceGroups answer(Layout layout, List<Integer> pinned) {
    countEntries();
    int[] pinnedTags =
        pinned.stream().flatMapToInt(other -> groupOf(other).stream()).distinct().toArray();
    var selection = GroupSelection.of(this, layout, pinnedTags);
    var nodes = new Nodes(selection);
    var edges = new Edges(nodes);
    return new SurfaceGroups(
        vm,
        direction,
        total,
        mostHops,
        groupCount,
        nodes.groups(edges),
        edges.all(),
        selection.columns(),
        Arrays.stream(pinnedTags).map(nodes::ofTag).boxed().toList(),
        SurfaceGroups.GroupKey.TAG);
  }

  /// The VMs counted in the group of a tag, those that stand for addresses outside among them; none
  /// if there is no such group at this hop.
  Ranks members(int hop, int tag) {
    countEntries();
    var holders = graph.classesPerTag();
    int[] bounds = new int[2 * (holders.end(tag) - holders.start(tag))];
    int length = 0;
    for (int i = holders.start(tag); i < holders.end(tag) && hopOf(tag) == hop; i++) {
      int vmClass = holders.target(i);
      if (tagOfClass[vmClass] == tag) {
        bounds[length++] = graph.classStart(vmClass);
        bounds[length++] = graph.classStart(vmClass + 1);
      }
    }
    return joined(bounds, length).without(graph.rankOf(vm));
  }

  /// Ranks by their bounds, of which neighbours may touch.
  static Ranks joined(int[] bounds, int length) {
    int joined = 0;
    for (int i = 0; i < length; i += 2) {
      if (joined > 0 && bounds[joined - 1] == bounds[i]) {
        bounds[joined - 1] = bounds[i + 1];
      } else {
        bounds[joined++] = bounds[i];
        bounds[joined++] = bounds[i + 1];
      }
    }
    return Ranks.ofBounds(Arrays.copyOf(bounds, joined));
  }

  /// The tag of the group that counts a VM; empty if none does.
  private OptionalInt groupOf(int other) {
    int tag = tagOfClass[graph.classOf(other)];
    return other != vm && tag >= 0 ? OptionalInt.of(tag) : OptionalInt.empty();
  }

  @Override
  public int groupCount() {
    return groupCount;
  }

  @Override
  public int group(int place) {
    return entryTags[place];
  }

  @Override
  public int hopOf(int entryTag) {
    return found.hopsOfFarTag(entryTag);
  }

  @Override
  public int placeOf(int tag) {
    return tagOrder.placeOf(tag);
  }

  @Override
  public int mostHops() {
    return mostHops;
  }

  @Override
  public int externalsCounted(int entryTag) {
    return externalsCounted.length == 0 ? 0 : externalsCounted[entryTag];
  }

  @Override
  public int vmsCounted(int entryTag) {
    return counted[entryTag] - externalsCounted(entryTag);
  }

  private int externalsCarrying(int entryTag) {
    return externalsCarrying.length == 0 ? 0 : externalsCarrying[entryTag];
  }

  /// The members of the class, but for the VM asked about.
  private int membersOfClass(int vmClass) {
    int vms = graph.classStart(vmClass + 1) - graph.classStart(vmClass);
    return vmClass == graph.classOf(vm) ? vms - 1 : vms;
  }

  private boolean isEntry(int tag, int hop) {
    return found.hopsOfFarTag(tag) == hop;
  }

  /// How many members of the class, but for the VM asked about, stand for addresses outside.
  private int externalsOfClass(int vmClass) {
    if (externalsOfClass.length == 0) {
      return 0;
    }
    boolean isSelf = vmClass == graph.classOf(vm) && graph.externals().contains(graph.rankOf(vm));
    return externalsOfClass[vmClass] - (isSelf ? 1 : 0);
  }

  private static int[] externalsOfClasses(AttackGraph graph) {
    var externals = graph.externals();
    if (externals.isEmpty()) {
      return new int[0];
    }
    int[] counts = new int[graph.classes().size()];
    for (int interval = 0; interval < externals.intervalCount(); interval++) {
      for (int rank = externals.from(interval); rank < externals.to(interval); rank++) {
        counts[graph.classOf(graph.vmAt(rank))]++;
      }
    }
    return counts;
  }

  @Override
  public void checkDeadline(int step) {
    if (step % STEPS_PER_DEADLINE == 0) {
      deadline.check();
    }
  }

  private void countEntries() {
    Arrays.fill(keys, Long.MAX_VALUE);
    for (int i = 0; i < found.farTags().size(); i++) {
      int tag = found.farTags().get(i);
      keys[tag] = (long) found.hopsOfFarTag(tag) << Integer.SIZE | tagOrder.placeOf(tag);
    }
    found.forEachClass(vmClass -> {
      checkDeadline(vmClass);
      int members = membersOfClass(vmClass);
      if (members > 0) {
        countEntries(vmClass, members, externalsOfClass(vmClass));
      }
    });
    entryTags = new int[found.farTags().size()];
    for (int i = 0; i < found.farTags().size(); i++) {
      int tag = found.farTags().get(i);
      if (carrying[tag] > 0) {
        entryTags[groupCount++] = tag;
        mostHops = Math.max(mostHops, hopOf(tag));
      }
    }
  }

  /// Works without branches where it can: which tags of a class are entries is hard to foresee.
  private void countEntries(int vmClass, int members, int externals) {
    var tags = graph.classes().tags();
    int start = tags.start(vmClass);
    int end = tags.end(vmClass);
    long lowest = Long.MAX_VALUE;
    for (int i = start; i < end; i++) {
      lowest = Math.min(lowest, keys[tags.value(i)]);
    }
    int hop = (int) (lowest >>> Integer.SIZE);
    for (int i = start; i < end; i++) {
      int tag = tags.value(i);
      carrying[tag] += isEntry(tag, hop) ? members : 0;
      if (externals > 0 && isEntry(tag, hop)) {
        externalsCarrying[tag] += externals;
      }
    }
    int first = tagOrder.at((int) lowest);
    tagOfClass[vmClass] = first;
    counted[first] += members;
    if (externals > 0) {
      externalsCounted[first] += externals;
    }
    total += members - externals;
  }

  /// The groups drawn.
  private final class Nodes {
    private final DrawnNodes drawn;

    Nodes(GroupSelection selection) {
      drawn = new DrawnNodes(Grouping.this, selection, counted.length);
    }

    int ofTag(int tag) {
      return drawn.of(tag);
    }

    List<Group> groups(Edges edges) {
      int[] folded = new int[drawn.count()];
      int[] vms = new int[drawn.count()];
      int[] externals = new int[drawn.count()];
      for (int i = 0; i < groupCount; i++) {
        int tag = entryTags[i];
        folded[drawn.of(tag)]++;
        vms[drawn.of(tag)] += vmsCounted(tag);
        externals[drawn.of(tag)] += externalsCounted(tag);
      }
      var samples = samples();
      var groups = new ArrayList<Group>(drawn.count());
      for (int node = 0; node < drawn.count(); node++) {
        int key = drawn.group(node);
        if (!drawn.isFolded(node)) {
          groups.add(
              new Tagged(
                  hopOf(key),
                  key,
                  vms[node],
                  carrying[key] - externalsCarrying(key),
                  externals[node],
                  samples.get(node)));
        } else {
          int[] hops = drawn.foldedHops(node);
          groups.add(
              new Others(
                  hops[0],
                  hops[1],
                  folded[node],
                  vms[node],
                  edges.carryingOfOthers[node],
                  externals[node],
                  samples.get(node)));
        }
      }
      return groups;
    }

    private List<List<Integer>> samples() {
      var samples = new ArrayList<List<Integer>>();
      int missing = 0;
      for (int node = 0; node < drawn.count(); node++) {
        samples.add(new ArrayList<>());
        missing += drawn.isFolded(node) ? SurfaceGroups.SAMPLE_MOST : 0;
      }
      var holders = graph.classesPerTag();
      for (int node = 0; node < drawn.count(); node++) {
        int tag = drawn.isFolded(node) ? -1 : drawn.group(node);
        for (int i = tag < 0 ? 0 : holders.start(tag);
            tag >= 0
                && i < holders.end(tag)
                && samples.get(node).size() < SurfaceGroups.SAMPLE_MOST;
            i++) {
          if (tagOfClass[holders.target(i)] == tag) {
            sample(holders.target(i), samples.get(node));
          }
        }
      }
      for (int vmClass = 0; vmClass < tagOfClass.length && missing > 0; vmClass++) {
        if (tagOfClass[vmClass] >= 0 && drawn.isFolded(drawn.of(tagOfClass[vmClass]))) {
          missing -= sample(vmClass, samples.get(drawn.of(tagOfClass[vmClass])));
        }
      }
      return samples;
    }

    /// Adds members of a class as long as there is room; returns how many.
    private int sample(int vmClass, List<Integer> sample) {
      int before = sample.size();
      int end = graph.classStart(vmClass + 1);
      for (int rank = graph.classStart(vmClass);
          rank < end && sample.size() < SurfaceGroups.SAMPLE_MOST;
          rank++) {
        if (graph.vmAt(rank) != vm) {
          sample.add(graph.vmAt(rank));
        }
      }
      return sample.size() - before;
    }
  }

  /// The rules between nodes and the VMs that can use them.
  private final class Edges {
    private final Nodes nodes;

    private final EdgeTable table;
    final int[] carryingOfOthers;

    Edges(Nodes nodes) {
      this.nodes = nodes;
      this.table = new EdgeTable(nodes.drawn.count());
      this.carryingOfOthers = new int[nodes.drawn.count()];
      var nearOfFoldedTag = addRules(nodesOfNearTags());
      if (nodes.drawn.anyFolded()) {
        countVmsOfOthers(nearOfFoldedTag);
      }
    }

    /// Per tag at near ends, the nodes that count a VM carrying it at the hop where it lies.
    private NodeSets nodesOfNearTags() {
      var sets = new NodeSets(carrying.length, table.theVm + 1);
      var tags = graph.classes().tags();
      int own = graph.classOf(vm);
      for (int i = tags.start(own); i < tags.end(own); i++) {
        sets.add(tags.value(i), table.theVm);
      }
      // The tags of the VM itself lie at hop 0, so its siblings add nothing.
      for (int node = 0; node < nodes.drawn.count(); node++) {
        if (!nodes.drawn.isFolded(node)) {
          addNearTags(sets, node);
        }
      }
      for (int place = 0; place < found.expandedCount() && nodes.drawn.anyFolded(); place++) {
        checkDeadline(place);
        addFoldedNodes(sets, found.expanded(place));
      }
      return sets;
    }

    /// Adds a group drawn by itself to the tags of the classes that it counts.
    private void addNearTags(NodeSets sets, int node) {
      int group = nodes.drawn.group(node);
      var tags = graph.classes().tags();
      var holders = graph.classesPerTag();
      for (int i = holders.start(group); i < holders.end(group); i++) {
        int vmClass = holders.target(i);
        for (int j = tags.start(vmClass);
            j < tags.end(vmClass) && tagOfClass[vmClass] == group;
            j++) {
          if (found.levelOfTag(tags.value(j)) == hopOf(group)) {
            sets.add(tags.value(j), node);
          }
        }
      }
    }

    /// Adds the folded group at the hop of a near tag to it, if some class that carries the tag is
    /// counted there; mostly the first one is.
    private void addFoldedNodes(NodeSets sets, int near) {
      var holders = graph.classesPerTag();
      for (int i = holders.start(near); i < holders.end(near); i++) {
        int group = tagOfClass[holders.target(i)];
        if (group >= 0
            && hopOf(group) == found.levelOfTag(near)
            && nodes.drawn.isFolded(nodes.ofTag(group))) {
          sets.add(near, nodes.ofTag(group));
          return;
        }
      }
    }

    /// Adds every rule to its edges.
    ///
    /// @return per entry tag of a folded group, the nodes at the near ends of its rules
    private NodeSets addRules(NodeSets nodesOfNearTag) {
      var nearOfFoldedTag = new NodeSets(carrying.length, table.theVm + 1);
      for (int entry = 0; entry < groupCount; entry++) {
        int tag = entryTags[entry];
        int nearHop = found.hopsOfFarTag(tag) - 1;
        int far = nodes.ofTag(tag);
        for (int i = rules.start(tag); i < rules.end(tag); i++) {
          checkDeadline(i);
          int nearTag = rules.otherTag(i);
          if (found.levelOfTag(nearTag) != nearHop) {
            continue;
          }
          for (int near = nodesOfNearTag.next(nearTag, 0);
              near >= 0;
              near = nodesOfNearTag.next(nearTag, near + 1)) {
            table.addRule(far, near, rules.rule(i));
            if (nodes.drawn.isFolded(far)) {
              nearOfFoldedTag.add(tag, near);
            } else {
              int outside = externalsCarrying(tag);
              table.setUsers(far, near, carrying[tag] - outside, outside);
            }
          }
        }
      }
      return nearOfFoldedTag;
    }

    /// Counts each VM once per edge, whichever of the folded groups it could use. Neighbours can
    /// mostly use the same edges, and are counted together.
    private void countVmsOfOthers(NodeSets nearOfFoldedTag) {
      var users = new Users(nearOfFoldedTag);
      found.forEachClass(vmClass -> {
        checkDeadline(vmClass);
        if (tagOfClass[vmClass] >= 0) {
          users.add(vmClass);
        }
      });
      users.count();
    }

    /// Classes one after another that can use the same edges of a folded group.
    private final class Users {
      private final NodeSets nearOfFoldedTag;

      /// Per entry tag of a folded group, the node of that group; else less than 0.
      private final int[] foldedNode;

      /// Per hop, the node that its groups are folded into.
      private final int[] foldedNodeOfHop = new int[mostHops + 1];

      /// Per entry tag of a folded group, the nodes at the near ends of its rules, if one word
      /// holds all nodes.
      private final long[] nearOfTag;

      private long[] near;
      private long[] nearBefore;
      private int farBefore = -1;
      private int inside;
      private int outside;

      Users(NodeSets nearOfFoldedTag) {
        this.nearOfFoldedTag = nearOfFoldedTag;
        this.foldedNode = new int[counted.length];
        Arrays.fill(foldedNode, NOT_COUNTED);
        for (int i = 0; i < groupCount; i++) {
          int tag = entryTags[i];
          int node = nodes.ofTag(tag);
          if (nodes.drawn.isFolded(node)) {
            foldedNode[tag] = node;
            foldedNodeOfHop[hopOf(tag)] = node;
          }
        }
        this.near = nearOfFoldedTag.empty();
        this.nearBefore = nearOfFoldedTag.empty();
        this.nearOfTag = new long[near.length == 1 ? counted.length : 0];
        for (int tag = 0; tag < nearOfTag.length; tag++) {
          if (foldedNode[tag] >= 0) {
            nearOfFoldedTag.setOrAdd(near, tag, true);
            nearOfTag[tag] = near[0];
          }
        }
      }

      void add(int vmClass) {
        int far = nearOfTag.length > 0 ? findNearInWord(vmClass) : findNear(vmClass);
        if (far < 0) {
          return;
        }
        if (far != farBefore || !Arrays.equals(near, nearBefore)) {
          count();
          farBefore = far;
          long[] free = nearBefore;
          nearBefore = near;
          near = free;
        }
        int externals = externalsOfClass(vmClass);
        outside += externals;
        inside += membersOfClass(vmClass) - externals;
      }

      /// Finds the nodes at the near ends of the rules of a class, and that at the far end, which
      /// is less than 0 if none of its groups is folded.
      private int findNear(int vmClass) {
        int hop = hopOf(tagOfClass[vmClass]);
        int far = NOT_COUNTED;
        var tags = graph.classes().tags();
        for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
          int tag = tags.value(i);
          if (foldedNode[tag] >= 0 && isEntry(tag, hop)) {
            nearOfFoldedTag.setOrAdd(near, tag, far < 0);
            far = foldedNode[tag];
          }
        }
        return far;
      }

      /// The same without branches, if one word holds all nodes: every entry tag has some.
      private int findNearInWord(int vmClass) {
        int hop = hopOf(tagOfClass[vmClass]);
        long nodesFound = 0;
        var tags = graph.classes().tags();
        int end = tags.end(vmClass);
        for (int i = tags.start(vmClass); i < end; i++) {
          int tag = tags.value(i);
          nodesFound |= isEntry(tag, hop) ? nearOfTag[tag] : 0;
        }
        near[0] = nodesFound;
        return nodesFound == 0 ? NOT_COUNTED : foldedNodeOfHop[hop];
      }

      void count() {
        if (farBefore >= 0) {
          carryingOfOthers[farBefore] += inside;
          for (int word = 0; word < nearBefore.length; word++) {
            for (long bits = nearBefore[word]; bits != 0; bits &= bits - 1) {
              int node = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
              table.addUsers(farBefore, node, inside, outside);
            }
          }
        }
        inside = 0;
        outside = 0;
      }
    }

    List<Edge> all() {
      return table.all();
    }
  }
}
