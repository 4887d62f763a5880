package io.surfacescan.engine;

import io.surfacescan.engine.SurfaceGroups.Direction;
import io.surfacescan.engine.SurfaceGroups.Group;
import io.surfacescan.engine.SurfaceGroups.GroupKey;
import io.surfacescan.engine.SurfaceGroups.Keyed;
import io.surfacescan.engine.SurfaceGroups.Layout;
import io.surfacescan.engine.SurfaceGroups.Others;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Works out [SurfaceGroups] by what is known of each VM, not by its entry tags.
///
/// Each VM is in one group, so all that is drawn is worked out the same way, folded or not: the
/// rules of each entry tag lead to the nodes with a VM at their other end, and each VM can use
/// those of all its entry tags.
final class KeyedGrouping implements GroupCounts {
  private static final int NONE = -1;
  private static final int STEPS_PER_DEADLINE = 1 << 12;
  private static final String SEPARATORS = "-_.:/=";

  /// The label of VMs without a scope.
  private static final int WITHOUT = 0;

  private final AttackGraph graph;
  private final int vm;
  private final Direction direction;
  private final GroupKey key;
  private final Deadline deadline;
  private final VmsByHop found;

  /// The rules by the tag at their far end.
  private final LiveRules.Side rules;

  private final int[] classes;

  /// Per rank, the group of its VM, or [#NONE].
  private final int[] groupAt;

  private final List<Counted> groups = new ArrayList<>();

  /// By hop above and label below, but for VMs by themselves, whose labels are negative.
  private final Map<Long, Integer> numbers = new HashMap<>();

  private final List<Optional<String>> texts = new ArrayList<>(List.of(Optional.empty()));
  private final Map<String, Integer> labels = new HashMap<>();

  /// A group, and how many were met that belong to it.
  private static final class Counted {
    final int hop;
    final int label;
    int inside;
    int outside;

    Counted(int hop, int label) {
      this.hop = hop;
      this.label = label;
    }
  }

  /// @param key not the entry tag
  KeyedGrouping(
      AttackGraph graph,
      int vm,
      Direction direction,
      int maxHops,
      GroupKey key,
      Deadline deadline) {
    this.graph = graph;
    this.vm = vm;
    this.direction = direction;
    this.key = key;
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
    this.classes = found.classes();
    this.groupAt = new int[graph.environment().vmCount()];
    Arrays.fill(groupAt, NONE);
    for (int vmClass : classes) {
      count(vmClass);
    }
  }

  private void count(int vmClass) {
    int hop = found.hopsOfClass(vmClass);
    int group = NONE;
    int label = key == GroupKey.TAG_START ? label(start(firstEntry(vmClass))) : NONE;
    for (int rank = graph.classStart(vmClass); rank < graph.classStart(vmClass + 1); rank++) {
      checkDeadline(rank);
      int other = graph.vmAt(rank);
      if (other == vm) {
        continue;
      }
      boolean isOutside = graph.isExternal(other);
      if (isOutside || key == GroupKey.VM) {
        groupAt[rank] = added(hop, -1 - other);
      } else {
        int own = key == GroupKey.TAG_START ? label : labelOf(other);
        // Those of a class are mostly alike.
        if (group == NONE || groups.get(group).label != own) {
          group = numbered(hop, own);
        }
        groupAt[rank] = group;
      }
      groups.get(groupAt[rank]).outside += isOutside ? 1 : 0;
      groups.get(groupAt[rank]).inside += isOutside ? 0 : 1;
    }
  }

  private int numbered(int hop, int label) {
    return numbers.computeIfAbsent((long) hop << Integer.SIZE | label, absent -> added(hop, label));
  }

  private int added(int hop, int label) {
    groups.add(new Counted(hop, label));
    return groups.size() - 1;
  }

  private int labelOf(int other) {
    return key == GroupKey.SCOPE
        ? graph.environment().vmScope(other).map(this::label).orElse(WITHOUT)
        : label(graph.environment().vmKind(other).code());
  }

  private int label(String text) {
    return labels.computeIfAbsent(
        text,
        ignored -> {
          texts.add(Optional.of(text));
          return texts.size() - 1;
        });
  }

  private String start(int tag) {
    String text = tag == NONE ? "" : graph.environment().tag(tag);
    for (int i = 1; i < text.length(); i++) {
      if (SEPARATORS.indexOf(text.charAt(i)) >= 0) {
        return text.substring(0, i);
      }
    }
    return text;
  }

