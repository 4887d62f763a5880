package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.testkit.Scenario;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The answers worked out by hand in the scenario folders.
class ScenarioTest {
  private static final String ALL = "io.surfacescan.testkit.Scenario#all";

  @ParameterizedTest
  @MethodSource(ALL)
  void attackersByHop_areTheHandMadeOnes(Scenario scenario) {
    var environment = scenario.environment();
    var graph = AttackGraph.of(environment);
    var found = new TreeMap<String, Map<String, Integer>>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      var hopsOf = new TreeMap<String, Integer>();
      VmsByHop.attackers(graph, vm, Integer.MAX_VALUE)
          .forEach((attacker, hops, rule) -> hopsOf.put(environment.vmId(attacker), hops));
      found.put(environment.vmId(vm), hopsOf);
    }
    assertThat(found).isEqualTo(scenario.attackers());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void attackSurface_isTheHandMadeOne_wholeAndDirect(Scenario scenario) {
    var environment = scenario.environment();
    var graph = AttackGraph.of(environment);
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      String id = environment.vmId(vm);
      assertThat(ids(graph, AttackSurface.of(graph, vm))).isEqualTo(scenario.surface(id));
      assertThat(ids(graph, AttackSurface.within(graph, vm, 1)))
          .isEqualTo(scenario.attackersWithin(id, 1));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void attackPath_isTheOnlyShortestOne(Scenario scenario) {
    var environment = scenario.environment();
    var graph = AttackGraph.of(environment);
    for (var expected : scenario.paths()) {
      int from = environment.findVm(expected.getFirst().from()).orElseThrow();
      int to = environment.findVm(expected.getLast().to()).orElseThrow();
      var hops =
          AttackPath.of(graph, from, to).orElseThrow().hops().stream()
              .map(hop ->
                  new Scenario.Hop(
                      environment.vmId(hop.from()),
                      environment.vmId(hop.to()),
                      hop.rules().stream()
                          .map(rule -> environment.rule(rule).id().orElseThrow())
                          .toList()))
              .toList();
      assertThat(hops).isEqualTo(expected);
    }
  }

  private static Set<String> ids(AttackGraph graph, AttackSurface surface) {
    var ids = new TreeSet<String>();
    for (int rank = 0; rank < graph.environment().vmCount(); rank++) {
      if (surface.attackers().contains(rank)) {
        ids.add(graph.environment().vmId(graph.vmAt(rank)));
      }
    }
    return ids;
  }
}
