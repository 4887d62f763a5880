package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RandomEnvironmentsTest {
  private static final List<Environment> SOME =
      LongStream.rangeClosed(1, 500).mapToObj(RandomEnvironments::of).toList();

  @Test
  void of_keepsToItsSizes() {
    assertThat(SOME)
        .allSatisfy(environment -> {
          assertThat(environment.vmCount()).isBetween(2, 40);
          assertThat(environment.tagCount()).isBetween(0, 13);
          assertThat(environment.ruleCount()).isBetween(0, 30);
        });
  }

  @Test
  void of_makesTheSameFromTheSameSeed() {
    assertThat(facts(RandomEnvironments.of(77))).isEqualTo(facts(RandomEnvironments.of(77)));
    assertThat(facts(RandomEnvironments.of(77))).isNotEqualTo(facts(RandomEnvironments.of(78)));
  }

  /// Each kind must come up often enough that a thousand seeds cannot miss it.
  @Test
  void of_makesEveryKindOften() {
    var kinds = new HashMap<String, Predicate<Environment>>();
    kinds.put("no rules", e -> e.ruleCount() == 0);
    kinds.put("a VM without tags", e -> vms(e).anyMatch(vm -> e.vm(vm).tags().isEmpty()));
    kinds.put("a VM with many tags", e -> vms(e).anyMatch(vm -> e.vm(vm).tags().size() > 7));
    kinds.put("one tag on all", e -> IntStream.of(e.vmsPerTag()).anyMatch(n -> n == e.vmCount()));
    kinds.put("a phantom tag", e -> IntStream.of(e.vmsPerTag()).anyMatch(n -> n == 0));
    kinds.put(
        "a self rule", e -> e.rules().stream().anyMatch(r -> r.sourceTag().equals(r.destTag())));
    kinds.put("a duplicate rule", RandomEnvironmentsTest::hasDuplicateRule);
    kinds.put("a VM without a name", e -> vms(e).anyMatch(vm -> e.vm(vm).name().isEmpty()));
    kinds.put("many VMs in few classes", e -> e.vmCount() > 15 && e.tagLists().size() < 4);
    kinds.put("a quote in an id", e -> vms(e).anyMatch(vm -> e.vmId(vm).contains("\"")));
    kinds.put("a slash in an id", e -> vms(e).anyMatch(vm -> e.vmId(vm).contains("/")));
    kinds.put("an emoji in an id", e -> vms(e).anyMatch(vm -> e.vmId(vm).contains("😀")));
    kinds.put("a bar in a tag", e -> tags(e).anyMatch(tag -> tag.contains("|")));
    kinds.put("a space in a tag", e -> tags(e).anyMatch(tag -> tag.contains(" ")));
    kinds.put(
        "a cycle through two VMs",
        e -> {
          var oracle = NaiveOracle.of(e);
          return vms(e)
              .anyMatch(vm ->
                  oracle.attackers(vm).keySet().stream().anyMatch(oracle.victims(vm)::containsKey));
        });
    kinds.put(
        "a path of five hops",
        e -> {
          var oracle = NaiveOracle.of(e);
          return vms(e).anyMatch(vm -> oracle.attackers(vm).containsValue(5));
        });
    kinds.put(
        "an isolated VM",
        e -> {
          var oracle = NaiveOracle.of(e);
          return vms(e).anyMatch(vm -> oracle.attackers(vm).isEmpty());
        });
    Map<String, Long> rare = new HashMap<>();
    kinds.forEach((kind, holds) -> {
      long count = SOME.stream().filter(holds).count();
      if (count < 15) {
        rare.put(kind, count);
      }
    });
    assertThat(rare).isEmpty();
  }

  private static boolean hasDuplicateRule(Environment environment) {
    var seen = new HashSet<List<String>>();
    return !environment.rules().stream()
        .allMatch(rule -> seen.add(List.of(rule.sourceTag(), rule.destTag())));
  }

  private static IntStream vms(Environment environment) {
    return IntStream.range(0, environment.vmCount());
  }

  private static Stream<String> tags(Environment environment) {
    return IntStream.range(0, environment.tagCount()).mapToObj(environment::tag);
  }

  private static List<Object> facts(Environment environment) {
    var facts = new ArrayList<Object>(environment.rules());
    vms(environment).mapToObj(environment::vm).forEach(facts::add);
    return facts;
  }
}
