package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Chokepoints against their definition: every candidate of a random environment is removed, the
/// environment is built anew, and the attackers are counted naively.
class ChokepointsOracleTest {
  /// The VMs of an environment whose chokepoints are checked: all of a small one.
  private static final int TARGETS_MOST = 6;

  /// A name, which lists are ordered by after the loss, and the loss.
  private record Loss(List<String> name, int attackersLost) {}

  private static final Comparator<String> CODE_POINT_ORDER =
      (left, right) ->
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

  private static final Comparator<List<String>> NAME_ORDER =
      (left, right) -> {
        int order = 0;
        for (int i = 0; i < left.size() && order == 0; i++) {
          order = CODE_POINT_ORDER.compare(left.get(i), right.get(i));
        }
        return order;
      };

  private static final Comparator<Loss> RANKING =
      Comparator.comparingInt(Loss::attackersLost).reversed().thenComparing(Loss::name, NAME_ORDER);

  @Test
  void rules_areRankedByTheLossOfRemovingAllOfTheirTagPair() {
    Seeds.check(
        400,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var removals = new TreeMap<List<String>, Environment>(NAME_ORDER);
          for (var name : tagPairs(environment)) {
            removals.put(name, Without.rules(environment, Set.of(name)));
          }
          check(
              environment,
              seed,
              removals,
              chokepoints -> {
                assertThat(chokepoints.ruleCount())
                    .isGreaterThanOrEqualTo(chokepoints.rules().size());
                return chokepoints.rules().stream()
                    .map(rule -> new Loss(tagPair(environment, rule.rules()), rule.attackersLost()))
                    .toList();
              });
        });
  }

  @Test
  void tags_areRankedByTheLossOfTakingThemFromEveryVm() {
    Seeds.check(
        800,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var removals = new TreeMap<List<String>, Environment>(NAME_ORDER);
          for (int tag = 0; tag < environment.tagCount(); tag++) {
            String name = environment.tag(tag);
            removals.put(List.of(name), Without.tag(environment, name));
          }
          check(
              environment,
              seed,
              removals,
              chokepoints -> {
                boolean more =
                    Chokepoints.of(
                                AttackGraph.of(environment), chokepoints.vm(), 1_000, Deadline.NONE)
                            .tags()
                            .best()
                            .size()
                        > chokepoints.tags().best().size();
                assertThat(chokepoints.tags().more()).isEqualTo(more);
                return chokepoints.tags().best().stream()
                    .map(tag -> new Loss(List.of(environment.tag(tag.tag())), tag.attackersLost()))
                    .toList();
              });
        });
  }

  @Test
  void vms_areRankedByTheLossOfDeletingThem() {
    Seeds.check(
        400,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var removals = new TreeMap<List<String>, Environment>(NAME_ORDER);
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            String id = environment.vmId(vm);
            removals.put(List.of(id), Without.vm(environment, id));
          }
          check(
              environment,
              seed,
              removals,
              chokepoints -> {
                assertThat(chokepoints.vmCount()).isGreaterThanOrEqualTo(chokepoints.vms().size());
                return chokepoints.vms().stream()
                    .map(vm -> new Loss(List.of(environment.vmId(vm.vm())), vm.attackersLost()))
                    .toList();
              });
        });
  }

  private interface Listing {
    List<Loss> of(Chokepoints chokepoints);
  }

  /// Holds the list against the naive ranking, for some VMs.
  private static void check(
      Environment environment,
      long seed,
      Map<List<String>, Environment> removals,
      Listing listing) {
    var graph = AttackGraph.of(environment);
    var before = NaiveOracle.of(environment);
    var after = new TreeMap<List<String>, NaiveOracle>(NAME_ORDER);
    removals.forEach((name, removed) -> after.put(name, NaiveOracle.of(removed)));
    int top = List.of(1, 3, 1_000).get((int) (seed % 3));
    for (int vm : targets(environment, seed)) {
      String id = environment.vmId(vm);
      var attackers = before.ids(before.attackers(vm).keySet());
      var expected = new ArrayList<Loss>();
      after.forEach((name, oracle) -> {
        // A VM is not its own candidate.
        if (!name.equals(List.of(id)) || oracle.environment().findVm(id).isPresent()) {
          var left = new TreeSet<>(attackers);
          left.removeAll(attackers(oracle, id));
          left.removeIf(attacker -> oracle.environment().findVm(attacker).isEmpty());
          expected.add(new Loss(name, left.size()));
        }
      });
      expected.removeIf(loss -> loss.attackersLost() == 0);
      expected.sort(RANKING);
      var chokepoints = Chokepoints.of(graph, vm, top, Deadline.NONE);
      assertThat(chokepoints.isComplete()).isTrue();
      assertThat(chokepoints.attackers()).isEqualTo(attackers.size());
      assertThat(listing.of(chokepoints))
          .isEqualTo(expected.subList(0, Math.min(top, expected.size())));
    }
  }

  private static Set<String> attackers(NaiveOracle oracle, String id) {
    int vm = oracle.environment().findVm(id).orElseThrow();
    return oracle.ids(oracle.attackers(vm).keySet());
  }

  private static Set<Integer> targets(Environment environment, long seed) {
    var random = new SplittableRandom(~seed);
    var targets = new TreeSet<Integer>();
    for (int i = 0; i < environment.vmCount() && i < TARGETS_MOST; i++) {
      targets.add(
          environment.vmCount() <= TARGETS_MOST ? i : random.nextInt(environment.vmCount()));
    }
    return targets;
  }

  @Test
  void pairs_loseWhatRemovingBothLoses_andTheFirstIsTheBestOfFewRules() {
    Seeds.check(
        400,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var graph = AttackGraph.of(environment);
          var names = new ArrayList<>(tagPairs(environment));
          for (int vm : targets(environment, seed)) {
            var chokepoints = Chokepoints.of(graph, vm, 1_000, Deadline.NONE);
            var pairs = chokepoints.pairs().best();
            var shown = pairs.stream().map(pair -> loss(environment, pair)).toList();
            for (var pair : pairs) {
              checkPair(environment, vm, names, pair);
            }
            assertThat(shown).isSortedAccordingTo(RANKING).doesNotHaveDuplicates();
            if (names.size() <= 6) {
              assertThat(shown.stream().limit(1).toList())
                  .isEqualTo(bestPair(environment, vm, names));
            }
          }
        });
  }

  private static void checkPair(
      Environment environment, int vm, List<List<String>> names, Chokepoints.Pair pair) {
    var first = tagPair(environment, pair.first());
    var second = tagPair(environment, pair.second());
    assertThat(NAME_ORDER.compare(first, second)).isNegative();
    assertThat(pair.attackersLost())
        .isEqualTo(lost(environment, vm, Set.of(first, second)))
        .isGreaterThan(mostLostAlone(environment, vm, names));
  }

  private static int mostLostAlone(Environment environment, int vm, List<List<String>> names) {
    return names.stream().mapToInt(name -> lost(environment, vm, Set.of(name))).max().orElse(0);
  }

  /// The best of all pairs that lose more than the best rule alone, if there is one.
  private static List<Loss> bestPair(Environment environment, int vm, List<List<String>> names) {
    int alone = mostLostAlone(environment, vm, names);
    var found = new ArrayList<Loss>();
    for (var first : names) {
      for (var second : names.subList(names.indexOf(first) + 1, names.size())) {
        int both = lost(environment, vm, Set.of(first, second));
        if (both > alone) {
          found.add(
              new Loss(List.of(first.get(0), first.get(1), second.get(0), second.get(1)), both));
        }
      }
    }
    found.sort(RANKING);
    return found.stream().limit(1).toList();
  }

  private static int lost(Environment environment, int vm, Set<List<String>> rules) {
    return NaiveOracle.of(environment).attackers(vm).size()
        - NaiveOracle.of(Without.rules(environment, rules)).attackers(vm).size();
  }

  private static Loss loss(Environment environment, Chokepoints.Pair pair) {
    var first = tagPair(environment, pair.first());
    var second = tagPair(environment, pair.second());
    return new Loss(
        List.of(first.get(0), first.get(1), second.get(0), second.get(1)), pair.attackersLost());
  }

  @Test
  void rulePairs_areThoseOfDirectAttacksOfAttackersOnTheVmOrAnAttacker() {
    Seeds.check(
        800,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var graph = AttackGraph.of(environment);
          var oracle = NaiveOracle.of(environment);
          for (int vm : targets(environment, seed)) {
            var attackers = oracle.attackers(vm).keySet();
            var expected = new TreeSet<>(NAME_ORDER);
            for (int from : attackers) {
              for (int to : attackers) {
                oracle.rules(from, to).forEach(rule -> expected.add(tagPair(environment, rule)));
              }
              oracle.rules(from, vm).forEach(rule -> expected.add(tagPair(environment, rule)));
            }
            assertThat(Chokepoints.of(graph, vm, 1, Deadline.NONE).rulePairs())
                .isEqualTo(expected.size());
          }
        });
  }

  @Test
  void environment_rulesAreRankedByThePairsLostAndBoundsHold() {
    Seeds.check(
        400,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var graph = AttackGraph.of(environment);
          long pairs = pairs(environment);
          var expected = new ArrayList<Loss>();
          for (var name : tagPairs(environment)) {
            long left = pairs(Without.rules(environment, Set.of(name)));
            expected.add(new Loss(name, (int) (pairs - left)));
          }
          expected.removeIf(loss -> loss.attackersLost() == 0);
          expected.sort(RANKING);
          // With and without looking for ways round.
          int steps = List.of(0, 30, 1_000).get((int) (seed % 3));
          var all = environmentChokepoints(graph, 1_000, 1_000, steps);
          assertThat(all.pairs()).isEqualTo(pairs);
          assertThat(all.complete()).isTrue();
          assertThat(all.othersLoseAtMost()).isZero();
          assertThat(all.proven()).isTrue();
          assertThat(all.exactCount()).isEqualTo(all.ruleCount());
          assertThat(exact(environment, all)).isEqualTo(expected);

          int top = (int) (1 + seed % 4);
          var best = environmentChokepoints(graph, top, 1_000, steps);
          assertThat(exact(environment, best))
              .isEqualTo(expected.subList(0, Math.min(top, expected.size())));
          assertThat(best.proven()).isTrue();

          var few = environmentChokepoints(graph, top, top, steps);
          if (few.proven()) {
            assertThat(few.rules()).isEqualTo(best.rules());
          }
          checkBounds(environment, expected, environmentChokepoints(graph, 1_000, top, steps));
        });
  }

  private static EnvironmentChokepoints environmentChokepoints(
      AttackGraph graph, int top, int exact, int detourSteps) {
    return EnvironmentChokepoints.of(
        graph,
        SurfaceSizes.of(graph, Deadline.NONE, Progress.NONE),
        top,
        exact,
        detourSteps,
        Deadline.NONE,
        Progress.NONE);
  }

  private static long pairs(Environment environment) {
    var oracle = NaiveOracle.of(environment);
    long pairs = 0;
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      pairs += oracle.attackers(vm).size();
    }
    return pairs;
  }

  private static List<Loss> exact(Environment environment, EnvironmentChokepoints chokepoints) {
    return chokepoints.rules().stream()
        .filter(EnvironmentChokepoints.Rule::exact)
        .map(rule -> new Loss(tagPair(environment, rule.rules()), (int) rule.pairsLost()))
        .toList();
  }

  /// All candidates that lose anything are listed, the exact ones first, no bound is too low.
  private static void checkBounds(
      Environment environment, List<Loss> expected, EnvironmentChokepoints chokepoints) {
    var lossOf = new TreeMap<List<String>, Integer>(NAME_ORDER);
    expected.forEach(loss -> lossOf.put(loss.name(), loss.attackersLost()));
    long previousBound = Long.MAX_VALUE;
    for (var rule : chokepoints.rules()) {
      int loss = lossOf.getOrDefault(tagPair(environment, rule.rules()), 0);
      lossOf.remove(tagPair(environment, rule.rules()));
      if (rule.exact()) {
        assertThat(rule.pairsLost()).isEqualTo(loss);
        assertThat(previousBound).isEqualTo(Long.MAX_VALUE);
      } else {
        assertThat(rule.pairsLost())
            .isGreaterThanOrEqualTo(loss)
            .isLessThanOrEqualTo(Math.min(previousBound, chokepoints.othersLoseAtMost()));
        previousBound = rule.pairsLost();
      }
    }
    assertThat(lossOf).isEmpty();
  }

  private static Set<List<String>> tagPairs(Environment environment) {
    var pairs = new TreeSet<>(NAME_ORDER);
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      pairs.add(tagPair(environment, rule));
    }
    return pairs;
  }

  private static List<String> tagPair(Environment environment, int rule) {
    FirewallRule read = environment.rule(rule);
    return List.of(read.sourceTag(), read.destTag());
  }

  /// The tag pair of the rules, which must be all that have it.
  private static List<String> tagPair(Environment environment, List<Integer> rules) {
    var pair = tagPair(environment, rules.getFirst());
    var all = new ArrayList<Integer>();
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      if (tagPair(environment, rule).equals(pair)) {
        all.add(rule);
      }
    }
    assertThat(rules).isEqualTo(all);
    return pair;
  }
}
