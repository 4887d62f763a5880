package io.surfacescan.engine;

import java.util.List;
import java.util.Optional;

/// An attack surface, or a blast radius, as a picture of few groups and of the rules between them,
/// whatever its size.
///
/// **Groups.** An *entry tag* of an attacker at hop h is a tag that it carries and from which a
/// rule leads to a tag of some VM at hop h - 1; at hop 1, to a tag of the VM asked about. Each pair
/// of a hop and an entry tag is a group. Each attacker is counted in one group: that of its hops
/// and of the first of its entry tags in code-point order. So the groups add up to the surface. A
/// group may count nobody, if all who could use its rules come in a group before it.
///
/// **Edges.** A rule from entry tag t to tag d leads from group (h, t) to each group of hop h - 1
/// that counts a VM carrying d, or at hop 1 to the VM itself. All rules between two groups are one
/// edge, and the VMs able to use it are all at hop h that carry t, also those counted in another
/// group; so edges may add up to more than the surface. Every rule of every shortest path stands on
/// an edge.
///
/// **Others.** Beyond `top` groups, the largest stay; of equal ones, those of fewer hops and then
/// those first in code-point order of tags. The rest are folded: the groups of each hop into one,
/// or, where that would make more than five, those of all hops from the fifth on; a group that
/// would be folded alone stays. A folded group sums up what it holds, its edges likewise, each VM
/// counted once; an edge between two hops folded into one group leads from it to itself. A [Layout]
/// by hop folds in columns instead.
///
/// **Addresses outside** are no VMs: all counts of VMs leave out those who stand for them, and
/// `externals` counts them apart.
///
/// **By another key** than the entry tag, the groups of a hop are the VMs with one account, of one
/// kind, with entry tags that start alike, or each VM by itself. Then an edge counts the VMs at its
/// far end that can use it. Of equally large groups the one met first in the engine's order comes
/// first. Each external endpoint is a group by itself.
///
/// Outwards it is the mirror image: the entry tag of a victim is the destination tag through which
/// it is reached, and the VMs of an edge are those reached through it.
///
/// @param vm the VM asked about
/// @param total the size of the surface or blast radius, as far as the hops asked for
/// @param mostHops the most hops of any VM in it; 0 if there is none
/// @param groupCount the groups there are, folded ones among them
/// @param groups by hop, folded ones behind the others; then by size, largest first; then by tag
/// @param edges by [Edge#far], then by [Edge#near], the VM itself behind the groups
/// @param columns of a layout by hop, the hops side by side; else empty
/// @param pinned the places in `groups` of those that count VMs that were not to be folded
/// @param key what the VMs of a group have in common beside their hops
public record SurfaceGroups(
    int vm,
    Direction direction,
    int total,
    int mostHops,
    int groupCount,
    List<Group> groups,
    List<Edge> edges,
    List<Column> columns,
    List<Integer> pinned,
    GroupKey key) {
  /// In an [Edge], the VM asked about.
  public static final int THE_VM = -1;

  /// The most groups that others are folded into.
  static final int FOLDED_MOST = 5;

  static final int SAMPLE_MOST = 3;

  /// The most rules that an edge lists.
  public static final int RULES_MOST = 20;

  /// Towards the VM or from it.
  public enum Direction {
    /// Those who attack the VM.
    IN,
    /// Those whom the VM attacks.
    OUT
  }

  /// What the VMs of a group have in common beside their hops.
  public enum GroupKey {
    /// An entry tag.
    TAG,
    /// The start of the first of their entry tags, up to the first of `-_.:/=`.
    TAG_START,
    /// An account, project or cluster.
    SCOPE,
    /// What they really are.
    KIND,
    /// Nothing: each is a group by itself.
    VM
  }

  /// Which groups are drawn, and which are folded.
  public sealed interface Layout {
    /// The largest of all hops are drawn.
    ///
    /// @param most how many are not folded in any case, at least 1; the answer has at most five
    ///   more
    record Largest(int most) implements Layout {}

    /// Each hop has a column of its own, in which its largest groups are drawn and the others
    /// folded into one. The last column has all hops from there on.
    ///
    /// @param perHop how many groups of a column are drawn, at least 1
    /// @param columns how many columns there are at most, at least 2
    /// @param fromHop the first hop with a column of its own; those before it share one, whose
    ///   groups are all folded
    /// @param openedHop a hop, or 0
    /// @param start in the column of this hop, so many of the largest groups are folded, and those
    ///   after them drawn
    record ByHop(int perHop, int columns, int fromHop, int openedHop, int start)
        implements Layout {}
  }

  /// Some hops of a layout by hop.
  ///
  /// @param vms the VMs at these hops
  /// @param groups their groups, of which some are folded
  /// @param start how many of the largest are folded before those drawn
  /// @param shown how many are drawn
  public record Column(
      int fromHop, int toHop, int vms, int externals, int groups, int start, int shown) {}

  /// VMs drawn as one.
  public sealed interface Group {
    int fromHop();

    int toHop();

    /// The VMs counted here and in no other group.
    int vms();

    /// The VMs that could be counted here: all at the hop that carry the entry tag.
    int carrying();

    /// Those counted here who stand for addresses outside.
    int externals();

    /// The first few of those counted here, in the engine's order.
    List<Integer> sample();
  }

  /// The VMs of one hop and one entry tag.
  public record Tagged(int hop, int tag, int vms, int carrying, int externals, List<Integer> sample)
      implements Group {
    public Tagged {
      sample = List.copyOf(sample);
    }

    @Override
    public int fromHop() {
      return hop;
    }

    @Override
    public int toHop() {
      return hop;
    }
  }

  /// The VMs of one hop that have a key in common, or an address outside by its [GroupKey#VM].
  ///
  /// @param text empty for VMs without a scope
  public record Keyed(
      GroupKey key, int hop, Optional<String> text, int vms, int externals, List<Integer> sample)
      implements Group {
    public Keyed {
      sample = List.copyOf(sample);
    }

    @Override
    public int fromHop() {
      return hop;
    }

    @Override
    public int toHop() {
      return hop;
    }

    @Override
    public int carrying() {
      return vms;
    }
  }

  /// The groups that were folded into one.
  ///
  /// @param groups their number
  public record Others(
      int fromHop,
      int toHop,
      int groups,
      int vms,
      int carrying,
      int externals,
      List<Integer> sample)
      implements Group {
    public Others {
      sample = List.copyOf(sample);
    }
  }

  /// The rules between two groups.
  ///
  /// @param far the place in [#groups] of the group with more hops
  /// @param near the place of the group with fewer hops, or [#THE_VM]
  /// @param vms inwards, the VMs at the far end that can use some of the rules; outwards, those
  ///   reached by some
  /// @param externals likewise those who stand for addresses outside
  /// @param ruleCount all rules, of which [#rules] holds the first 20
  /// @param rules ascending
  public record Edge(
      int far, int near, int vms, int externals, int ruleCount, List<Integer> rules) {
    public Edge {
      rules = List.copyOf(rules);
    }

    private Edge withRules(int most) {
      return new Edge(
          far, near, vms, externals, ruleCount, rules.subList(0, Math.min(most, rules.size())));
    }
  }

  public SurfaceGroups {
    groups = List.copyOf(groups);
    edges = List.copyOf(edges);
    columns = List.copyOf(columns);
    pinned = List.copyOf(pinned);
  }

  /// Cost: a search by hops; then three times the tags of the classes met, and the rules met once
  /// for each group at their near end.
  ///
  /// @param maxHops at least 1; [Integer#MAX_VALUE] for all
  /// @param top how many groups are not folded in any case, at least 1; the answer has at most five
  ///   more
  /// @throws DeadlinePassed if it does
  public static SurfaceGroups of(
      AttackGraph graph, int vm, Direction direction, int maxHops, int top, Deadline deadline) {
    return of(graph, vm, direction, maxHops, new Layout.Largest(top), List.of(), deadline);
  }

  /// As [#of(AttackGraph, int, Direction, int, int, Deadline)].
  ///
  /// @param pinned VMs whose groups are not folded
  public static SurfaceGroups of(
      AttackGraph graph,
      int vm,
      Direction direction,
      int maxHops,
      Layout layout,
      List<Integer> pinned,
      Deadline deadline) {
    return of(graph, vm, direction, maxHops, GroupKey.TAG, layout, pinned, deadline);
  }

  /// As the other, by any key.
  ///
  /// Cost: by another key than the entry tag, also three passes over the VMs met.
  public static SurfaceGroups of(
      AttackGraph graph,
      int vm,
      Direction direction,
      int maxHops,
      GroupKey key,
      Layout layout,
      List<Integer> pinned,
      Deadline deadline) {
    return key == GroupKey.TAG
        ? new Grouping(graph, vm, direction, maxHops, deadline).answer(layout, pinned)
        : new KeyedGrouping(graph, vm, direction, maxHops, key, deadline).answer(layout, pinned);
  }

  /// Everyone counted in one group, those who stand for addresses outside among them; none if there
  /// is no such group.
  ///
  /// @param hop the hops of the group
  /// @param tag its entry tag
  /// @throws DeadlinePassed if it does
  public static Ranks members(
      AttackGraph graph, int vm, Direction direction, int hop, int tag, Deadline deadline) {
    return new Grouping(graph, vm, direction, hop, deadline).members(hop, tag);
  }

  /// As [#members(AttackGraph, int, Direction, int, int, Deadline)], of a group by another key.
  ///
  /// @param text what a [Keyed] group has; the id of a VM or of an address outside
  public static Ranks members(
      AttackGraph graph,
      int vm,
      Direction direction,
      int hop,
      GroupKey key,
      Optional<String> text,
      Deadline deadline) {
    return new KeyedGrouping(graph, vm, direction, hop, key, deadline).members(hop, text);
  }

  /// The same, of each edge only the first few rules.
  public SurfaceGroups withRules(int most) {
    return new SurfaceGroups(
        vm,
        direction,
        total,
        mostHops,
        groupCount,
        groups,
        edges.stream().map(edge -> edge.withRules(most)).toList(),
        columns,
        pinned,
        key);
  }

  /// Whether something is not told one by one: a group was folded, or an edge has more rules than
  /// it lists.
  public boolean truncated() {
    return groupCount > groups.stream().filter(group -> !(group instanceof Others)).count()
        || edges.stream().anyMatch(edge -> edge.ruleCount() > edge.rules().size());
  }
}
