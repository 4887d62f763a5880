package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.Unreachable.Cause;
import io.surfacescan.engine.Unreachable.IdleRule;
import io.surfacescan.engine.Unreachable.IdleRules;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Addresses outside attack and are attacked, but they are no VMs: no number counts them.
class UnreachableOutsideTest {
  private static EnvironmentBuilder withOutside() {
    var builder =
        new EnvironmentBuilder()
            .vm("A", "a")
            .vm("X", "x")
            .vm("near", "near")
            .vm("internet", "internet")
            .vm("internet-out", "out");
    var none = List.<String>of();
    builder.details(3, new VmDetails(VmKind.EXTERNAL, Optional.empty(), none, none));
    builder.details(4, new VmDetails(VmKind.EXTERNAL_SINK, Optional.empty(), none, none));
    return builder.rule("in", "internet", "x").rule("out", "a", "out");
  }

  private static Unreachable why(EnvironmentBuilder builder) {
    return Unreachable.of(AttackGraph.of(builder.build()), 0, 1, Conditions.NONE);
  }

  @Test
  void numbers_leaveOutAddressesOutside() {
    var why = why(withOutside().rule("r", "near", "x").rule("s", "a", "c").vm("C", "c"));
    assertThat(why.attackers()).isEqualTo(1);
    assertThat(why.directAttackers()).isEqualTo(1);
    assertThat(why.nearest()).map(AttackPath.Hop::from).contains(2);
    assertThat(why.victims()).isEqualTo(1);
    assertThat(why.mostHops()).hasValue(1);
  }

  /// The farthest victim is a VM, though addresses outside are farther.
  @Test
  void mostHops_areThoseOfVms() {
    var why =
        why(withOutside().vm("C", "c").rule("s", "a", "c").vm("D", "d").rule("t", "c", "late"));
    assertThat(why.mostHops()).hasValue(1);
    var builder = withOutside().vm("C", "c").rule("s", "a", "c").rule("t", "c", "late");
    builder.vm("sink", "late");
    var none = List.<String>of();
    builder.details(6, new VmDetails(VmKind.EXTERNAL_SINK, Optional.empty(), none, none));
    assertThat(why(builder).mostHops()).hasValue(1);
    assertThat(why(builder).victims()).isEqualTo(1);
  }

  @Test
  void rulesForAddressesOutsideAlone_haveACauseOfTheirOwn() {
    var why = why(withOutside());
    assertThat(why.attackers()).isZero();
    assertThat(why.directAttackers()).isZero();
    assertThat(why.nearest()).isEmpty();
    assertThat(why.victims()).isZero();
    assertThat(why.mostHops()).hasValue(0);
    assertThat(why.idleAtTarget())
        .isEqualTo(new IdleRules(List.of(new IdleRule(0, Cause.ONLY_OUTSIDE)), 1));
    assertThat(why.idleAtSource())
        .isEqualTo(new IdleRules(List.of(new IdleRule(1, Cause.ONLY_OUTSIDE)), 1));
  }
}
