package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.EnvironmentDiff;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Vm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EnvironmentDiffTest {
  private static Map<String, Vm> vms(Environment environment) {
    var vms = new TreeMap<String, Vm>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      vms.put(environment.vmId(vm), environment.vm(vm));
    }
    return vms;
  }

  private static List<FirewallRule> rules(Environment environment, IntStream rules) {
    return rules.mapToObj(environment::rule).toList();
  }

  @Test
  void of_saysWhatTurnsTheOneIntoTheOther() {
    Seeds.check(
        3_000,
        seed -> {
          var before = RandomEnvironments.of(seed);
          var after =
              seed % 2 == 0
                  ? RandomEnvironments.of(seed + 1_000_000)
                  : RandomEdits.rebuilt(before, RandomEdits.of(before, seed));
          check(EnvironmentDiff.of(before, after));
        });
  }

  private static void check(EnvironmentDiff diff) {
    var before = vms(diff.before());
    var after = vms(diff.after());
    // Applied to what was before, the difference gives what is after.
    var made = new TreeMap<>(before);
    diff.removedVms().forEach(vm -> assertThat(made.remove(diff.before().vmId(vm))).isNotNull());
    diff.retaggedVms()
        .forEach(vm -> {
          var view = diff.before().vm(vm);
          var tags = new ArrayList<>(view.tags());
          boolean loses = tags.removeAll(diff.tagsRemovedFrom(vm));
          boolean gets = tags.addAll(diff.tagsAddedTo(vm));
          assertThat(loses || gets).isTrue();
          made.put(view.id(), new Vm(view.id(), view.name(), tags));
        });
    diff.renamedVms()
        .forEach(vm -> {
          var view = Objects.requireNonNull(made.get(diff.before().vmId(vm)));
          assertThat(diff.nameAfter(vm)).isNotEqualTo(view.name());
          made.put(view.id(), new Vm(view.id(), diff.nameAfter(vm), view.tags()));
        });
    diff.addedVms()
        .forEach(vm -> assertThat(made.put(diff.after().vmId(vm), diff.after().vm(vm))).isNull());
    assertThat(sets(made)).isEqualTo(sets(after));

    var rules = new ArrayList<>(diff.before().rules());
    rules(diff.before(), diff.removedRules())
        .forEach(rule -> assertThat(rules.remove(rule)).isTrue());
    rules.addAll(rules(diff.after(), diff.addedRules()));
    assertThat(rules).containsExactlyInAnyOrderElementsOf(diff.after().rules());
    // No rule is both removed and added: the difference is as small as it can be.
    assertThat(
            Collections.disjoint(
                rules(diff.before(), diff.removedRules()), rules(diff.after(), diff.addedRules())))
        .isTrue();

    assertThat(tags(diff.before(), diff.removedTags()))
        .isEqualTo(minus(tags(diff.before()), tags(diff.after())));
    assertThat(tags(diff.after(), diff.addedTags()))
        .isEqualTo(minus(tags(diff.after()), tags(diff.before())));
    assertThat(diff.isEmpty())
        .isEqualTo(
            sets(before).equals(sets(after))
                && diff.removedRules().count() + diff.addedRules().count() == 0);
  }

  private static Map<String, Object> sets(Map<String, Vm> vms) {
    var sets = new TreeMap<String, Object>();
    vms.forEach((id, vm) -> sets.put(id, List.of(vm.name(), Set.copyOf(vm.tags()))));
    return sets;
  }

  private static Set<String> tags(Environment environment) {
    return tags(environment, IntStream.range(0, environment.tagCount()));
  }

  private static Set<String> tags(Environment environment, IntStream tags) {
    return new HashSet<>(tags.mapToObj(environment::tag).toList());
  }

  private static Set<String> minus(Set<String> some, Set<String> others) {
    var left = new HashSet<>(some);
    left.removeAll(others);
    return left;
  }

  @Test
  void rules_areMatchedAsOftenAsBothHaveThem() {
    var before =
        new EnvironmentBuilder()
            .rule("fw-1", "a", "b")
            .rule("fw-1", "a", "b")
            .rule(null, "a", "b")
            .build();
    var after =
        new EnvironmentBuilder()
            .rule("fw-1", "a", "b")
            .rule(null, "a", "b")
            .rule(null, "a", "b")
            .rule("fw-2", "b", "a")
            .build();
    var diff = EnvironmentDiff.of(before, after);
    assertThat(diff.removedRules().toArray()).containsExactly(1);
    assertThat(diff.addedRules().toArray()).containsExactly(2, 3);
    assertThat(EnvironmentDiff.of(before, before).isEmpty()).isTrue();
  }
}
