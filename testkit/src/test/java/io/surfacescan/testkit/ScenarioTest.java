package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the oracle to the answers worked out by hand, and the scenarios to their own form.
class ScenarioTest {
  private static final String ALL = "io.surfacescan.testkit.Scenario#all";

  @Test
  void all_findsTheFourTraps() {
    assertThat(Scenario.all())
        .extracting(Scenario::name)
        .contains("bridge", "siblings", "phantom", "fork")
        .isSorted();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void scenario_saysWhatItShows_andExpectsSomethingOfEveryVm(Scenario scenario) {
    assertThat(scenario.shows()).isNotBlank().doesNotContain("\n");
    var environment = scenario.environment();
    var ids = new ArrayList<String>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      ids.add(environment.vmId(vm));
    }
    assertThat(scenario.attackers()).containsOnlyKeys(ids);
    assertThat(scenario.unknown()).doesNotContainAnyElementsOf(ids);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void attackersAndVictims_areTheHandMadeOnes(Scenario scenario) {
    var oracle = NaiveOracle.of(scenario.environment());
    for (int vm = 0; vm < scenario.environment().vmCount(); vm++) {
      String id = scenario.environment().vmId(vm);
      assertThat(byId(scenario, oracle.attackers(vm))).isEqualTo(scenario.attackers().get(id));
      assertThat(byId(scenario, oracle.victims(vm))).isEqualTo(scenario.victims(id));
      assertThat(oracle.ids(oracle.attackers(vm).keySet())).isEqualTo(scenario.surface(id));
      for (int hops = 1; hops < 4; hops++) {
        assertThat(oracle.ids(oracle.attackersWithin(vm, hops).keySet()))
            .isEqualTo(scenario.attackersWithin(id, hops));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void paths_areTheOnlyShortestOnes(Scenario scenario) {
    for (var path : scenario.paths()) {
      assertThat(shortestPaths(scenario, path.getFirst().from(), path.getLast().to()))
          .containsExactly(path);
    }
  }

  /// All shortest attack paths, found by trying each hop that comes one nearer.
  private static List<List<Scenario.Hop>> shortestPaths(Scenario scenario, String from, String to) {
    if (from.equals(to)) {
      return List.of(List.of());
    }
    var oracle = NaiveOracle.of(scenario.environment());
    int first = vm(scenario, from);
    var paths = new ArrayList<List<Scenario.Hop>>();
    for (int next : oracle.victimsWithin(first, 1).keySet()) {
      String nextId = scenario.environment().vmId(next);
      int left = nextId.equals(to) ? 0 : oracle.pathLength(next, vm(scenario, to)).orElse(99);
      if (left == oracle.pathLength(first, vm(scenario, to)).orElseThrow() - 1) {
        for (var rest : shortestPaths(scenario, nextId, to)) {
          var rules =
              oracle.rules(first, next).stream()
                  .map(rule -> scenario.environment().rule(rule).id().orElseThrow())
                  .toList();
          var path = new ArrayList<>(List.of(new Scenario.Hop(from, nextId, rules)));
          path.addAll(rest);
          paths.add(path);
        }
      }
    }
    return paths;
  }

  private static int vm(Scenario scenario, String id) {
    return scenario.environment().findVm(id).orElseThrow();
  }

  private static Map<String, Integer> byId(Scenario scenario, Map<Integer, Integer> hops) {
    var byId = new TreeMap<String, Integer>();
    hops.forEach((vm, count) -> byId.put(scenario.environment().vmId(vm), count));
    return byId;
  }

  @Test
  void victims_areReadOffTheAttackers() {
    var siblings =
        Scenario.all().stream().filter(s -> s.name().equals("siblings")).findFirst().orElseThrow();
    assertThat(siblings.victims("v0")).isEqualTo(new HashMap<>(Map.of("v1", 2, "v2", 1)));
  }
}
