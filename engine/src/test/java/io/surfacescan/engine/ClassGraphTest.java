package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.engine.ClassGraph.ClassExposure;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A fleet of which only the classes are known has the sizes of the fleet itself.
class ClassGraphTest {
  /// A fleet cut into classes: VMs with the same tags among those that rules name. Some VMs are
  /// classes of their own.
  private static final class Cut {
    private final Environment fleet;
    private final Set<String> named = new HashSet<>();
    private final List<Integer> first = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final int[] classOfVm;
    private final EnvironmentBuilder builder = new EnvironmentBuilder();

    Cut(Environment fleet, Collection<Integer> alone) {
      this.fleet = fleet;
      fleet.rules().forEach(rule -> named.addAll(List.of(rule.sourceTag(), rule.destTag())));
      classOfVm = new int[fleet.vmCount()];
      Map<Object, Integer> known = new HashMap<>();
      for (int vm = 0; vm < classOfVm.length; vm++) {
        boolean isOutside = fleet.vmKind(vm).isExternal();
        var key = List.of(namedTags(vm), isOutside, alone.contains(vm) ? vm : -1);
        classOfVm[vm] = known.computeIfAbsent(key, _ -> first.size());
        if (classOfVm[vm] == first.size()) {
          addClass(vm);
        }
        sizes.set(classOfVm[vm], sizes.get(classOfVm[vm]) + 1);
      }
      fleet.rules().forEach(rule -> builder.rule(null, rule.sourceTag(), rule.destTag()));
    }

    private Set<String> namedTags(int vm) {
      var tags = new TreeSet<>(fleet.vm(vm).tags());
      tags.retainAll(named);
      return tags;
    }

    private void addClass(int vm) {
      builder.vm(fleet.vmId(vm), null, namedTags(vm));
      if (fleet.vmKind(vm).isExternal()) {
        builder.details(first.size(), fleet.vmDetails(vm));
      }
      first.add(vm);
      sizes.add(0);
    }

    ClassGraph graph(MemoryBudget budget) {
      return AttackGraph.ofClasses(
          builder.build(), sizes.stream().mapToInt(size -> size).toArray(), budget);
    }
  }

  /// Some VMs stand for addresses outside, one of them for the internet.
  private static Environment withOutside(Environment plain, long seed) {
    var random = new SplittableRandom(seed);
    var builder = new EnvironmentBuilder();
    int internet = random.nextInt(plain.vmCount());
    for (int vm = 0; vm < plain.vmCount(); vm++) {
      builder.vm(vm == internet ? "internet" : "vm-" + vm, null, plain.vm(vm).tags());
      if (vm == internet || random.nextInt(9) == 0) {
        builder.details(vm, new VmDetails(VmKind.EXTERNAL, Optional.empty(), List.of(), List.of()));
      }
    }
    plain.rules().forEach(rule -> builder.rule(null, rule.sourceTag(), rule.destTag()));
    return builder.build();
  }

  @Test
  void ofClasses_agreesWithTheDefinition_forEveryVm() {
    Seeds.check(
        200,
        seed -> {
          var plain = RandomEnvironments.of(seed);
          var fleet = seed % 2 == 0 ? plain : withOutside(plain, seed);
          var random = new SplittableRandom(seed);
          var targets = new TreeSet<Integer>();
          for (int count = random.nextInt(4); count > 0; count--) {
            targets.add(random.nextInt(fleet.vmCount()));
          }
          var alone = new TreeSet<>(targets);
          IntStream.of(fleet.internet()).forEach(alone::add);
          var cut = new Cut(fleet, alone);
          var graph = cut.graph(new MemoryBudget(seed % 3 == 0 ? 0 : seed % 3 == 1 ? 20 : 900, 0));
          holds(cut, graph, targets, NaiveOracle.of(fleet));
        });
  }

