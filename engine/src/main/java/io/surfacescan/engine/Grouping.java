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
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
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
final class Grouping {
  private static final int STEPS_PER_DEADLINE = 1 << 12;

  private final AttackGraph graph;
  private final int vm;
  private final Direction direction;
  private final Deadline deadline;
  private final VmsByHop found;

  /// The rules by the tag at their far end.
  private final LiveRules.Side rules;

  private final TextOrder tagOrder;

  /// The classes met, ascending, so that their VMs come in the engine's order.
  private final int[] classes;

  /// Per place in `classes`, the tag of the group that counts its VMs.
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

  /// The tags of all groups, in the order met.
  private int[] entryTags = new int[64];

  private int groupCount;

  Grouping(AttackGraph graph, int vm, Direction direction, int maxHops, Deadline deadline) {
    this.graph = graph;
    this.vm = vm;
    this.direction = direction;
    this.deadline = deadline;
    this.found =
        switch (direction) {
          case IN -> VmsByHop.attackers(graph, vm, maxHops);
          case OUT -> VmsByHop.victims(graph, vm, maxHops);
        };
    this.rules =
        switch (direction) {
          case IN -> graph.rules().bySource();
          case OUT -> graph.rules().byDest();
        };
    this.tagOrder = graph.tagOrder();
    this.classes = found.classes();
    this.tagOfClass = new int[classes.length];
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
        found.ranks().minus(graph.externals()).size(),
        found.mostHops(),
        groupCount,
        nodes.groups(edges),
        edges.all(),
        selection.columns(),
        Arrays.stream(pinnedTags).map(nodes::ofTag).boxed().toList());
  }

  /// The VMs counted in the group of a tag, those that stand for addresses outside among them; none
  /// if there is no such group at this hop.
  Ranks members(int hop, int tag) {
    countEntries();
    int[] bounds = new int[2 * classes.length];
    int length = 0;
    for (int place = 0; place < classes.length; place++) {
      if (tagOfClass[place] == tag && found.hopsOfClass(classes[place]) == hop) {
        bounds[length++] = graph.classStart(classes[place]);
        bounds[length++] = graph.classStart(classes[place] + 1);
      }
    }
    return joined(bounds, length).without(graph.rankOf(vm));
  }

  private static Ranks joined(int[] bounds, int length) {
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
    int place = Arrays.binarySearch(classes, graph.classOf(other));
    return other != vm && place >= 0 && tagOfClass[place] >= 0
        ? OptionalInt.of(tagOfClass[place])
        : OptionalInt.empty();
  }

  int groupCount() {
    return groupCount;
  }

  int entryTag(int group) {
    return entryTags[group];
  }

  int hopOf(int entryTag) {
    return found.hopsOfFarTag(entryTag);
  }

  int placeOf(int tag) {
    return tagOrder.placeOf(tag);
  }

  int mostHops() {
    return found.mostHops();
  }

  /// How many of those counted in a group stand for addresses outside.
  int externalsCounted(int entryTag) {
    return externalsCounted.length == 0 ? 0 : externalsCounted[entryTag];
  }

  int vmsCounted(int entryTag) {
    return counted[entryTag] - externalsCounted(entryTag);
  }

  private int externalsCarrying(int entryTag) {
    return externalsCarrying.length == 0 ? 0 : externalsCarrying[entryTag];
  }

  /// The members of the class at a place, but for the VM asked about.
  private int membersOfClass(int place) {
    int vmClass = classes[place];
    int vms = graph.classStart(vmClass + 1) - graph.classStart(vmClass);
    return vmClass == graph.classOf(vm) ? vms - 1 : vms;
  }

  private boolean isEntry(int tag, int hop) {
    return found.hopsOfFarTag(tag) == hop;
  }

  /// How many members of the class at a place, but for the VM asked about, stand for addresses
  /// outside.
  private int externalsOfClass(int place) {
    if (externalsOfClass.length == 0) {
      return 0;
    }
    int vmClass = classes[place];
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

  void checkDeadline(int step) {
    if (step % STEPS_PER_DEADLINE == 0) {
      deadline.check();
    }
  }

  private void countEntries() {
    var tags = graph.classes().tags();
    for (int place = 0; place < classes.length; place++) {
      checkDeadline(place);
      int vmClass = classes[place];
      int hop = found.hopsOfClass(vmClass);
      int members = membersOfClass(place);
      int first = -1;
      int externals = externalsOfClass(place);
      for (int i = tags.start(vmClass); i < tags.end(vmClass) && members > 0; i++) {
        int tag = tags.value(i);
        if (isEntry(tag, hop)) {
          addEntry(tag, members);
          if (externals > 0) {
            externalsCarrying[tag] += externals;
          }
          first = first < 0 || tagOrder.placeOf(tag) < tagOrder.placeOf(first) ? tag : first;
        }
      }
      tagOfClass[place] = first;
      if (members > 0) {
        counted[first] += members;
      }
      if (externals > 0) {
        externalsCounted[first] += externals;
      }
    }
  }

  private void addEntry(int tag, int members) {
    if (carrying[tag] == 0) {
      if (groupCount == entryTags.length) {
        entryTags = Arrays.copyOf(entryTags, 2 * groupCount);
      }
      entryTags[groupCount++] = tag;
    }
    carrying[tag] += members;
  }

  /// The groups drawn, numbered in the order of the answer.
  private final class Nodes {
    private final GroupSelection selection;

    /// Per entry tag, its node.
    private final int[] nodeOfTag;

    /// Per node, its tag, or -1 - f for that of the folded hops f.
    private final int[] keys;

    Nodes(GroupSelection selection) {
      this.selection = selection;
      keys = order();
      nodeOfTag = new int[counted.length];
      int[] nodeOfFolded = new int[selection.foldedHops().size()];
      for (int node = 0; node < keys.length; node++) {
        if (keys[node] >= 0) {
          nodeOfTag[keys[node]] = node;
        } else {
          nodeOfFolded[-1 - keys[node]] = node;
        }
      }
      for (int i = 0; i < groupCount; i++) {
        int tag = entryTags[i];
        if (!selection.isKept(tag)) {
          nodeOfTag[tag] = nodeOfFolded[selection.foldedAt(hopOf(tag))];
        }
      }
    }

    private int[] order() {
      var order = new ArrayList<Integer>();
      for (int tag : selection.kept()) {
        order.add(tag);
      }
      for (int folded = 0; folded < selection.foldedHops().size(); folded++) {
        order.add(-1 - folded);
      }
      // Stable: of one hop, the largest stay first and the folded ones last.
      order.sort(
          Comparator.comparingInt(
              key -> key >= 0 ? hopOf(key) : selection.foldedHops().get(-1 - key)[0]));
      return order.stream().mapToInt(key -> key).toArray();
    }

    int count() {
      return keys.length;
    }

    boolean anyFolded() {
      return !selection.foldedHops().isEmpty();
    }

    boolean isFolded(int node) {
      return keys[node] < 0;
    }

    int ofTag(int tag) {
      return nodeOfTag[tag];
    }

    List<Group> groups(Edges edges) {
      int[] folded = new int[count()];
      int[] vms = new int[count()];
      int[] externals = new int[count()];
      for (int i = 0; i < groupCount; i++) {
        int tag = entryTags[i];
        folded[nodeOfTag[tag]]++;
        vms[nodeOfTag[tag]] += vmsCounted(tag);
        externals[nodeOfTag[tag]] += externalsCounted(tag);
      }
      var samples = samples();
      var groups = new ArrayList<Group>(count());
      for (int node = 0; node < count(); node++) {
        int key = keys[node];
        if (key >= 0) {
          groups.add(
              new Tagged(
                  hopOf(key),
                  key,
                  vms[node],
                  carrying[key] - externalsCarrying(key),
                  externals[node],
                  samples.get(node)));
        } else {
          int[] hops = selection.foldedHops().get(-1 - key);
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
      for (int node = 0; node < count(); node++) {
        samples.add(new ArrayList<>());
      }
      for (int place = 0; place < classes.length; place++) {
        if (tagOfClass[place] < 0) {
          continue;
        }
        var sample = samples.get(nodeOfTag[tagOfClass[place]]);
        int end = graph.classStart(classes[place] + 1);
        for (int rank = graph.classStart(classes[place]);
            rank < end && sample.size() < SurfaceGroups.SAMPLE_MOST;
            rank++) {
          if (graph.vmAt(rank) != vm) {
            sample.add(graph.vmAt(rank));
          }
        }
      }
      return samples;
    }
  }

  /// The rules between nodes and the VMs that can use them.
  private final class Edges {
    private final Nodes nodes;

    /// Stands for the VM asked about among the nodes at near ends.
    private final int theVm;

    /// Per far node and near one, the rules.
    private final int[] ruleCount;

    /// Per far node and near one, the first rules, ascending.
    private final int[][] firstRules;

    /// Per far node and near one, the VMs.
    private final int[] vms;

    /// Per far node and near one, who stands for addresses outside.
    private final int[] externals;

    final int[] carryingOfOthers;

    Edges(Nodes nodes) {
      this.nodes = nodes;
      this.theVm = nodes.count();
      this.ruleCount = new int[nodes.count() * (theVm + 1)];
      this.firstRules = new int[ruleCount.length][];
      this.vms = new int[ruleCount.length];
      this.externals = new int[ruleCount.length];
      this.carryingOfOthers = new int[nodes.count()];
      var nearOfFoldedTag = addRules(nodesOfNearTags());
      if (nodes.anyFolded()) {
        countVmsOfOthers(nearOfFoldedTag);
      }
    }

    /// Per tag at near ends, the nodes that count a VM carrying it at the hop where it lies.
    private NodeSets nodesOfNearTags() {
      var sets = new NodeSets(carrying.length, theVm + 1);
      var tags = graph.classes().tags();
      int own = graph.classOf(vm);
      for (int i = tags.start(own); i < tags.end(own); i++) {
        sets.add(tags.value(i), theVm);
      }
      for (int place = 0; place < classes.length; place++) {
        checkDeadline(place);
        int vmClass = classes[place];
        int hop = found.hopsOfClass(vmClass);
        for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
          // The tags of the VM itself lie at hop 0, so its siblings add nothing.
          if (found.levelOfTag(tags.value(i)) == hop) {
            sets.add(tags.value(i), nodes.ofTag(tagOfClass[place]));
          }
        }
      }
      return sets;
    }

    /// Adds every rule to its edges.
    ///
    /// @return per entry tag of a folded group, the nodes at the near ends of its rules
    private NodeSets addRules(NodeSets nodesOfNearTag) {
      var nearOfFoldedTag = new NodeSets(carrying.length, theVm + 1);
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
            int edge = far * (theVm + 1) + near;
            addRule(edge, rules.rule(i));
            if (nodes.isFolded(far)) {
              nearOfFoldedTag.add(tag, near);
            } else {
              vms[edge] = carrying[tag] - externalsCarrying(tag);
              externals[edge] = externalsCarrying(tag);
            }
          }
        }
      }
      return nearOfFoldedTag;
    }

    private void addRule(int edge, int rule) {
      int count = ruleCount[edge]++;
      if (count == 0) {
        firstRules[edge] = new int[SurfaceGroups.RULES_MOST];
      }
      int[] first = firstRules[edge];
      int at = Math.min(count, first.length);
      if (at == first.length && rule > first[at - 1]) {
        return;
      }
      at = Math.min(at, first.length - 1);
      while (at > 0 && first[at - 1] > rule) {
        first[at] = first[at - 1];
        at--;
      }
      first[at] = rule;
    }

    /// Counts each VM once per edge, whichever of the folded groups it could use.
    private void countVmsOfOthers(NodeSets nearOfFoldedTag) {
      var tags = graph.classes().tags();
      var near = new BitSet();
      for (int place = 0; place < classes.length; place++) {
        checkDeadline(place);
        int vmClass = classes[place];
        int far = -1;
        near.clear();
        for (int i = tags.start(vmClass); i < tags.end(vmClass) && tagOfClass[place] >= 0; i++) {
          int tag = tags.value(i);
          if (isEntry(tag, found.hopsOfClass(vmClass)) && nodes.isFolded(nodes.ofTag(tag))) {
            far = nodes.ofTag(tag);
            nearOfFoldedTag.addTo(near, tag);
          }
        }
        if (far >= 0) {
          int outside = externalsOfClass(place);
          int inside = membersOfClass(place) - outside;
          carryingOfOthers[far] += inside;
          for (int node = near.nextSetBit(0); node >= 0; node = near.nextSetBit(node + 1)) {
            vms[far * (theVm + 1) + node] += inside;
            externals[far * (theVm + 1) + node] += outside;
          }
        }
      }
    }

    List<Edge> all() {
      var edges = new ArrayList<Edge>();
      for (int edge = 0; edge < ruleCount.length; edge++) {
        if (ruleCount[edge] > 0) {
          int near = edge % (theVm + 1);
          edges.add(
              new Edge(
                  edge / (theVm + 1),
                  near == theVm ? SurfaceGroups.THE_VM : near,
                  vms[edge],
                  externals[edge],
                  ruleCount[edge],
                  firstRules(edge)));
        }
      }
      return Collections.unmodifiableList(edges);
    }

    private List<Integer> firstRules(int edge) {
      int shown = Math.min(ruleCount[edge], SurfaceGroups.RULES_MOST);
      return Arrays.stream(firstRules[edge], 0, shown).boxed().toList();
    }
  }

  /// Per tag, a set of nodes, as bits side by side; only tags that have any take room.
  private static final class NodeSets {
    private final int words;

    /// Per tag, one more than the place of its set; 0 if it has none.
    private final int[] placeOfTag;

    private int count;
    private long[] bits;

    NodeSets(int tagCount, int nodeCount) {
      words = (nodeCount + Long.SIZE - 1) / Long.SIZE;
      placeOfTag = new int[tagCount];
      bits = new long[16 * words];
    }

    void add(int tag, int node) {
      if (placeOfTag[tag] == 0) {
        if (count * words == bits.length) {
          bits = Arrays.copyOf(bits, 2 * bits.length);
        }
        placeOfTag[tag] = ++count;
      }
      bits[(placeOfTag[tag] - 1) * words + (node >>> 6)] |= 1L << node;
    }

    /// The first node of the set at or after one, or -1.
    int next(int tag, int from) {
      if (placeOfTag[tag] == 0) {
        return -1;
      }
      int start = (placeOfTag[tag] - 1) * words;
      for (int word = from >>> 6; word < words; word++) {
        long left = bits[start + word];
        if (word == from >>> 6) {
          left &= -1L << from;
        }
        if (left != 0) {
          return word * Long.SIZE + Long.numberOfTrailingZeros(left);
        }
      }
      return -1;
    }

    void addTo(BitSet set, int tag) {
      for (int node = next(tag, 0); node >= 0; node = next(tag, node + 1)) {
        set.set(node);
      }
    }
  }
}