  /// The first entry tag of a class met in code-point order; none of that of the VM asked about, if
  /// nobody else is in it.
  private int firstEntry(int vmClass) {
    var tags = graph.classes().tags();
    int first = NONE;
    for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
      int tag = tags.value(i);
      if (isEntry(tag, vmClass)
          && (first == NONE || graph.tagOrder().placeOf(tag) < graph.tagOrder().placeOf(first))) {
        first = tag;
      }
    }
    return first;
  }

  private boolean isEntry(int tag, int vmClass) {
    return found.hopsOfFarTag(tag) == found.hopsOfClass(vmClass);
  }

  /// @param pinned VMs whose groups are never folded
  SurfaceGroups answer(Layout layout, List<Integer> pinned) {
    int[] pinnedGroups =
        pinned.stream()
            .mapToInt(other -> groupAt[graph.rankOf(other)])
            .filter(group -> group != NONE)
            .distinct()
            .toArray();
    var selection = GroupSelection.of(this, layout, pinnedGroups);
    var nodes = new DrawnNodes(this, selection, groups.size());
    return new SurfaceGroups(
        vm,
        direction,
        found.ranks().minus(graph.externals()).size(),
        found.mostHops(),
        groups.size(),
        drawn(nodes),
        edges(nodes).all(),
        selection.columns(),
        Arrays.stream(pinnedGroups).map(nodes::of).boxed().toList(),
        key);
  }

  /// Everyone in the group of a text; none if there is no such group at this hop.
  Ranks members(int hop, Optional<String> text) {
    int[] bounds = new int[16];
    int length = 0;
    for (int rank = 0; rank < groupAt.length; rank++) {
      checkDeadline(rank);
      if (groupAt[rank] != NONE && is(groups.get(groupAt[rank]), hop, text)) {
        if (length == bounds.length) {
          bounds = Arrays.copyOf(bounds, 2 * length);
        }
        bounds[length++] = rank;
        bounds[length++] = rank + 1;
      }
    }
    return Grouping.joined(bounds, length);
  }

  private boolean is(Counted group, int hop, Optional<String> text) {
    // An address outside is named by its VM alone.
    return group.hop == hop && (key == GroupKey.VM || group.label >= 0) && text(group).equals(text);
  }

  private Optional<String> text(Counted group) {
    return group.label < 0
        ? Optional.of(graph.environment().vmId(-1 - group.label))
        : texts.get(group.label);
  }

  @Override
  public int groupCount() {
    return groups.size();
  }

  @Override
  public int group(int place) {
    return place;
  }

  @Override
  public int hopOf(int group) {
    return groups.get(group).hop;
  }

  @Override
  public int placeOf(int group) {
    return group;
  }

  @Override
  public int vmsCounted(int group) {
    return groups.get(group).inside;
  }

  @Override
  public int externalsCounted(int group) {
    return groups.get(group).outside;
  }

  @Override
  public int mostHops() {
    return found.mostHops();
  }

  @Override
  public void checkDeadline(int step) {
    if (step % STEPS_PER_DEADLINE == 0) {
      deadline.check();
    }
  }

  private List<Group> drawn(DrawnNodes nodes) {
    int[] folded = new int[nodes.count()];
    int[] inside = new int[nodes.count()];
    int[] outside = new int[nodes.count()];
    for (int group = 0; group < groups.size(); group++) {
      int node = nodes.of(group);
      folded[node]++;
      inside[node] += vmsCounted(group);
      outside[node] += externalsCounted(group);
    }
    var samples = samples(nodes);
    var drawn = new ArrayList<Group>(nodes.count());
    for (int node = 0; node < nodes.count(); node++) {
      var sample = samples.get(node);
      if (nodes.isFolded(node)) {
        int[] hops = nodes.foldedHops(node);
        drawn.add(
            new Others(
                hops[0], hops[1], folded[node], inside[node], inside[node], outside[node], sample));
      } else {
        var group = groups.get(nodes.group(node));
        var keyed = group.label < 0 ? GroupKey.VM : key;
        drawn.add(new Keyed(keyed, group.hop, text(group), inside[node], outside[node], sample));
      }
    }
    return drawn;
  }

  private List<List<Integer>> samples(DrawnNodes nodes) {
    var samples = new ArrayList<List<Integer>>();
    for (int node = 0; node < nodes.count(); node++) {
      samples.add(new ArrayList<>());
    }
    for (int rank = 0; rank < groupAt.length; rank++) {
      if (groupAt[rank] != NONE) {
        var sample = samples.get(nodes.of(groupAt[rank]));
        if (sample.size() < SurfaceGroups.SAMPLE_MOST) {
          sample.add(graph.vmAt(rank));
        }
      }
    }
    return samples;
  }

  private EdgeTable edges(DrawnNodes nodes) {
    var table = new EdgeTable(nodes.count());
    int tagCount = graph.environment().tagCount();
    var nearNodes = new NodeSets(tagCount, table.theVm + 1);
    var farNodes = new NodeSets(tagCount, table.theVm + 1);
    var tags = graph.classes().tags();
    int own = graph.classOf(vm);
    for (int i = tags.start(own); i < tags.end(own); i++) {
      nearNodes.add(tags.value(i), table.theVm);
    }
    var members = new Members(nodes);
    for (int vmClass : classes) {
      members.count(vmClass);
      for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
        int tag = tags.value(i);
        if (isEntry(tag, vmClass)) {
          members.addTo(farNodes, tag);
        }
        if (found.levelOfTag(tag) == found.hopsOfClass(vmClass)) {
          members.addTo(nearNodes, tag);
        }
      }
    }
    var nearOfEntry = new NodeSets(tagCount, table.theVm + 1);
    for (int tag = 0; tag < tagCount; tag++) {
      if (farNodes.next(tag, 0) >= 0) {
        addRules(tag, farNodes, nearNodes, nearOfEntry, table);
      }
    }
    addUsers(members, nearOfEntry, table);
    return table;
  }

  private void addRules(
      int tag, NodeSets farNodes, NodeSets nearNodes, NodeSets nearOfEntry, EdgeTable table) {
    int nearHop = found.hopsOfFarTag(tag) - 1;
    for (int i = rules.start(tag); i < rules.end(tag); i++) {
      checkDeadline(i);
      int nearTag = rules.otherTag(i);
      if (found.levelOfTag(nearTag) != nearHop) {
        continue;
      }
      for (int near = nearNodes.next(nearTag, 0);
          near >= 0;
          near = nearNodes.next(nearTag, near + 1)) {
        nearOfEntry.add(tag, near);
        for (int far = farNodes.next(tag, 0); far >= 0; far = farNodes.next(tag, far + 1)) {
          table.addRule(far, near, rules.rule(i));
        }
      }
    }
  }

  /// Counts each VM once for each edge that it can use.
  private void addUsers(Members members, NodeSets nearOfEntry, EdgeTable table) {
    var tags = graph.classes().tags();
    var near = new BitSet();
    for (int vmClass : classes) {
      members.count(vmClass);
      near.clear();
      for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
        if (isEntry(tags.value(i), vmClass)) {
          nearOfEntry.addTo(near, tags.value(i));
        }
      }
      for (int far : members.nodesMet()) {
        for (int node = near.nextSetBit(0); node >= 0; node = near.nextSetBit(node + 1)) {
          table.addUsers(far, node, members.inside[far], members.outside[far]);
        }
      }
    }
  }

  /// The nodes that the members of one class are in.
  private final class Members {
    private final DrawnNodes nodes;
    private final BitSet met = new BitSet();
    private final int[] inside;
    private final int[] outside;

    Members(DrawnNodes nodes) {
      this.nodes = nodes;
      this.inside = new int[nodes.count()];
      this.outside = new int[nodes.count()];
    }

    void count(int vmClass) {
      met.stream()
          .forEach(node -> {
            inside[node] = 0;
            outside[node] = 0;
          });
      met.clear();
      for (int rank = graph.classStart(vmClass); rank < graph.classStart(vmClass + 1); rank++) {
        checkDeadline(rank);
        if (groupAt[rank] != NONE) {
          int node = nodes.of(groupAt[rank]);
          met.set(node);
          if (graph.isExternal(graph.vmAt(rank))) {
            outside[node]++;
          } else {
            inside[node]++;
          }
        }
      }
    }

    int[] nodesMet() {
      return met.stream().toArray();
    }

    void addTo(NodeSets sets, int tag) {
      for (int node = met.nextSetBit(0); node >= 0; node = met.nextSetBit(node + 1)) {
        sets.add(tag, node);
      }
    }
  }
}
