package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupAttacksTest {
  private static final BitSet NONE = new BitSet();

  @Test
  void attacked_isWhatTheOracleSays_forManyPairsOfGroups() {
    Seeds.check(
        200,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var graph = AttackGraph.of(environment);
          var random = new SplittableRandom(seed);
          var avoided = rules(random, environment.ruleCount());
          var without = NaiveOracle.of(environment.keepingRules(rule -> !avoided.get(rule)));
          var whole = NaiveOracle.of(environment);
          var queries = new ArrayList<GroupAttacks.Query>();
          for (int i = 0; i < 70; i++) {
            int hops = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : Integer.MAX_VALUE;
            queries.add(
                new GroupAttacks.Query(
                    group(random, environment.vmCount()),
                    group(random, environment.vmCount()),
                    hops,
                    random.nextBoolean() ? avoided : NONE));
          }
          var found = GroupAttacks.attacked(graph, queries, Deadline.NONE);
          for (int i = 0; i < queries.size(); i++) {
            var query = queries.get(i);
            var oracle = query.avoided().equals(avoided) ? without : whole;
            assertThat(found.get(i).stream().boxed().toList())
                .as("query %d: %s to %s", i, members(query.from()), members(query.to()))
                .isEqualTo(expected(oracle, query));
          }
        });
  }

  @Test
  void attacked_leavesOutAVmThatReachesOnlyItself() {
    var environment =
        new EnvironmentBuilder()
            .vm("v0", "a")
            .vm("v1", "b")
            .vm("v2", "c")
            .rule("r1", "a", "b")
            .rule("r2", "b", "a")
            .build();
    var graph = AttackGraph.of(environment);
    var queries =
        List.of(
            new GroupAttacks.Query(vms(0), vms(0, 2), Integer.MAX_VALUE, NONE),
            new GroupAttacks.Query(vms(0, 1), vms(0, 2), Integer.MAX_VALUE, NONE),
            new GroupAttacks.Query(vms(0, 1), vms(), Integer.MAX_VALUE, NONE));
    assertThat(GroupAttacks.attacked(graph, queries, Deadline.NONE))
        .extracting(BitSet::toString)
        .containsExactly("{}", "{0}", "{}");
  }

  private static List<Integer> expected(NaiveOracle oracle, GroupAttacks.Query query) {
    var expected = new TreeSet<Integer>();
    for (int to : members(query.to())) {
      var attackers = oracle.attackersWithin(to, query.maxHops()).keySet();
      if (members(query.from()).stream().anyMatch(attackers::contains)) {
        expected.add(to);
      }
    }
    return List.copyOf(expected);
  }

  private static List<Integer> members(BitSet group) {
    return group.stream().boxed().toList();
  }

  private static BitSet group(RandomGenerator random, int vms) {
    int oneIn = 1 + random.nextInt(4);
    return vms(IntStream.range(0, vms).filter(_ -> random.nextInt(oneIn) == 0).toArray());
  }

  private static BitSet vms(int... vms) {
    var set = new BitSet();
    IntStream.of(vms).forEach(set::set);
    return set;
  }

  private static BitSet rules(RandomGenerator random, int rules) {
    var some = new BitSet();
    for (int rule = 0; rule < rules; rule++) {
      some.set(rule, random.nextInt(3) == 0);
    }
    return some;
  }
}
