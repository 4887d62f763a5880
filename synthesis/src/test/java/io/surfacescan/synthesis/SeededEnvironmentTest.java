package io.surfacescan.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SeededEnvironmentTest {
  @ParameterizedTest
  @CsvSource({
    "UNIFORM, 1, 1, 0",
    "UNIFORM, 1, 1, 1",
    "UNIFORM, 1, 2, 4",
    "UNIFORM, 5, 10, 100",
    "UNIFORM, 3000, 200, 1500",
    "UNIFORM, 500, 2, 4",
    "UNIFORM, 500, 1000, 10",
    "LAYERED, 24, 24, 0",
    "LAYERED, 24, 24, 2",
    "LAYERED, 24, 24, 23",
    "LAYERED, 5000, 100, 200",
    "LAYERED, 400, 150, 300",
    "LAYERED, 2600, 2600, 10000",
    "LAYERED, 1000, 30, 30",
    "CHAIN, 1, 1, 0",
    "CHAIN, 2, 2, 1",
    "CHAIN, 1000, 1000, 999",
    "CHAIN, 1000, 2000, 999",
    "CHAIN, 1000, 17, 5",
    "CHAIN, 3, 100, 2",
    "CYCLES, 1, 1, 1",
    "CYCLES, 2, 2, 2",
    "CYCLES, 1000, 100, 109",
    "CYCLES, 1000, 100, 3000",
    "CYCLES, 40, 10, 39",
    "CYCLES, 7, 7, 8"
  })
  void of_keepsToTheSizes_andGivesNoWarning(Shape shape, int vms, int tags, int rules) {
    for (long seed = 0; seed < 5; seed++) {
      var seeded = SeededEnvironment.of(shape, vms, tags, rules, seed);
      assertThat(seeded.vmCount()).isEqualTo(vms);
      assertThat(seeded.tagCount()).isEqualTo(tags);
      assertThat(seeded.ruleCount()).isEqualTo(rules);
      assertThat(tagsOfVms(seeded)).hasSize(tags);
      assertRulesAreWarningFree(seeded);
    }
  }

  private static Set<String> tagsOfVms(SeededEnvironment seeded) {
    var ids = new HashSet<String>();
    var tags = new HashSet<String>();
    for (int i = 0; i < seeded.vmCount(); i++) {
      var vm = seeded.vm(i);
      assertThat(ids.add(vm.id())).as(vm.id()).isTrue();
      assertThat(vm.name()).isPresent();
      assertThat(vm.tags()).isNotEmpty().doesNotHaveDuplicates();
      tags.addAll(vm.tags());
    }
    return tags;
  }

  private static void assertRulesAreWarningFree(SeededEnvironment seeded) {
    var tags = tagsOfVms(seeded);
    var ids = new HashSet<String>();
    var pairs = new HashSet<List<String>>();
    for (int i = 0; i < seeded.ruleCount(); i++) {
      var rule = seeded.rule(i);
      assertThat(ids.add(rule.id().orElseThrow())).isTrue();
      assertThat(pairs.add(List.of(rule.sourceTag(), rule.destTag()))).as("%s", rule).isTrue();
      assertThat(tags.contains(rule.sourceTag()) && tags.contains(rule.destTag())).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNIFORM|0|1|0|at least 1 VM is needed, not 0
          UNIFORM|1|0|0|at least 1 tag is needed, not 0
          UNIFORM|1|1|-1|at least 0 rules are needed, not -1
          UNIFORM|1|3|0|uniform takes at most 2 tags per VM: 3 for 1
          UNIFORM|9|2|5|uniform has at most 4 rules on 2 tags, not 5
          LAYERED|99|23|0|layered needs at least 24 tags, not 23
          LAYERED|23|24|0|layered needs as many VMs as its 24 tags, not 23
          LAYERED|99|24|24|layered has at most 23 rules on 24 tags, not 24
          CHAIN|9|4|4|a chain of 4 tags has at most 3 rules
          CHAIN|4|9|4|a chain of 4 VMs has at most 3 rules
          CYCLES|9|10|10|rings of 10 tags need as many VMs, not 9
          CYCLES|10|10|9|rings of 10 tags need as many rules, not 9
          CYCLES|10|4|8|rings of 4 tags have at most 7 rules
          """)
  void of_refusesSizesThatCannotBe(Shape shape, int vms, int tags, int rules, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeededEnvironment.of(shape, vms, tags, rules, 1))
        .withMessage(message);
  }

  @ParameterizedTest
  @EnumSource
  void usualSizes_areAlwaysPossible(Shape shape) {
    for (int vms : new int[] {24, 25, 50, 64, 99, 100, 333, 1_000, 4_321, 20_000}) {
      int tags = shape.usualTags(vms);
      var seeded = SeededEnvironment.of(shape, vms, tags, shape.usualRules(tags), 7);
      assertThat(tagsOfVms(seeded)).hasSize(tags);
      assertRulesAreWarningFree(seeded);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_followsTheSeed(Shape shape) {
    var one = SeededEnvironment.of(shape, 100, 30, 29 + (shape == Shape.CYCLES ? 5 : 0), 1);
    var again = SeededEnvironment.of(shape, 100, 30, one.ruleCount(), 1);
    var other = SeededEnvironment.of(shape, 100, 30, one.ruleCount(), 2);
    assertThat(facts(again)).isEqualTo(facts(one));
    assertThat(facts(other)).doesNotContainAnyElementsOf(facts(one));
  }

  private static List<Object> facts(SeededEnvironment seeded) {
    var facts = new ArrayList<Object>();
    for (int i = 0; i < seeded.vmCount(); i++) {
      facts.add(seeded.vm(i));
    }
    for (int i = 0; i < seeded.ruleCount(); i++) {
      facts.add(seeded.rule(i));
    }
    return facts;
  }

  @Test
  void build_isTheSameEnvironmentInMemory() {
    var seeded = SeededEnvironment.of(Shape.LAYERED, 500, 60, 100, 3);
    var built = seeded.build();
    var facts = new ArrayList<Object>();
    for (int vm = 0; vm < built.vmCount(); vm++) {
      facts.add(built.vm(vm));
    }
    facts.addAll(built.rules());
    assertThat(facts).isEqualTo(facts(seeded));
    assertThat(built.tagCount()).isEqualTo(60);
  }

  @Test
  void layered_looksLikeACompany() {
    var vm = SeededEnvironment.of(Shape.LAYERED, 100_000, 2_000, 8_000, 1).vm(0);
    assertThat(vm.id()).matches("vm-[0-9a-f]{9}");
    assertThat(vm.name().orElseThrow())
        .matches("[a-z]+(-\\d+)?-(prod|staging|dev)-[a-z]+-[a-z]+-\\d-\\d{4}");
    assertThat(vm.tags().getFirst()).matches("svc-\\d{4}-(prod|staging|dev)-[a-z]+-[a-z]+-\\d");
    assertThat(vm.tags().get(1)).startsWith("tier-");
    assertThat(vm.tags().get(2)).startsWith("team-");
  }

  @Test
  void layered_ofAMillionVms_hasAbout54_000TagSets() {
    var seeded = SeededEnvironment.of(Shape.LAYERED, 1_000_000, 20_000, 80_000, 1);
    var sets = new HashSet<List<String>>();
    for (int i = 0; i < seeded.vmCount(); i++) {
      sets.add(seeded.vm(i).tags());
    }
    assertThat(sets).hasSizeBetween(53_000, 56_000);
  }
}
