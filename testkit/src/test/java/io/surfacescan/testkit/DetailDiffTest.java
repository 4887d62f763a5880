package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.DetailDiff;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentDiff;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Differences in details against the details themselves.
class DetailDiffTest {
  private static List<FirewallRule> plainRules(Environment environment) {
    return IntStream.range(0, environment.ruleCount())
        .filter(rule -> environment.ruleDetails(rule).origins().isEmpty())
        .mapToObj(environment::rule)
        .toList();
  }

  /// Real rules without their places.
  private static Set<Origin> origins(Environment environment) {
    var origins = new HashSet<Origin>();
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      environment.ruleDetails(rule).origins().forEach(origin -> origins.add(placeless(origin)));
    }
    return origins;
  }

  private static Origin placeless(Origin origin) {
    return new Origin(origin.id(), origin.gate(), Optional.empty(), origin.text());
  }

  @Test
  void details_turnTheOneIntoTheOther() {
    Seeds.check(
        1_000,
        seed -> {
          var before = RandomDetails.of(seed);
          // Other details of the same VMs and rules, or other VMs and rules.
          var after = RandomDetails.of(seed % 3 == 0 ? seed + 1_000_000 : seed, seed + seed % 2);
          check(EnvironmentDiff.of(before, after), before, after);
        });
  }

  private static void check(EnvironmentDiff diff, Environment before, Environment after) {
    if (diff.details().isEmpty()) {
      assertThat(before.hasVmDetails() || before.hasRuleDetails()).isFalse();
      assertThat(after.hasVmDetails() || after.hasRuleDetails()).isFalse();
      return;
    }
    var details = diff.details().get();
    assertThat(details.isLowered())
        .isEqualTo(!origins(before).isEmpty() || !origins(after).isEmpty());
    checkVms(details, before, after);
    var rules = new ArrayList<>(plainRules(before));
    details.removedRules().forEach(rule -> assertThat(rules.remove(before.rule(rule))).isTrue());
    for (var changed : details.changedRules()) {
      var then = before.rule(changed.before());
      var now = after.rule(changed.after());
      assertThat(rules.remove(then)).isTrue();
      assertThat(now).isNotEqualTo(then);
      assertThat(now.id()).isEqualTo(then.id());
      assertThat(now.sourceTag() + now.destTag()).isEqualTo(then.sourceTag() + then.destTag());
      rules.add(now);
    }
    details.addedRules().forEach(rule -> rules.add(after.rule(rule)));
    if (!details.isLowered()) {
      assertThat(rules).containsExactlyInAnyOrderElementsOf(plainRules(after));
    }
    var origins = origins(before);
    details
        .removedOrigins()
        .forEach(origin -> assertThat(origins.remove(placeless(origin))).isTrue());
    for (var changed : details.changedOrigins()) {
      assertThat(origins.remove(placeless(changed.before()))).isTrue();
      assertThat(changed.after().id()).isEqualTo(changed.before().id());
      assertThat(changed.after().text()).isNotEqualTo(changed.before().text());
      origins.add(placeless(changed.after()));
    }
    details.addedOrigins().forEach(origin -> assertThat(origins.add(placeless(origin))).isTrue());
    assertThat(origins).isEqualTo(origins(after));
  }

  private static void checkVms(DetailDiff details, Environment before, Environment after) {
    var expected = new ArrayList<Integer>();
    for (int vm = 0; vm < before.vmCount(); vm++) {
      var now = after.findVm(before.vmId(vm));
      if (now.isPresent()) {
        boolean isOutside =
            before.vmKind(vm).isExternal() && after.vmKind(now.getAsInt()).isExternal();
        boolean isSame = Objects.equals(before.vmDetails(vm), after.vmDetails(now.getAsInt()));
        if (!isSame && !(isOutside && details.isLowered())) {
          expected.add(vm);
          assertThat(details.before(vm)).isEqualTo(before.vmDetails(vm));
          assertThat(details.after(vm)).isEqualTo(after.vmDetails(now.getAsInt()));
        }
      }
    }
    assertThat(details.changedVms().boxed().toList()).isEqualTo(expected);
  }
}
