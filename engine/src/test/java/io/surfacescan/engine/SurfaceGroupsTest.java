package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.engine.SurfaceGroups.Column;
import io.surfacescan.engine.SurfaceGroups.Direction;
import io.surfacescan.engine.SurfaceGroups.Edge;
import io.surfacescan.engine.SurfaceGroups.GroupKey;
import io.surfacescan.engine.SurfaceGroups.Keyed;
import io.surfacescan.engine.SurfaceGroups.Layout;
import io.surfacescan.engine.SurfaceGroups.Others;
import io.surfacescan.engine.SurfaceGroups.Tagged;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomDetails;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SurfaceGroupsTest {
  private static final int ENVIRONMENTS = 700;
  private static final int ALL = Integer.MAX_VALUE;

  @Test
  void of_countsAttackersByHopAndEntryTag() {
    var environment =
        new EnvironmentBuilder()
            .vm("a1", "staff")
            .vm("a2", "staff", "admin")
            .vm("m", "ssh", "jump")
            .vm("x", "db")
            .rule("r1", "staff", "ssh")
            .rule("r2", "admin", "ssh")
            .rule("r3", "jump", "db")
            .rule("r4", "jump", "db")
            .build();
    var groups = of(environment, "x", Direction.IN, 50);

    // a2 could be counted under either tag: admin comes first.
    assertThat(groups.groups())
        .containsExactly(
            new Tagged(1, tag(environment, "jump"), 1, 1, 0, List.of(2)),
            new Tagged(2, tag(environment, "admin"), 1, 1, 0, List.of(1)),
            new Tagged(2, tag(environment, "staff"), 1, 2, 0, List.of(0)));
    assertThat(groups.edges())
        .containsExactly(
            new Edge(0, SurfaceGroups.THE_VM, 1, 0, 2, List.of(2, 3)),
            new Edge(1, 0, 1, 0, 1, List.of(1)),
            new Edge(2, 0, 2, 0, 1, List.of(0)));
    assertThat(groups.total()).isEqualTo(3);
    assertThat(groups.mostHops()).isEqualTo(2);
    assertThat(groups.truncated()).isFalse();
  }

  @Test
  void of_keepsAGroupThatCountsNobody_forItsRules() {
    var environment =
        new EnvironmentBuilder()
            .vm("a", "s", "t")
            .vm("x", "d")
            .rule("r1", "s", "d")
            .rule("r2", "t", "d")
            .build();
    assertThat(of(environment, "x", Direction.IN, 50).groups())
        .containsExactly(
            new Tagged(1, tag(environment, "s"), 1, 1, 0, List.of(0)),
            new Tagged(1, tag(environment, "t"), 0, 1, 0, List.of()));
  }

  @Test
  void of_breaksTiesByCodePoint_notByUtf16() {
    // As UTF-16, the surrogates of the emoji would come before U+FFFF.
    var environment =
        new EnvironmentBuilder()
            .vm("a", "😀", "\uffff")
            .vm("x", "d")
            .rule("r1", "😀", "d")
            .rule("r2", "\uffff", "d")
            .build();
    assertThat(of(environment, "x", Direction.IN, 50).groups().getFirst())
        .isEqualTo(new Tagged(1, tag(environment, "\uffff"), 1, 1, 0, List.of(0)));
  }

  @Test
  void of_countsSiblingsOnACycle_butNotTheVm() {
    var environment =
        new EnvironmentBuilder()
            .vm("v0", "a")
            .vm("v1", "a")
            .vm("v2", "b")
            .rule("r1", "a", "b")
            .rule("r2", "b", "a")
            .build();
    var in = of(environment, "v0", Direction.IN, 50);
    assertThat(in.groups())
        .containsExactly(
            new Tagged(1, tag(environment, "b"), 1, 1, 0, List.of(2)),
            new Tagged(2, tag(environment, "a"), 1, 1, 0, List.of(1)));
    assertThat(in.edges())
        .containsExactly(
            new Edge(0, SurfaceGroups.THE_VM, 1, 0, 1, List.of(1)),
            new Edge(1, 0, 1, 0, 1, List.of(0)));
  }

  @Test
  void of_longChain_foldsAllHopsFromTheFifthFoldedOnIntoOne() {
    int vms = 100_000;
    var builder = new EnvironmentBuilder();
    for (int i = 0; i < vms; i++) {
      builder.vm("vm-" + i, "t" + i);
    }
    for (int i = 1; i < vms; i++) {
      builder.rule("fw-" + i, "t" + (i - 1), "t" + i);
    }
    var graph = AttackGraph.of(builder.build());
    var groups = SurfaceGroups.of(graph, vms - 1, Direction.IN, ALL, 50, Deadline.NONE);

    assertThat(groups.groupCount()).isEqualTo(vms - 1);
    assertThat(groups.groups()).hasSize(55);
    // Of the four hops folded by themselves, each has one group, which stays.
    assertThat(groups.groups().subList(0, 54)).allMatch(group -> group instanceof Tagged);
    assertThat(groups.groups().getLast())
        .isEqualTo(new Others(55, vms - 1, vms - 55, vms - 55, vms - 55, 0, List.of(0, 1, 2)));
    assertThat(groups.edges()).hasSize(56);
    assertThat(groups.edges().getLast())
        .isEqualTo(
            new Edge(54, 54, vms - 56, 0, vms - 56, IntStream.range(0, 20).boxed().toList()));
  }

  @Test
  void of_neverFoldsWhatIsPinned_andCountsAddressesOutsideApart() {
    var builder = new EnvironmentBuilder();
    builder.vm("x", "db");
    for (String tag : List.of("a", "b", "c")) {
      builder.vm("vm-" + tag, tag).rule("fw-" + tag, tag, "db");
    }
    builder.vm("internet", "outside").rule("fw-o", "outside", "db");
    builder.details(
        4, new VmDetails(VmKind.EXTERNAL, Optional.empty(), List.of(), List.of("0.0.0.0/0")));
    var environment = builder.build();
    for (var layout : List.of(new Layout.Largest(1), new Layout.ByHop(1, 2, 1, 0, 0))) {
      var found =
          SurfaceGroups.of(
              AttackGraph.of(environment),
              0,
              Direction.IN,
              ALL,
              layout,
              List.of(environment.findVm("internet").orElseThrow()),
              Deadline.NONE);
      assertThat(found.total()).isEqualTo(3);
      assertThat(found.groups())
          .containsExactly(
              new Tagged(1, tag(environment, "a"), 1, 1, 0, List.of(1)),
              new Tagged(1, tag(environment, "outside"), 0, 0, 1, List.of(4)),
              new Others(1, 1, 2, 2, 2, 0, List.of(3, 2)));
      assertThat(found.pinned()).containsExactly(1);
      assertThat(found.edges()).contains(new Edge(1, SurfaceGroups.THE_VM, 0, 1, 1, List.of(3)));
    }
  }

  @Test
  void of_endsAtTheDeadline() {
    var environment =
        new EnvironmentBuilder().vm("a", "s").vm("x", "d").rule("r", "s", "d").build();
    var graph = AttackGraph.of(environment);
    assertThatThrownBy(() -> SurfaceGroups.of(graph, 1, Direction.IN, ALL, 50, () -> true))
        .isInstanceOf(DeadlinePassed.class);
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void of_agreesWithTheDefinition_foldedOrNot(Direction direction) {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var environment = seed % 3 == 0 ? RandomDetails.of(seed) : RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          int maxHops = seed % 5 == 0 ? 1 + (int) (seed % 3) : ALL;
          int step = 1 + environment.vmCount() / 12;
          for (int vm = (int) (seed % step); vm < environment.vmCount(); vm += step) {
            var picture = new Picture(oracle, vm, direction, maxHops);
            for (int top : new int[] {1 + (int) (seed % 4), 100}) {
              var found = SurfaceGroups.of(graph, vm, direction, maxHops, top, Deadline.NONE);
              check(picture, picture.folded(top), found, graph);
              assertThat(found.groups().size()).isLessThanOrEqualTo(top + 5);
            }
            checkColumns(picture, new SplittableRandom(seed), maxHops, graph);
            checkMembers(picture, graph);
            var keys = EnumSet.complementOf(EnumSet.of(GroupKey.TAG)).toArray(GroupKey[]::new);
            var key = keys[(int) ((seed + vm) % keys.length)];
            var keyed = new Picture(oracle, vm, direction, maxHops, key, graph);
            checkColumns(keyed, new SplittableRandom(seed), maxHops, graph);
            checkMembers(keyed, graph);
          }
        });
  }

  private static void checkColumns(
      Picture picture, SplittableRandom random, int maxHops, AttackGraph graph) {
    var layout =
        new Layout.ByHop(
            1 + random.nextInt(3),
            2 + random.nextInt(4),
            1 + random.nextInt(3),
            random.nextInt(4),
            random.nextInt(3));
    var found =
        SurfaceGroups.of(
            graph,
            picture.vm,
            picture.direction,
            maxHops,
            picture.key,
            layout,
            List.of(),
            Deadline.NONE);
    check(picture, picture.inColumns(layout), found, graph);
    assertThat(found.columns()).hasSizeLessThanOrEqualTo(layout.columns());
    assertThat(found.columns().stream().mapToInt(Column::vms).sum()).isEqualTo(found.total());
    assertThat(found.columns().stream().mapToInt(Column::groups).sum())
        .isEqualTo(found.groupCount());
    for (var column : found.columns()) {
      var drawn =
          found.groups().stream()
              .filter(group -> !(group instanceof Others))
              .filter(group -> column.fromHop() <= group.fromHop())
              .filter(group -> group.toHop() <= column.toHop());
      assertThat(drawn).hasSize(column.shown());
    }
  }

  private static void checkMembers(Picture picture, AttackGraph graph) {
    for (var group : picture.groups) {
      var members = members(picture, group, group.hop(), graph);
      var vms = new TreeSet<Integer>();
      for (int i = 0; i < members.size(); i++) {
        vms.add(graph.vmAt(members.at(i)));
      }
      assertThat(vms).isEqualTo(new TreeSet<>(group.vms()));
      if (picture.key == GroupKey.TAG || picture.key == GroupKey.VM) {
        assertThat(members(picture, group, group.hop() + 1, graph).isEmpty()).isTrue();
      }
    }
  }

  private static Ranks members(Picture picture, NaiveGroup group, int hop, AttackGraph graph) {
    if (picture.key == GroupKey.TAG) {
      int tag = tag(graph.environment(), group.tag());
      return SurfaceGroups.members(graph, picture.vm, picture.direction, hop, tag, Deadline.NONE);
    }
    var key = picture.isSingle(group) ? GroupKey.VM : picture.key;
    var text = Optional.of(group.tag().substring(1)).filter(word -> !word.isEmpty());
    return SurfaceGroups.members(
        graph, picture.vm, picture.direction, hop, key, text, Deadline.NONE);
  }

  private static void check(
      Picture picture, List<Node> expected, SurfaceGroups found, AttackGraph graph) {
    assertThat(found.total()).isEqualTo(picture.inside(picture.hopsOf.keySet()));
    assertThat(found.mostHops())
        .isEqualTo(picture.hopsOf.values().stream().mapToInt(hops -> hops).max().orElse(0));
    assertThat(found.groupCount()).isEqualTo(picture.groups.size());
    assertThat(found.groups().stream().mapToInt(SurfaceGroups.Group::vms).sum())
        .isEqualTo(found.total());
    assertThat(found.groups()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      var group = found.groups().get(i);
      var naive = expected.get(i);
      assertThat(group.fromHop()).isEqualTo(naive.fromHop);
      assertThat(group.toHop()).isEqualTo(naive.toHop);
      assertThat(group.vms()).isEqualTo(picture.inside(naive.vms));
      assertThat(group.carrying()).isEqualTo(picture.inside(naive.carrying));
      assertThat(group.externals()).isEqualTo(naive.vms.size() - group.vms());
      assertThat(group.sample()).isEqualTo(first(3, naive.vms, graph));
      switch (group) {
        case Tagged tagged -> {
          assertThat(naive.isFolded).isFalse();
          assertThat(graph.environment().tag(tagged.tag())).isEqualTo(naive.tags.first());
        }
        case Keyed keyed -> {
          assertThat(naive.isFolded).isFalse();
          var only = naive.groups.getFirst();
          assertThat(keyed.key()).isEqualTo(picture.isSingle(only) ? GroupKey.VM : picture.key);
          assertThat(keyed.text().orElse("")).isEqualTo(only.tag().substring(1));
        }
        case Others others -> {
          assertThat(naive.isFolded).isTrue();
          assertThat(others.groups()).isEqualTo(naive.groups.size());
        }
      }
    }
    assertThat(found.edges()).isEqualTo(picture.edges(expected));
    assertThat(found.truncated())
        .isEqualTo(
            expected.stream().anyMatch(node -> node.isFolded)
                || found.edges().stream().anyMatch(edge -> edge.ruleCount() > 20));
  }

  private static List<Integer> first(int most, Collection<Integer> vms, AttackGraph graph) {
    return vms.stream().sorted(Comparator.comparingInt(graph::rankOf)).limit(most).toList();
  }

  /// One group of the definition: a hop, an entry tag, who is counted and who carries it. By
  /// another key, its text behind `=`, or behind `+` if the group is one VM by itself.
  private record NaiveGroup(int hop, String tag, Set<Integer> vms, Set<Integer> carrying) {}

  /// One group as drawn: of one naive group, or of several folded.
  private static final class Node {
    final boolean isFolded;
    final List<NaiveGroup> groups;
    final int fromHop;
    final int toHop;
    final TreeSet<String> tags = new TreeSet<>();
    final Set<Integer> vms = new TreeSet<>();
    final Set<Integer> carrying = new TreeSet<>();

    Node(boolean isFolded, List<NaiveGroup> groups) {
      this(
          isFolded,
          groups,
          groups.stream().mapToInt(NaiveGroup::hop).min().orElseThrow(),
          groups.stream().mapToInt(NaiveGroup::hop).max().orElseThrow());
    }

    /// @param fromHop the first hop of the column, if it is folded
    Node(boolean isFolded, List<NaiveGroup> groups, int fromHop, int toHop) {
      this.isFolded = isFolded;
      this.groups = groups;
      this.fromHop = isFolded ? fromHop : groups.getFirst().hop();
      this.toHop = isFolded ? toHop : groups.getFirst().hop();
      for (var group : groups) {
        tags.add(group.tag());
        vms.addAll(group.vms());
        carrying.addAll(group.carrying());
      }
    }
  }

  /// The definition, word by word, over VMs, pairs of VMs and rules.
  private static final class Picture {
    final NaiveOracle oracle;
    final List<FirewallRule> rules;
    final int vm;
    final Direction direction;
    final NavigableMap<Integer, Integer> hopsOf;
    final List<NaiveGroup> groups = new ArrayList<>();
    final GroupKey key;

    /// Of equally large groups of one hop, which comes first.
    final Comparator<NaiveGroup> ties;

    Picture(
        NaiveOracle oracle,
        int vm,
        Direction direction,
        int maxHops,
        GroupKey key,
        AttackGraph graph) {
      this.oracle = oracle;
      this.rules = oracle.environment().rules();
      this.vm = vm;
      this.direction = direction;
      this.hopsOf = found(maxHops);
      this.key = key;
      this.ties =
          Comparator.comparingInt(
              group -> group.vms().stream().mapToInt(graph::rankOf).min().orElseThrow());
      var counted = new HashMap<NaiveKey, Set<Integer>>();
      hopsOf.forEach((other, hop) ->
          counted
              .computeIfAbsent(new NaiveKey(hop, label(other, hop)), _ -> new TreeSet<>())
              .add(other));
      counted.forEach((one, vms) -> groups.add(new NaiveGroup(one.hop(), one.tag(), vms, vms)));
    }

    private String label(int other, int hop) {
      var environment = oracle.environment();
      if (key == GroupKey.VM || environment.vmKind(other).isExternal()) {
        return "+" + environment.vmId(other);
      }
      return "="
          + switch (key) {
            case SCOPE -> environment.vmScope(other).orElse("");
            case KIND -> environment.vmKind(other).code();
            default -> {
              String first = entryTags(other, hop).stream().min(Picture::byCodePoint).orElseThrow();
              yield first.replaceFirst("(?s)^(.[^-_.:/=]*)[-_.:/=].*$", "$1");
            }
          };
    }

    boolean isSingle(NaiveGroup group) {
      return group.tag().startsWith("+");
    }

    private NavigableMap<Integer, Integer> found(int maxHops) {
      return direction == Direction.IN
          ? oracle.attackersWithin(vm, maxHops)
          : oracle.victimsWithin(vm, maxHops);
    }

    Picture(NaiveOracle oracle, int vm, Direction direction, int maxHops) {
      this.oracle = oracle;
      this.rules = oracle.environment().rules();
      this.vm = vm;
      this.direction = direction;
      this.hopsOf = found(maxHops);
      this.key = GroupKey.TAG;
      this.ties = Comparator.comparing(NaiveGroup::tag, Picture::byCodePoint);
      var counted = new HashMap<NaiveKey, Set<Integer>>();
      var carrying = new HashMap<NaiveKey, Set<Integer>>();
      hopsOf.forEach((other, hop) -> {
        var entries = entryTags(other, hop);
        var first = entries.stream().min(Picture::byCodePoint).orElseThrow();
        counted.computeIfAbsent(new NaiveKey(hop, first), _ -> new TreeSet<>()).add(other);
        entries.forEach(tag ->
            carrying.computeIfAbsent(new NaiveKey(hop, tag), _ -> new TreeSet<>()).add(other));
      });
      carrying.forEach((key, vms) ->
          groups.add(
              new NaiveGroup(key.hop(), key.tag(), counted.getOrDefault(key, Set.of()), vms)));
    }

    private record NaiveKey(int hop, String tag) {}

    private static int byCodePoint(String left, String right) {
      return Arrays.compareUnsigned(
          left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    /// The VMs so many hops away; at 0, the VM itself.
    private Set<Integer> at(int hop) {
      return hop == 0
          ? Set.of(vm)
          : hopsOf.keySet().stream()
              .filter(other -> hopsOf.getOrDefault(other, 0) == hop)
              .collect(Collectors.toSet());
    }

    private Set<Integer> rulesBetween(int far, int near) {
      return direction == Direction.IN ? oracle.rules(far, near) : oracle.rules(near, far);
    }

    private String farTag(int rule) {
      return direction == Direction.IN ? rules.get(rule).sourceTag() : rules.get(rule).destTag();
    }

    private Set<String> entryTags(int other, int hop) {
      var tags = new TreeSet<String>();
      for (int near : at(hop - 1)) {
        rulesBetween(other, near).forEach(rule -> tags.add(farTag(rule)));
      }
      return tags;
    }

    private List<NaiveGroup> sorted() {
      var largestFirst =
          Comparator.comparingInt((NaiveGroup group) -> -inside(group.vms()))
              .thenComparingInt(NaiveGroup::hop)
              .thenComparing(ties);
      return groups.stream().sorted(largestFirst).toList();
    }

    /// How many of them stand for no addresses outside.
    int inside(Collection<Integer> vms) {
      return (int) vms.stream().filter(vm -> !oracle.environment().vmKind(vm).isExternal()).count();
    }

    List<Node> inColumns(Layout.ByHop layout) {
      int most = hopsOf.values().stream().mapToInt(hops -> hops).max().orElse(0);
      int from = Math.max(1, Math.min(layout.fromHop(), most));
      var nodes = new ArrayList<Node>();
      var byColumn = new TreeMap<Integer, List<NaiveGroup>>();
      int own = from == 1 ? layout.columns() : layout.columns() - 1;
      for (var group : sorted()) {
        int column = group.hop() < from ? 0 : Math.min(group.hop(), from + own - 1);
        byColumn.computeIfAbsent(column, _ -> new ArrayList<>()).add(group);
      }
      byColumn.forEach((column, all) -> {
        boolean isLast = column == from + own - 1;
        boolean isOpened =
            isLast ? layout.openedHop() >= column : layout.openedHop() == column && column > 0;
        int skipped =
            Math.min(all.size(), isOpened && layout.openedHop() <= most ? layout.start() : 0);
        int shown = column == 0 ? 0 : Math.min(layout.perHop(), all.size() - skipped);
        all.subList(skipped, skipped + shown)
            .forEach(group -> nodes.add(new Node(false, List.of(group))));
        var rest = new ArrayList<>(all.subList(0, skipped));
        rest.addAll(all.subList(skipped + shown, all.size()));
        if (!rest.isEmpty()) {
          nodes.add(
              new Node(
                  rest.size() > 1,
                  rest,
                  column == 0 ? 1 : column,
                  column == 0 ? from - 1 : isLast ? most : column));
        }
      });
      return inOrder(nodes);
    }

    List<Node> folded(int top) {
      var sorted = sorted();
      var nodes = new ArrayList<Node>();
      sorted.stream().limit(top).forEach(group -> nodes.add(new Node(false, List.of(group))));
      var foldedByHop = new TreeMap<Integer, List<NaiveGroup>>();
      sorted.stream()
          .skip(top)
          .forEach(
              group -> foldedByHop.computeIfAbsent(group.hop(), _ -> new ArrayList<>()).add(group));
      var beyond = new ArrayList<NaiveGroup>();
      int hops = 0;
      for (var folded : foldedByHop.values()) {
        if (++hops < 5) {
          nodes.add(new Node(folded.size() > 1, folded));
        } else {
          beyond.addAll(folded);
        }
      }
      if (!beyond.isEmpty()) {
        nodes.add(new Node(beyond.size() > 1, beyond));
      }
      return inOrder(nodes);
    }

    private static List<Node> inOrder(List<Node> nodes) {
      nodes.sort(
          Comparator.comparingInt((Node node) -> node.fromHop)
              .thenComparing(node -> node.isFolded));
      return nodes;
    }

    List<Edge> edges(List<Node> nodes) {
      var edges = new ArrayList<Edge>();
      for (int far = 0; far < nodes.size(); far++) {
        for (int near = 0; near <= nodes.size(); near++) {
          int place = near == nodes.size() ? SurfaceGroups.THE_VM : near;
          Map<Integer, Set<Integer>> vmsOfRule = new TreeMap<>();
          for (var group : nodes.get(far).groups) {
            var nearVms =
                place == SurfaceGroups.THE_VM
                    ? group.hop() == 1 ? Set.of(vm) : Set.<Integer>of()
                    : nodes.get(near).vms;
            collect(group, nearVms, vmsOfRule);
          }
          if (!vmsOfRule.isEmpty()) {
            var vms = new TreeSet<Integer>();
            vmsOfRule.values().forEach(vms::addAll);
            edges.add(
                new Edge(
                    far,
                    place,
                    inside(vms),
                    vms.size() - inside(vms),
                    vmsOfRule.size(),
                    vmsOfRule.keySet().stream().limit(20).toList()));
          }
        }
      }
      return edges;
    }

    /// Every rule with the group's tag at its far end that leads from a carrier to one of the VMs.
    private void collect(
        NaiveGroup group, Set<Integer> nearVms, Map<Integer, Set<Integer>> vmsOfRule) {
      for (int far : group.carrying()) {
        for (int near : nearVms) {
          if (near != vm && hopsOf.getOrDefault(near, 0) != group.hop() - 1) {
            continue;
          }
          for (int rule : rulesBetween(far, near)) {
            if (key != GroupKey.TAG || farTag(rule).equals(group.tag())) {
              vmsOfRule.computeIfAbsent(rule, _ -> new TreeSet<>()).add(far);
            }
          }
        }
      }
    }
  }

  private static SurfaceGroups of(
      Environment environment, String id, Direction direction, int top) {
    int vm = environment.findVm(id).orElseThrow();
    return SurfaceGroups.of(AttackGraph.of(environment), vm, direction, ALL, top, Deadline.NONE);
  }

  private static int tag(Environment environment, String tag) {
    return environment.findTag(tag).orElseThrow();
  }
}
