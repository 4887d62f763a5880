package io.surfacescan.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.testkit.NaiveOracle;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds the seeded shapes to what [Shape] says of their attack surfaces.
class ShapeTest {
  private static NaiveOracle oracle(Shape shape, int vms, int tags, int rules) {
    return NaiveOracle.of(SeededEnvironment.of(shape, vms, tags, rules, 1).build());
  }

  private static IntStream vms(Environment environment) {
    return IntStream.range(0, environment.vmCount());
  }

  /// With one tag a VM, and with bridges.
  @ParameterizedTest
  @ValueSource(ints = {30, 60, 47})
  void chain_takesOneHopForEachVm(int tags) {
    var oracle = oracle(Shape.CHAIN, 30, tags, 29);
    Map<Integer, Integer> surfaces = new TreeMap<>();
    vms(oracle.environment())
        .forEach(vm -> {
          var hops = oracle.attackers(vm);
          surfaces.put(hops.size(), vm);
          assertThat(hops.values())
              .containsExactlyInAnyOrderElementsOf(
                  IntStream.rangeClosed(1, hops.size()).boxed().toList());
        });
    assertThat(surfaces.keySet())
        .containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
  }

  @Test
  void chain_withMoreVms_dealsThemToTheStations() {
    var oracle = oracle(Shape.CHAIN, 35, 8, 6);
    // 7 stations of 5 VMs.
    vms(oracle.environment())
        .forEach(vm -> assertThat(oracle.attackers(vm).size() % 5).as("VM %d", vm).isZero());
    assertThat(oracle.pathLength(named(oracle, "station-0"), named(oracle, "station-6")))
        .hasValue(6);
  }

  private static int named(NaiveOracle oracle, String name) {
    return vms(oracle.environment())
        .filter(vm -> oracle.environment().vm(vm).name().orElseThrow().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void cycles_attackTheirOwnRing_andTheRingsBehind() {
    // 5 rings of 5 tags, one after the other.
    var oracle = oracle(Shape.CYCLES, 100, 25, 29);
    var environment = oracle.environment();
    vms(environment)
        .forEach(vm ->
            assertThat(oracle.attackers(vm).keySet())
                .containsExactlyElementsOf(
                    vms(environment)
                        .filter(other -> other != vm)
                        .filter(other -> ring(environment, other) <= ring(environment, vm))
                        .boxed()
                        .toList()));
  }

  private static int ring(Environment environment, int vm) {
    return Integer.parseInt(environment.vm(vm).name().orElseThrow().split("-", -1)[1]);
  }

  @Test
  void layered_hasSurfacesOfVeryDifferentSizes() {
    var oracle = oracle(Shape.LAYERED, 200, 100, 250);
    var sizes = new HashSet<Integer>();
    vms(oracle.environment()).forEach(vm -> sizes.add(oracle.attackers(vm).size()));
    assertThat(sizes).contains(0).hasSizeGreaterThan(30);
    assertThat(sizes.stream().max(Integer::compare).orElseThrow()).isGreaterThan(40);
  }
}