  private static void holds(
      Cut cut, ClassGraph graph, Collection<Integer> targets, NaiveOracle oracle) {
    var fleet = cut.fleet;
    var exposures = graph.exposures(Deadline.NONE, Progress.NONE);
    int[] internet = graph.hopsFromInternet();
    int[] toTargets = graph.hopsTo(targets.stream().mapToInt(vm -> cut.classOfVm[vm]).toArray());
    long pairs = 0;
    for (int vm = 0; vm < fleet.vmCount(); vm++) {
      if (fleet.vmKind(vm).isExternal()) {
        continue;
      }
      var attackers = oracle.attackers(vm);
      var victims = oracle.victims(vm);
      var onCycle = new HashSet<>(attackers.keySet());
      onCycle.retainAll(victims.keySet());
      pairs += vms(fleet, attackers.keySet());
      assertThat(exposures.of(cut.classOfVm[vm]))
          .isEqualTo(
              new ClassExposure(
                  vms(fleet, attackers.keySet()),
                  vms(fleet, oracle.attackersWithin(vm, 1).keySet()),
                  vms(fleet, victims.keySet()),
                  vms(fleet, oracle.victimsWithin(vm, 1).keySet()),
                  !onCycle.isEmpty()));
      assertThat(internet[cut.classOfVm[vm]])
          .isEqualTo(least(IntStream.of(fleet.internet()).boxed().toList(), attackers));
      assertThat(toTargets[cut.classOfVm[vm]]).isEqualTo(least(targets, victims));
    }
    assertThat(exposures.pairs()).isEqualTo(pairs);
  }

  private static int vms(Environment fleet, Collection<Integer> some) {
    return (int) some.stream().filter(vm -> !fleet.vmKind(vm).isExternal()).count();
  }

  private static int least(Collection<Integer> some, Map<Integer, Integer> hops) {
    return some.stream().filter(hops::containsKey).mapToInt(hops::get).min().orElse(0);
  }

  static List<Environment> fleets() {
    return SurfaceSizesTest.environments().toList();
  }

  @ParameterizedTest
  @MethodSource("fleets")
  void ofClasses_agreesWithTheFleet_inSeveralBlocks(Environment fleet) {
    var cut = new Cut(fleet, List.of());
    var ofFleet = Exposures.of(AttackGraph.of(fleet), Deadline.NONE, Progress.NONE);
    for (var budget : List.of(new MemoryBudget(0, 0), new MemoryBudget(1 << 22, 0))) {
      var exposures = cut.graph(budget).exposures(Deadline.NONE, Progress.NONE);
      assertThat(exposures.pairs()).isEqualTo(ofFleet.pairs()).isPositive();
      for (int vm = 0; vm < fleet.vmCount(); vm++) {
        var expected = ofFleet.of(vm);
        assertThat(exposures.of(cut.classOfVm[vm]))
            .isEqualTo(
                new ClassExposure(
                    expected.attackers(),
                    expected.directAttackers(),
                    expected.victims(),
                    expected.directVictims(),
                    expected.onCycle()));
      }
    }
  }

  private static ClassGraph graph(int... vmsPerClass) {
    var builder =
        new EnvironmentBuilder().vm("one", "s").vm("two", "t").vm("many", "u").vm("idle", "v");
    builder.rule(null, "s", "s").rule(null, "t", "t").rule(null, "u", "t").rule(null, "v", "w");
    return AttackGraph.ofClasses(builder.build(), vmsPerClass);
  }

  @Test
  void exposures_countTheOthersOfAClassWithARuleToItself() {
    var exposures = graph(1, 2, 1_000_000_000, 3).exposures(Deadline.NONE, Progress.NONE);
    // One VM cannot attack itself; of two each attacks the other.
    assertThat(exposures.of(0)).isEqualTo(new ClassExposure(0, 0, 0, 0, false));
    assertThat(exposures.of(1))
        .isEqualTo(new ClassExposure(1_000_000_001, 1_000_000_001, 1, 1, true));
    assertThat(exposures.of(2)).isEqualTo(new ClassExposure(0, 0, 2, 2, false));
    assertThat(exposures.of(3)).isEqualTo(new ClassExposure(0, 0, 0, 0, false));
    assertThat(exposures.pairs()).isEqualTo(2L * 1_000_000_001);
  }

  @Test
  void classesWithTheSameTags_areCountedTogether() {
    var builder = new EnvironmentBuilder().vm("a", "s").vm("b", "s").vm("c", "t");
    var graph = AttackGraph.ofClasses(builder.rule(null, "s", "t").build(), new int[] {5, 7, 11});
    var exposures = graph.exposures(Deadline.NONE, Progress.NONE);
    assertThat(exposures.of(2).attackers()).isEqualTo(12);
    assertThat(exposures.of(0).victims()).isEqualTo(11);
    assertThat(graph.vms(1)).isEqualTo(7);
  }

  @Test
  void ofClasses_refusesWhatCannotBeCounted() {
    assertThatThrownBy(() -> graph(1, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> graph(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> graph(1, 1, Integer.MAX_VALUE, 1))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> graph(1, 2, 3, 4).hopsTo(1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(graph(1, 2, 3, 4).hopsTo()).containsOnly(0);
    assertThat(graph(1, 2, 3, 4).size()).isEqualTo(4);
  }
}
