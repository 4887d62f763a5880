package io.surfacescan.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomDetails;
import io.surfacescan.testkit.RandomEdits;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What stands for addresses outside attacks and is attacked as VMs are, and is in no count: held
/// against the definition, with externals that carry any tags, and such that are one on one side of
/// a comparison only.
class ExternalsOracleTest {
  private static boolean isVm(Environment environment, int vm) {
    return !environment.vmKind(vm).isExternal();
  }

  private static int vms(Environment environment, Collection<Integer> some) {
    return (int) some.stream().filter(vm -> isVm(environment, vm)).count();
  }

  private static Environment environment(long seed) {
    return RandomDetails.withOutside(RandomEnvironments.of(seed), seed);
  }

  @Test
  void sizes_countVmsAlone_whateverIsStored() {
    Seeds.check(
        200,
        seed -> {
          var environment = environment(seed);
          var oracle = NaiveOracle.of(environment);
          var budget = new MemoryBudget(seed % 3 == 0 ? 0 : seed % 3 == 1 ? 20 : 1 << 20, 0);
          var graph = AttackGraph.of(environment, budget);
          var all = Exposures.of(graph, Deadline.NONE, Progress.NONE);
          int[] inside =
              IntStream.range(0, environment.vmCount())
                  .filter(vm -> isVm(environment, vm))
                  .toArray();
          var farthest = FarthestAttackers.of(graph, inside, Deadline.NONE, Progress.NONE);
          long pairs = 0;
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            var attackers = oracle.attackers(vm);
            var one = Exposure.of(graph, vm);
            assertThat(one.attackers()).isEqualTo(vms(environment, attackers.keySet()));
            assertThat(one.victims()).isEqualTo(vms(environment, oracle.victims(vm).keySet()));
            assertThat(one.directAttackers())
                .isEqualTo(vms(environment, oracle.attackersWithin(vm, 1).keySet()));
            assertThat(one.directVictims())
                .isEqualTo(vms(environment, oracle.victimsWithin(vm, 1).keySet()));
            assertThat(all.of(vm)).isEqualTo(one);
            assertThat(all.attackers(vm)).isEqualTo(one.attackers());
            assertThat(all.victims(vm)).isEqualTo(one.victims());
            if (isVm(environment, vm)) {
              pairs += one.attackers();
              assertThat(farthest.hops(vm))
                  .isEqualTo(
                      attackers.keySet().stream()
                          .filter(attacker -> isVm(environment, attacker))
                          .mapToInt(attackers::get)
                          .max()
                          .orElse(0));
            }
          }
          assertThat(all.pairs()).isEqualTo(pairs);
        });
  }

  /// The attackers of each VM by their ids, without addresses outside on either side.
  private static Map<String, Set<String>> attackers(Environment environment) {
    var oracle = NaiveOracle.of(environment);
    var attackers = new HashMap<String, Set<String>>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      if (isVm(environment, vm)) {
        var some = new ArrayList<>(oracle.attackers(vm).keySet());
        some.removeIf(attacker -> !isVm(environment, attacker));
        attackers.put(environment.vmId(vm), oracle.ids(some));
      }
    }
    return attackers;
  }

  private static long pairs(Map<String, Set<String>> attackers) {
    return attackers.values().stream().mapToLong(Set::size).sum();
  }

  private static int missing(Set<String> some, Set<String> others) {
    var left = new TreeSet<>(some);
    left.removeAll(others);
    return left.size();
  }

  private static void check(Comparison comparison, Environment before, Environment after) {
    var then = attackers(before);
    var now = attackers(after);
    var changes = SurfaceChanges.of(comparison, 3, Deadline.NONE, Progress.NONE);
    var both = new TreeSet<>(then.keySet());
    both.retainAll(now.keySet());
    long gained = 0;
    long lost = 0;
    for (int compared = 0; compared < comparison.vmCount(); compared++) {
      String id = comparison.id(comparison.vm(compared));
      var of = then.getOrDefault(id, Set.of());
      var ofNow = now.getOrDefault(id, Set.of());
      assertThat(changes.gained(compared)).isEqualTo(missing(ofNow, of));
      assertThat(changes.lost(compared)).isEqualTo(missing(of, ofNow));
      gained += missing(ofNow, of);
      lost += missing(of, ofNow);
      if (both.contains(id)) {
        var change = SurfaceChange.ofAttackers(comparison, comparison.vm(compared));
        assertThat(change.before()).isEqualTo(of.size());
        assertThat(change.after()).isEqualTo(ofNow.size());
        assertThat(change.gained().size()).isEqualTo(missing(ofNow, of));
        assertThat(change.lost().size()).isEqualTo(missing(of, ofNow));
      }
    }
    assertThat(changes.pairsBefore()).isEqualTo(pairs(then));
    assertThat(changes.pairsAfter()).isEqualTo(pairs(now));
    assertThat(changes.pairsGained()).isEqualTo(gained);
    assertThat(changes.pairsLost()).isEqualTo(lost);
    assertThat(changes.grownVms())
        .isEqualTo(
            (int)
                both.stream()
                    .filter(id ->
                        missing(requireNonNull(now.get(id)), requireNonNull(then.get(id))) > 0)
                    .count());
    assertThat(changes.shrunkVms())
        .isEqualTo(
            (int)
                both.stream()
                    .filter(id ->
                        missing(requireNonNull(then.get(id)), requireNonNull(now.get(id))) > 0)
                    .count());
    assertThat(changes.worst())
        .allMatch(change -> both.contains(comparison.id(change.vm())))
        .hasSize(Math.min(3, changes.changedVms()));
  }

  @Test
  void surfaceChanges_countVmsAlone() {
    Seeds.check(
        150,
        seed -> {
          var before = environment(seed);
          var edits = RandomEdits.of(before, seed);
          var rebuilt = RandomEdits.rebuilt(before, edits);
          var after = RandomDetails.withOutside(rebuilt, seed);
          var graph = AttackGraph.of(before);
          check(Comparison.of(graph, EditedEnvironment.of(before, edits)), before, after);
          check(Comparison.of(graph, AttackGraph.of(after)), before, after);
          // Others are outside now.
          var other = RandomDetails.withOutside(seed % 2 == 0 ? before : rebuilt, seed + 7);
          check(Comparison.of(graph, AttackGraph.of(other)), before, other);
        });
  }

  private static Set<List<String>> tagPairs(Environment environment) {
    var pairs = new HashSet<List<String>>();
    environment.rules().forEach(rule -> pairs.add(List.of(rule.sourceTag(), rule.destTag())));
    return pairs;
  }

  private static List<String> tagPair(Environment environment, List<Integer> rules) {
    var rule = environment.rule(rules.getFirst());
    return List.of(rule.sourceTag(), rule.destTag());
  }

  @Test
  void chokepoints_loseVmsAlone_andNoExternalIsACandidate() {
    Seeds.check(
        80,
        seed -> {
          var environment = environment(seed);
          var graph = AttackGraph.of(environment);
          var before = NaiveOracle.of(environment);
          for (int vm = 0; vm < Math.min(3, environment.vmCount()); vm++) {
            String id = environment.vmId(vm);
            var attackers = ids(environment, before, vm);
            var found = Chokepoints.of(graph, vm, 1_000, Deadline.NONE);
            assertThat(found.attackers()).isEqualTo(attackers.size());
            var rules = new HashMap<List<String>, Integer>();
            for (var pair : tagPairs(environment)) {
              var left = NaiveOracle.of(Without.rules(environment, Set.of(pair)));
              put(rules, pair, missing(attackers, ids(environment, left, vm)));
            }
            assertThat(found.rules())
                .allMatch(rule ->
                    requireNonNull(rules.get(tagPair(environment, rule.rules())))
                        == rule.attackersLost())
                .hasSize(rules.size());
            var tags = new HashMap<String, Integer>();
            for (int tag = 0; tag < environment.tagCount(); tag++) {
              var left = NaiveOracle.of(Without.tag(environment, environment.tag(tag)));
              put(tags, environment.tag(tag), missing(attackers, ids(environment, left, vm)));
            }
            assertThat(found.tags().best())
                .allMatch(tag ->
                    requireNonNull(tags.get(environment.tag(tag.tag()))) == tag.attackersLost())
                .hasSize(tags.size());
            var vms = new HashMap<String, Integer>();
            for (int other = 0; other < environment.vmCount(); other++) {
              String gone = environment.vmId(other);
              if (other != vm && isVm(environment, other)) {
                var without = Without.vm(environment, gone);
                var left = NaiveOracle.of(without);
                int target = without.findVm(id).orElseThrow();
                var expected = new TreeSet<>(attackers);
                expected.remove(gone);
                put(vms, gone, missing(expected, left.ids(left.attackers(target).keySet())));
              }
            }
            assertThat(found.vms())
                .allMatch(one ->
                    requireNonNull(vms.get(environment.vmId(one.vm()))) == one.attackersLost())
                .hasSize(vms.size());
          }
        });
  }

  private static <K> void put(Map<K, Integer> losses, K key, int lost) {
    if (lost > 0) {
      losses.put(key, lost);
    }
  }

  /// The attackers of a VM that are VMs in the environment.
  private static Set<String> ids(Environment environment, NaiveOracle oracle, int vm) {
    var some = new ArrayList<>(oracle.attackers(vm).keySet());
    some.removeIf(attacker -> !isVm(environment, attacker));
    return oracle.ids(some);
  }

  @Test
  void environmentChokepoints_losePairsOfVms() {
    Seeds.check(
        100,
        seed -> {
          var environment = environment(seed);
          var graph = AttackGraph.of(environment);
          long pairs = pairs(attackers(environment));
          var losses = new HashMap<List<String>, Integer>();
          for (var pair : tagPairs(environment)) {
            var without = RandomDetails.withOutside(Without.rules(environment, Set.of(pair)), seed);
            put(losses, pair, (int) (pairs - pairs(attackers(without))));
          }
          var sizes = SurfaceSizes.of(graph, Deadline.NONE, Progress.NONE);
          var all =
              EnvironmentChokepoints.of(graph, sizes, 1_000, 1_000, Deadline.NONE, Progress.NONE);
          assertThat(all.pairs()).isEqualTo(pairs);
          assertThat(all.rules())
              .allMatch(rule ->
                  requireNonNull(losses.get(tagPair(environment, rule.rules())))
                      == rule.pairsLost())
              .hasSize(losses.size());
          // Bounds of what is not worked out hold too.
          var few = EnvironmentChokepoints.of(graph, sizes, 1_000, 1, Deadline.NONE, Progress.NONE);
          assertThat(few.rules())
              .allMatch(rule ->
                  rule.pairsLost() >= losses.getOrDefault(tagPair(environment, rule.rules()), 0));
        });
  }

  @Test
  void outsideReach_hasHopsServicesAndTheFirstRule() {
    Seeds.check(
        300,
        seed -> {
          var environment = RandomDetails.of(seed);
          var graph = AttackGraph.of(environment);
          var oracle = NaiveOracle.of(environment);
          int last = environment.vmCount() - 1;
          for (int first = 0; first < Math.min(3, last); first++) {
            int[] outside = seed % 2 == 0 ? new int[] {first} : new int[] {first, last};
            checkReach(
                OutsideReach.of(graph, outside), oracle, Arrays.stream(outside).boxed().toList());
          }
        });
  }

  private static void checkReach(OutsideReach reach, NaiveOracle oracle, List<Integer> outside) {
    var environment = oracle.environment();
    var hops = oracle.victimsOfAny(outside);
    outside.forEach(hops::remove);
    var expected = new ArrayList<Integer>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      assertThat(reach.hops(vm)).isEqualTo(hops.getOrDefault(vm, 0));
      if (hops.containsKey(vm)) {
        int target = vm;
        assertThat(reach.services(vm)).isEqualTo(services(oracle, hops, outside, vm));
        assertThat(outside)
            .anyMatch(from ->
                oracle.pathLength(from, target).orElse(0) == requireNonNull(hops.get(target))
                    && oracle.firstRules(from, target).contains(reach.firstRule(target)));
        if (isVm(environment, vm)) {
          expected.add(vm);
        }
      }
    }
    expected.sort(Comparator.comparing(hops::get));
    assertThat(reach.size()).isEqualTo(expected.size());
    assertThat(reach.vms(1_000)).containsExactly(ints(expected));
    assertThat(reach.vms(2))
        .containsExactly(ints(expected.subList(0, Math.min(2, expected.size()))));
    for (int hop = 1; hop <= reach.mostHops(); hop++) {
      int far = hop;
      assertThat(reach.vmsAt(hop))
          .isEqualTo(
              (int) expected.stream().filter(vm -> requireNonNull(hops.get(vm)) == far).count());
    }
  }

  private static int[] ints(List<Integer> some) {
    return some.stream().mapToInt(vm -> vm).toArray();
  }

  /// What rules allow from a VM one hop nearer to those that attack.
  private static Services services(
      NaiveOracle oracle, Map<Integer, Integer> hops, List<Integer> from, int to) {
    var services = Services.NONE;
    for (int near = 0; near < oracle.environment().vmCount(); near++) {
      int level = from.contains(near) ? 0 : hops.getOrDefault(near, Integer.MAX_VALUE);
      if (level == requireNonNull(hops.get(to)) - 1) {
        for (int rule : oracle.rules(near, to)) {
          services = services.or(oracle.environment().services(rule));
        }
      }
    }
    return services;
  }
}
