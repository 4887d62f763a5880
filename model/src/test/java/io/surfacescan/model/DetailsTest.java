package io.surfacescan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DetailsTest {
  private static final Services SSH = Services.parse("tcp/22").orElseThrow();

  private static final VmDetails GATEWAY =
      new VmDetails(
          VmKind.GATEWAY,
          Optional.of("cluster-1"),
          List.of("team=web"),
          List.of("10.0.0.1", "192.0.2.0/24"));

  private static final RuleDetails ASSUMED_SSH =
      new RuleDetails(
          SSH,
          Optional.of("pl-1 came without entries"),
          List.of(
              new Origin("sgr-1", "group", Optional.of(new Place("sg.json", 3, 4)), "from pl-1")));

  @Test
  void build_givesBackDetails_andNoneToTheOthers() {
    var builder = new EnvironmentBuilder().vm("A", "a").vm("B", "b").vm("C", "a");
    builder.rule("fw-1", "a", "b").rule("fw-2", "b", "a").rule("fw-3", "a", "a");
    builder.details(1, GATEWAY);
    builder.details(1, ASSUMED_SSH);
    var environment = builder.build();

    assertThat(environment.vmDetails(0)).isEqualTo(VmDetails.NONE);
    assertThat(environment.vmDetails(1)).isEqualTo(GATEWAY);
    assertThat(environment.vmDetails(2)).isEqualTo(VmDetails.NONE);
    assertThat(environment.vmKind(1)).isEqualTo(VmKind.GATEWAY);
    assertThat(environment.vmKind(2)).isEqualTo(VmKind.VM);
    assertThat(environment.ruleDetails(0)).isEqualTo(RuleDetails.NONE);
    assertThat(environment.ruleDetails(1)).isEqualTo(ASSUMED_SSH);
    assertThat(environment.rule(1))
        .isEqualTo(
            new FirewallRule(
                Optional.of("fw-2"), "b", "a", SSH, Optional.of("pl-1 came without entries")));
    assertThat(environment.services(2)).isEqualTo(Services.ALL);
    assertThat(environment.hasVmDetails()).isTrue();
    assertThat(environment.hasRuleDetails()).isTrue();
  }

  @Test
  void append_takesDetailsOver_butThoseOfVmsLeftOut() {
    var whole = new EnvironmentBuilder().vm("A", "a").rule("fw-1", "a", "a");
    var part =
        new EnvironmentBuilder().vm("B", "b").vm("A", "b").vm("C", "b").rule("fw-2", "b", "a");
    part.details(0, new VmDetails(VmKind.DATABASE, Optional.empty(), List.of(), List.of()));
    part.details(1, GATEWAY);
    part.details(2, GATEWAY);
    part.details(0, RuleDetails.of(SSH));
    whole.append(part, (_, _) -> {});
    var environment = whole.build();

    assertThat(environment.vmDetails(0)).isEqualTo(VmDetails.NONE);
    assertThat(environment.vmKind(1)).isEqualTo(VmKind.DATABASE);
    assertThat(environment.vmDetails(2)).isEqualTo(GATEWAY);
    assertThat(environment.services(0)).isEqualTo(Services.ALL);
    assertThat(environment.services(1)).isEqualTo(SSH);
  }

  @Test
  void edits_keepDetailsOfWhatStays_andAddRulesWithServices() throws EditsRefused {
    var builder = new EnvironmentBuilder().vm("A", "a").vm("B", "b");
    builder.rule("fw-1", "a", "b").rule("fw-2", "b", "a");
    builder.details(1, GATEWAY);
    builder.details(1, ASSUMED_SSH);
    var added =
        new FirewallRule(
            Optional.of("fw-3"),
            "a",
            "b",
            SSH.or(Services.parse("icmp").orElseThrow()),
            Optional.empty());
    var edits =
        new Edits(
            List.of(new Edits.RuleName.WithId("fw-1")),
            List.of(added),
            List.of(),
            List.of(new Edits.TagOfVm("A", "b")),
            List.of());
    var after = EditedEnvironment.of(builder.build(), edits).after();

    assertThat(after.ruleDetails(0)).isEqualTo(ASSUMED_SSH);
    assertThat(after.rule(1)).isEqualTo(added);
    assertThat(after.vmDetails(1)).isEqualTo(GATEWAY);
  }

  @Test
  void diff_tellsRulesOfOtherServicesApart_butNotOfOtherPlaces() {
    var before = new EnvironmentBuilder().rule("fw-1", "a", "b").rule("fw-2", "a", "b");
    before.details(1, ASSUMED_SSH);
    var after = new EnvironmentBuilder().rule("fw-1", "a", "b").rule("fw-2", "a", "b");
    after.details(0, RuleDetails.of(SSH));
    after.details(1, new RuleDetails(SSH, ASSUMED_SSH.assumed(), List.of()));
    var diff = EnvironmentDiff.of(before.build(), after.build());

    assertThat(diff.removedRules()).containsExactly(0);
    assertThat(diff.addedRules()).containsExactly(0);
  }

  @Test
  void rule_hasAtLeastOneService() {
    assertThatIllegalArgumentException().isThrownBy(() -> RuleDetails.of(Services.NONE));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new FirewallRule(Optional.empty(), "a", "b", Services.NONE, Optional.empty()));
  }

  @Test
  void addresses_comeInTheOrderOfVms() {
    var builder = new EnvironmentBuilder().vm("A").vm("B");
    builder.details(1, GATEWAY);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.details(0, GATEWAY));
  }

  @Test
  void kinds_haveCodes() {
    for (var kind : VmKind.values()) {
      assertThat(VmKind.ofCode(kind.code())).hasValue(kind);
    }
    assertThat(VmKind.ofCode("VM")).isEmpty();
    assertThat(VmKind.EXTERNAL_SINK.isExternal()).isTrue();
    assertThat(VmKind.GATEWAY.isExternal()).isFalse();
  }
}
