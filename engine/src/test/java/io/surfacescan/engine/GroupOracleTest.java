package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Questions about groups against the definition: the union of what is found for each member.
class GroupOracleTest {
  private static final int ENVIRONMENTS = 400;

  /// The groups of all tags, and random ones, which no tag need hold together.
  private static List<Set<Integer>> groups(NaiveOracle oracle, long seed) {
    var environment = oracle.environment();
    var random = new SplittableRandom(seed);
    var groups = new ArrayList<Set<Integer>>();
    for (int tag = 0; tag < environment.tagCount(); tag++) {
      groups.add(new TreeSet<>(oracle.carrying(environment.tag(tag))));
    }
    for (int i = 0; i < 3; i++) {
      int oneIn = 1 + random.nextInt(4);
      var group = new TreeSet<Integer>();
      IntStream.range(0, environment.vmCount())
          .filter(_ -> random.nextInt(oneIn) == 0)
          .forEach(group::add);
      groups.add(group);
    }
    groups.add(new TreeSet<>(Set.of(random.nextInt(environment.vmCount()))));
    return groups;
  }

  private static VmGroup group(Set<Integer> vms) {
    return VmGroup.of(vms.stream().mapToInt(vm -> vm).toArray());
  }

  private static Set<Integer> vmsOf(AttackGraph graph, Ranks ranks) {
    var vms = new TreeSet<Integer>();
    for (int place = 0; place < ranks.size(); place++) {
      assertThat(vms.add(graph.vmAt(ranks.at(place)))).isTrue();
    }
    return vms;
  }

