package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.synthesis.SeededEnvironment;
import io.surfacescan.synthesis.Shape;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Sizes of environments that need several blocks, and tags held by more classes than are marked
/// one by one; [OracleTest] has the small ones.
class SurfaceSizesTest {
  static Stream<Environment> environments() {
    return Stream.of(
        seeded(Shape.LAYERED, 4_000, 600, 1_500),
        seeded(Shape.UNIFORM, 3_000, 2_500, 1_200),
        seeded(Shape.CHAIN, 2_000, 2_000, 1_999),
        hubs(2_500));
  }

  private static Environment seeded(Shape shape, int vms, int tags, int rules) {
    var seeded = SeededEnvironment.of(shape, vms, tags, rules, 1);
    var builder = new EnvironmentBuilder();
    for (int vm = 0; vm < vms; vm++) {
      builder.vm(seeded.vm(vm).id(), null, seeded.vm(vm).tags());
    }
    for (int rule = 0; rule < rules; rule++) {
      builder.rule(null, seeded.rule(rule).sourceTag(), seeded.rule(rule).destTag());
    }
    return builder.build();
  }

  /// Every VM is a class of its own in some tier; a tag is on all, some on half of all, and rules
  /// lead to, from and between them.
  private static Environment hubs(int vms) {
    var random = new SplittableRandom(7);
    var builder = new EnvironmentBuilder();
    for (int vm = 0; vm < vms; vm++) {
      int tier = random.nextInt(8);
      builder.vm(
          "vm-" + vm,
          "all",
          "own-" + vm,
          "tier-" + tier,
          random.nextBoolean() ? "even" : "odd",
          random.nextBoolean() ? "left-" + tier : "right-" + tier);
    }
    for (int tier = 0; tier < 7; tier++) {
      builder.rule("t" + tier, "left-" + tier, "right-" + (tier + 1));
    }
    for (int vm = 0; vm < vms; vm += 3) {
      builder.rule("o" + vm, "own-" + vm, "own-" + random.nextInt(vm + 1));
    }
    return builder.rule("e", "even", "tier-7").rule("a", "tier-0", "odd").build();
  }

  @ParameterizedTest
  @MethodSource("environments")
  void of_agreesWithEachSurfaceAndBlastRadius_storedOrNot(Environment environment) {
    var graph = AttackGraph.of(environment);
    var unstored = AttackGraph.of(environment, new MemoryBudget(0, 0));
    var partly = AttackGraph.of(environment, new MemoryBudget(900, 0));
    var sizes = SurfaceSizes.of(graph, Deadline.NONE, Progress.NONE);
    var sizesUnstored = SurfaceSizes.of(unstored, Deadline.NONE, Progress.NONE);
    var sizesPartly = SurfaceSizes.of(partly, Deadline.NONE, Progress.NONE);
    var direct = DirectSizes.of(graph, Deadline.NONE);
    long pairs = 0;
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      int attackers = AttackSurface.of(graph, vm).attackers().size();
      int victims = BlastRadius.of(graph, vm).victims().size();
      pairs += attackers;
      assertThat(sizes.attackers(vm)).isEqualTo(attackers);
      assertThat(sizesUnstored.attackers(vm)).isEqualTo(attackers);
      assertThat(sizesPartly.attackers(vm)).isEqualTo(attackers);
      assertThat(sizes.victims(vm)).isEqualTo(victims);
      assertThat(sizesUnstored.victims(vm)).isEqualTo(victims);
      assertThat(sizesPartly.victims(vm)).isEqualTo(victims);
      assertThat(direct.attackers(vm))
          .isEqualTo(AttackSurface.within(graph, vm, 1).attackers().size());
      assertThat(direct.victims(vm)).isEqualTo(BlastRadius.within(graph, vm, 1).victims().size());
    }
    assertThat(pairs).isPositive();
    assertThat(sizesUnstored.pairs()).isEqualTo(pairs);
  }

  @Test
  void of_endsAtTheDeadline() {
    var graph = AttackGraph.of(hubs(700), new MemoryBudget(0, 0));
    assertThatThrownBy(() -> SurfaceSizes.of(graph, () -> true, Progress.NONE))
        .isInstanceOf(DeadlinePassed.class);
    assertThatThrownBy(() -> DirectSizes.of(graph, () -> true)).isInstanceOf(DeadlinePassed.class);
  }
}
