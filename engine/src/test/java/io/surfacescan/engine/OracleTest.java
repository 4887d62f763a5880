package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.VmSearch;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every question against the definition, executed naively on random environments.
class OracleTest {
  private static final int ENVIRONMENTS = 1_000;

  /// Stored sets for all components, for none, and for some, so that walks meet stored sets.
  static Stream<MemoryBudget> budgets() {
    return Stream.of(
        new MemoryBudget(1 << 20, 1 << 20),
        new MemoryBudget(0, 0),
        new MemoryBudget(4, 24),
        new MemoryBudget(12, 1 << 20));
  }

  @ParameterizedTest
  @MethodSource("budgets")
  void attackSurface_isTheClosureOverVms(MemoryBudget budget) {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          // Hubs for all classes that bridge, and for fewer and fewer.
          int maxPairEdges = (int) (seed % 3) * 3;
          var graph = AttackGraph.of(environment, budget, maxPairEdges);
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            var surface = AttackSurface.of(graph, vm);
            var attackers = oracle.attackers(vm).keySet();
            assertThat(vmsOf(graph, surface.attackers())).isEqualTo(attackers);
            assertThat(surface.attackers().size()).isEqualTo(attackers.size());
          }
        });
  }

  @Test
  void within_keepsAttackersOfAtMostSoManyHops() {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            var hopsOf = oracle.attackers(vm);
            for (int most = 1; most <= 5; most++) {
              int maxHops = most;
              var expected = new TreeSet<>(hopsOf.keySet());
              expected.removeIf(attacker -> hopsOf.getOrDefault(attacker, 0) > maxHops);
              assertThat(vmsOf(graph, AttackSurface.within(graph, vm, maxHops).attackers()))
                  .isEqualTo(expected);
            }
          }
        });
  }

  @Test
  void vmsByHop_givesAttackersWithShortestHopsAndTheLowestFirstRule() {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            int target = vm;
            var expected = oracle.attackers(target);
            var found = new TreeMap<Integer, Integer>();
            VmsByHop.attackers(graph, target, Integer.MAX_VALUE)
                .forEach((attacker, hops, rule) -> {
                  assertThat(found.put(attacker, hops)).isNull();
                  assertThat(rule).isEqualTo(lowestFirstRule(oracle, expected, attacker, target));
                });
            assertThat(found).isEqualTo(expected);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("budgets")
  void blastRadius_isTheClosureForwards(MemoryBudget budget) {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          int maxPairEdges = (int) (seed % 3) * 3;
          var graph = AttackGraph.of(environment, budget, maxPairEdges);
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            var victims = oracle.victims(vm).keySet();
            assertThat(vmsOf(graph, BlastRadius.of(graph, vm).victims())).isEqualTo(victims);
          }
        });
  }

  @Test
  void vmsByHop_givesVictimsWithShortestHopsAndTheLowestLastRule() {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            int attacker = vm;
            var expected = oracle.victims(attacker);
            var found = new TreeMap<Integer, Integer>();
            VmsByHop.victims(graph, attacker, Integer.MAX_VALUE)
                .forEach((victim, hops, rule) -> {
                  assertThat(found.put(victim, hops)).isNull();
                  assertThat(rule).isEqualTo(lowestLastRule(oracle, expected, attacker, victim));
                });
            assertThat(found).isEqualTo(expected);
            for (int most = 1; most <= 4; most++) {
              assertThat(vmsOf(graph, BlastRadius.within(graph, attacker, most).victims()))
                  .isEqualTo(oracle.victimsWithin(attacker, most).keySet());
            }
          }
        });
  }

  private static int lowestLastRule(
      NaiveOracle oracle, Map<Integer, Integer> hopsOf, int attacker, int victim) {
    int hops = hopsOf.getOrDefault(victim, 0);
    var rules = new TreeSet<Integer>();
    if (hops == 1) {
      rules.addAll(oracle.rules(attacker, victim));
    }
    hopsOf.forEach((before, left) -> {
      if (left == hops - 1) {
        rules.addAll(oracle.rules(before, victim));
      }
    });
    return rules.first();
  }

  @Test
  void vmsByHop_knowsHopsOfEachVm_andTheMost() {
    Seeds.check(
        ENVIRONMENTS / 4,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            var expected = oracle.attackers(vm);
            var found = VmsByHop.attackers(graph, vm, Integer.MAX_VALUE);
            for (int other = 0; other < environment.vmCount(); other++) {
              assertThat(found.hops(other)).isEqualTo(expected.getOrDefault(other, 0));
            }
            assertThat(found.mostHops())
                .isEqualTo(expected.values().stream().mapToInt(hops -> hops).max().orElse(0));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("budgets")
  void surfaceSizes_areThoseOfEverySurfaceAndBlastRadius(MemoryBudget budget) {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment, budget, (int) (seed % 3) * 3);
          var sizes = SurfaceSizes.of(graph, Deadline.NONE, Progress.NONE);
          var direct = DirectSizes.of(graph, Deadline.NONE);
          long pairs = 0;
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            pairs += oracle.attackers(vm).size();
            assertThat(sizes.attackers(vm)).isEqualTo(oracle.attackers(vm).size());
            assertThat(sizes.victims(vm)).isEqualTo(oracle.victims(vm).size());
            assertThat(direct.attackers(vm)).isEqualTo(oracle.attackersWithin(vm, 1).size());
            assertThat(direct.victims(vm)).isEqualTo(oracle.victimsWithin(vm, 1).size());
          }
          assertThat(sizes.pairs()).isEqualTo(pairs);
        });
  }

  @Test
  void exposures_areThoseOfEachVm() {
    Seeds.check(
        ENVIRONMENTS / 4,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          var all = Exposures.of(graph, Deadline.NONE, Progress.NONE);
          int[] allVms = IntStream.range(0, environment.vmCount()).toArray();
          var farthest = FarthestAttackers.of(graph, allVms, Deadline.NONE, Progress.NONE);
          assertThat(farthest.isComplete()).isTrue();
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            var attackers = oracle.attackers(vm);
            var back = new TreeSet<>(attackers.keySet());
            back.retainAll(oracle.victims(vm).keySet());
            var expected =
                new Exposure(
                    vm,
                    attackers.size(),
                    oracle.attackersWithin(vm, 1).size(),
                    oracle.victims(vm).size(),
                    oracle.victimsWithin(vm, 1).size(),
                    !back.isEmpty());
            assertThat(Exposure.of(graph, vm)).isEqualTo(expected);
            assertThat(all.of(vm)).isEqualTo(expected);
            assertThat(farthest.hops(vm))
                .isEqualTo(attackers.values().stream().mapToInt(hops -> hops).max().orElse(0));
          }
        });
  }

  @Test
  void environmentFindings_areThoseOfTheDefinition() {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var found = EnvironmentFindings.of(AttackGraph.of(environment));
          var used = new TreeSet<Integer>();
          var carried = new TreeSet<String>();
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            carried.addAll(environment.vm(vm).tags());
            for (int other = 0; other < environment.vmCount(); other++) {
              used.addAll(oracle.rules(vm, other));
            }
          }
          var unused = new TreeSet<Integer>();
          var self = new TreeSet<Integer>();
          var duplicates = new TreeSet<Integer>();
          var phantoms = new TreeSet<String>();
          var pairs = new HashSet<List<String>>();
          for (int rule = 0; rule < environment.ruleCount(); rule++) {
            String source = environment.rule(rule).sourceTag();
            String dest = environment.rule(rule).destTag();
            unused.addAll(used.contains(rule) ? Set.of() : Set.of(rule));
            self.addAll(source.equals(dest) ? Set.of(rule) : Set.of());
            duplicates.addAll(pairs.add(List.of(source, dest)) ? Set.of() : Set.of(rule));
            phantoms.addAll(List.of(source, dest));
          }
          phantoms.removeAll(carried);
          assertThat(found.unusedRules()).containsExactly(ints(unused));
          assertThat(found.selfRules()).containsExactly(ints(self));
          assertThat(found.duplicateRules()).containsExactly(ints(duplicates));
          assertThat(found.phantomTags()).isSorted();
          assertThat(Arrays.stream(found.phantomTags()).mapToObj(environment::tag))
              .containsExactlyInAnyOrderElementsOf(phantoms);
        });
  }

  private static int[] ints(Set<Integer> numbers) {
    return numbers.stream().mapToInt(number -> number).toArray();
  }

  @Test
  void alikeVms_haveOneSurfaceButForThemselves_andOrdersAreSorted() {
    Seeds.check(
        ENVIRONMENTS / 2,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          var exposures = Exposures.of(graph, Deadline.NONE, Progress.NONE);
          var search =
              new VmSearch(
                  Optional.of("1"), Optional.empty(), OptionalInt.empty(), Optional.empty());
          var expected = new TreeSet<Integer>();
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            expected.addAll(environment.vmId(vm).contains("1") ? Set.of(vm) : Set.of());
          }
          int[] vms = VmOrder.byAttackers(exposures).sorted(search.in(environment));
          assertThat(vms).containsExactlyInAnyOrder(ints(expected));
          for (int i = 1; i < vms.length; i++) {
            int before = oracle.attackers(vms[i - 1]).size();
            int here = oracle.attackers(vms[i]).size();
            assertThat(before > here || (before == here && vms[i - 1] < vms[i])).isTrue();
          }
          var alike = VmsBySurface.of(graph, vms);
          int at = 0;
          for (int group = 0; group < alike.first().length; group++) {
            int count = 0;
            for (int vm : vms) {
              if (VmsBySurface.of(graph, new int[] {alike.first()[group], vm}).count().length > 1) {
                continue;
              }
              count++;
              var own = new TreeSet<>(oracle.attackers(vm).keySet());
              own.remove(alike.first()[group]);
              var others = new TreeSet<>(oracle.attackers(alike.first()[group]).keySet());
              others.remove(vm);
              assertThat(own).isEqualTo(others);
            }
            assertThat(alike.count()[group]).isEqualTo(count);
            at += count;
          }
          assertThat(at).isEqualTo(vms.length);
        });
  }

  @Test
  void isOnCycle_saysWhetherAVictimAttacksBack() {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            var back = new TreeSet<>(oracle.attackers(vm).keySet());
            back.retainAll(oracle.victims(vm).keySet());
            assertThat(graph.isOnCycle(vm)).isEqualTo(!back.isEmpty());
          }
        });
  }

  /// By definition: over all VMs one hop nearer, the lowest rule that leads there.
  private static int lowestFirstRule(
      NaiveOracle oracle, Map<Integer, Integer> hopsOf, int attacker, int target) {
    int hops = hopsOf.getOrDefault(attacker, 0);
    var rules = new TreeSet<Integer>();
    if (hops == 1) {
      rules.addAll(oracle.rules(attacker, target));
    }
    hopsOf.forEach((next, left) -> {
      if (left == hops - 1) {
        rules.addAll(oracle.rules(attacker, next));
      }
    });
    return rules.first();
  }

  @Test
  void attackPath_isAShortestChainAndNamesEveryRule() {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          for (int to = 0; to < environment.vmCount(); to++) {
            var hopsOf = oracle.attackers(to);
            for (int from = 0; from < environment.vmCount(); from++) {
              checkPath(graph, oracle, from, to, hopsOf.get(from));
            }
          }
        });
  }

  private static void checkPath(
      AttackGraph graph, NaiveOracle oracle, int from, int to, @Nullable Integer shortest) {
    var path = AttackPath.of(graph, from, to);
    if (shortest == null) {
      assertThat(path).isEmpty();
      return;
    }
    assertThat(path.orElseThrow().hops()).hasSize(shortest);
    int at = from;
    for (var hop : path.orElseThrow().hops()) {
      assertThat(hop.from()).isEqualTo(at);
      assertThat(new TreeSet<>(hop.rules())).isEqualTo(oracle.rules(at, hop.to())).isNotEmpty();
      assertThat(hop.rules()).isSorted().doesNotHaveDuplicates();
      at = hop.to();
    }
    assertThat(at).isEqualTo(to);
  }

  @Test
  void ranks_areAPermutationOfTheVms() {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          Environment environment = RandomEnvironments.of(seed);
          var graph = AttackGraph.of(environment);
          var seen = new TreeSet<Integer>();
          for (int rank = 0; rank < environment.vmCount(); rank++) {
            assertThat(seen.add(graph.vmAt(rank))).isTrue();
            assertThat(graph.rankOf(graph.vmAt(rank))).isEqualTo(rank);
          }
        });
  }

  private static Set<Integer> vmsOf(AttackGraph graph, Ranks ranks) {
    var vms = new TreeSet<Integer>();
    for (int interval = 0; interval < ranks.intervalCount(); interval++) {
      for (int rank = ranks.from(interval); rank < ranks.to(interval); rank++) {
        if (!vms.add(graph.vmAt(rank))) {
          throw new AssertionError("VM " + graph.vmAt(rank) + " stands twice in " + ranks);
        }
      }
    }
    return vms;
  }
}