  @Test
  void groupSurfaceAndBlastRadius_areTheUnionsOfTheirMembers() {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var budget = seed % 2 == 0 ? new MemoryBudget(0, 0) : MemoryBudget.usual(40);
          var graph = AttackGraph.of(environment, budget, (int) (seed % 3) * 3);
          for (var members : groups(oracle, seed)) {
            assertThat(vmsOf(graph, GroupSurface.of(graph, group(members)).attackers()))
                .as("attackers of %s", members)
                .isEqualTo(oracle.attackersOfAny(members).keySet());
            assertThat(vmsOf(graph, GroupBlastRadius.of(graph, group(members)).victims()))
                .as("victims of %s", members)
                .isEqualTo(oracle.victimsOfAny(members).keySet());
          }
        });
  }

  @Test
  void groupByHop_givesLeastHopsToAnotherMember_andTheLowestRuleAtTheirEnd() {
    Seeds.check(
        ENVIRONMENTS / 5,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          for (var members : groups(oracle, seed)) {
            var attackers = oracle.attackersOfAny(members);
            var found = GroupByHop.attackers(graph, group(members), Integer.MAX_VALUE);
            hold(graph, found, attackers);
            attackers.forEach((vm, hops) ->
                assertThat(found.rule(vm))
                    .as("first rule of %s to %s", vm, members)
                    .isEqualTo(lowestFirstRule(oracle, members, vm, hops)));
            var victims = oracle.victimsOfAny(members);
            var reached = GroupByHop.victims(graph, group(members), Integer.MAX_VALUE);
            hold(graph, reached, victims);
            victims.forEach((vm, hops) ->
                assertThat(reached.rule(vm))
                    .as("last rule from %s to %s", members, vm)
                    .isEqualTo(lowestLastRule(oracle, members, vm, hops)));
          }
        });
  }

  private static void hold(
      AttackGraph graph, GroupByHop found, NavigableMap<Integer, Integer> expected) {
    var hopsOf = new TreeMap<Integer, Integer>();
    found.forEachHops((vm, hops) -> assertThat(hopsOf.put(vm, hops)).isNull());
    assertThat(hopsOf).isEqualTo(expected);
    assertThat(vmsOf(graph, found.ranks())).isEqualTo(expected.keySet());
    assertThat(found.mostHops())
        .isEqualTo(expected.values().stream().mapToInt(hops -> hops).max().orElse(0));
    for (int vm = 0; vm < graph.environment().vmCount(); vm++) {
      assertThat(found.hops(vm)).isEqualTo(expected.getOrDefault(vm, 0));
    }
  }

  private static int lowestFirstRule(
      NaiveOracle oracle, Set<Integer> members, int attacker, int hops) {
    var rules = new TreeSet<Integer>();
    for (int member : members) {
      var hopsOf = oracle.attackers(member);
      if (hopsOf.getOrDefault(attacker, 0) != hops) {
        continue;
      }
      if (hops == 1) {
        rules.addAll(oracle.rules(attacker, member));
      }
      hopsOf.forEach((next, left) -> {
        if (left == hops - 1) {
          rules.addAll(oracle.rules(attacker, next));
        }
      });
    }
    return rules.first();
  }

  private static int lowestLastRule(
      NaiveOracle oracle, Set<Integer> members, int victim, int hops) {
    var rules = new TreeSet<Integer>();
    for (int member : members) {
      var hopsOf = oracle.victims(member);
      if (hopsOf.getOrDefault(victim, 0) != hops) {
        continue;
      }
      if (hops == 1) {
        rules.addAll(oracle.rules(member, victim));
      }
      hopsOf.forEach((before, left) -> {
        if (left == hops - 1) {
          rules.addAll(oracle.rules(before, victim));
        }
      });
    }
    return rules.first();
  }

  @Test
  void within_countsTheLeastHopsToAnyOtherMember() {
    Seeds.check(
        ENVIRONMENTS / 4,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          for (var members : groups(oracle, seed)) {
            for (int most = 1; most <= 4; most++) {
              assertThat(vmsOf(graph, GroupSurface.within(graph, group(members), most).attackers()))
                  .isEqualTo(atMost(oracle.attackersOfAny(members), most));
              assertThat(
                      vmsOf(graph, GroupBlastRadius.within(graph, group(members), most).victims()))
                  .isEqualTo(atMost(oracle.victimsOfAny(members), most));
            }
          }
        });
  }

  private static Set<Integer> atMost(Map<Integer, Integer> hopsOf, int most) {
    var within = new TreeSet<>(hopsOf.keySet());
    within.removeIf(vm -> hopsOf.getOrDefault(vm, 0) > most);
    return within;
  }

  @Test
  void nearestPair_isAsNearAsAny_andOfLowestRanks() {
    Seeds.check(
        ENVIRONMENTS / 2,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          var groups = groups(oracle, seed);
          for (int i = 0; i + 1 < groups.size(); i++) {
            var from = groups.get(i);
            var to = groups.get(i + 1);
            var found = NearestPair.of(graph, group(from), group(to), Conditions.NONE);
            assertThat(found.map(pair -> List.of(pair.from(), pair.to())))
                .as("from %s to %s", from, to)
                .isEqualTo(nearest(graph, oracle, from, to));
            int via = (int) (seed % environment.vmCount());
            var over =
                NearestPair.of(
                    graph,
                    group(from),
                    group(to),
                    new Conditions(Exclusions.NOTHING, OptionalInt.of(via)));
            var least = leastOver(oracle, from, to, via);
            assertThat(
                    over.map(pair ->
                        oracle.pathLength(pair.from(), via).orElseThrow()
                            + oracle.pathLength(via, pair.to()).orElseThrow()))
                .isEqualTo(least);
            over.ifPresent(pair -> {
              assertThat(from).contains(pair.from());
              assertThat(to).contains(pair.to());
              assertThat(pair.from()).isNotEqualTo(pair.to());
            });
          }
        });
  }

  private static Optional<List<Integer>> nearest(
      AttackGraph graph, NaiveOracle oracle, Set<Integer> from, Set<Integer> to) {
    var byNearness = new TreeMap<List<Integer>, List<Integer>>(GroupOracleTest::compare);
    for (int source : from) {
      var hopsOf = oracle.victims(source);
      for (int target : to) {
        if (hopsOf.containsKey(target)) {
          byNearness.put(
              List.of(hopsOf.getOrDefault(target, 0), graph.rankOf(source), graph.rankOf(target)),
              List.of(source, target));
        }
      }
    }
    return Optional.ofNullable(byNearness.firstEntry()).map(Map.Entry::getValue);
  }

  private static int compare(List<Integer> left, List<Integer> right) {
    for (int i = 0; i < left.size(); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static Optional<Integer> leastOver(
      NaiveOracle oracle, Set<Integer> from, Set<Integer> to, int via) {
    var before = oracle.attackers(via);
    var behind = oracle.victims(via);
    var sums = new TreeSet<Integer>();
    for (int source : from) {
      for (int target : to) {
        if (source != target && before.containsKey(source) && behind.containsKey(target)) {
          sums.add(before.getOrDefault(source, 0) + behind.getOrDefault(target, 0));
        }
      }
    }
    return sums.stream().findFirst();
  }

  /// a0{a}, a1{a}, b0{b}, rules a -> b and b -> a: a cycle through siblings.
  private static Environment cycle() {
    return new EnvironmentBuilder()
        .vm("a0", null, List.of("a"))
        .vm("a1", null, List.of("a"))
        .vm("b0", null, List.of("b"))
        .rule("r1", "a", "b")
        .rule("r2", "b", "a")
        .build();
  }

  @Test
  void memberOnACycle_isListed_onlyIfItAttacksAnotherMember() {
    var graph = AttackGraph.of(cycle());
    var alone = GroupByHop.attackers(graph, VmGroup.of(0), Integer.MAX_VALUE);
    assertThat(vmsOf(graph, alone.ranks())).containsExactly(1, 2);
    assertThat(vmsOf(graph, GroupSurface.of(graph, VmGroup.of(0)).attackers()))
        .containsExactly(1, 2);
    var siblings = GroupByHop.attackers(graph, VmGroup.of(0, 1), Integer.MAX_VALUE);
    assertThat(vmsOf(graph, siblings.ranks())).containsExactly(0, 1, 2);
    assertThat(IntStream.range(0, 3).map(siblings::hops)).containsExactly(2, 2, 1);
    assertThat(vmsOf(graph, GroupSurface.of(graph, VmGroup.of(0, 1)).attackers()))
        .containsExactly(0, 1, 2);
    assertThat(vmsOf(graph, GroupSurface.within(graph, VmGroup.of(0, 1), 1).attackers()))
        .containsExactly(2);
  }

  @Test
  void carrying_findsEveryVmWithTheTag_alsoOneWithoutRules() {
    var environment =
        new EnvironmentBuilder()
            .vm("x", null, List.of("office", "a"))
            .vm("y", null, List.of("a"))
            .vm("z", null, List.of("office"))
            .rule("r", "a", "a")
            .build();
    var graph = AttackGraph.of(environment);
    var office = VmGroup.carrying(environment, environment.findTag("office").orElseThrow());
    assertThat(office.size()).isEqualTo(2);
    assertThat(office.vm(0)).isZero();
    assertThat(office.vm(1)).isEqualTo(2);
    // x and y are of one class, as no rule names the tag; only x is a member.
    assertThat(vmsOf(graph, GroupSurface.of(graph, office).attackers())).containsExactly(1);
  }
}
