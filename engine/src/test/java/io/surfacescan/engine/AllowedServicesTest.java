package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Services;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AllowedServicesTest {
  private static Services services(String text) {
    return Services.parse(text).orElseThrow();
  }

  /// @param rules as `tcp/22` or, of an assumed one, `?tcp/22`
  private static Environment rules(String... rules) {
    var builder = new EnvironmentBuilder().vm("v", "a").vm("w", "b");
    for (String rule : rules) {
      boolean isAssumed = rule.startsWith("?");
      builder.rule(
          new FirewallRule(
              Optional.empty(),
              "a",
              "b",
              services(isAssumed ? rule.substring(1) : rule),
              isAssumed ? Optional.of("not known") : Optional.empty()));
    }
    return builder.build();
  }

  @Test
  void of_sureRules_isTheirUnion() {
    assertThat(AllowedServices.of(rules("tcp/80-90", "udp/53", "tcp/91"), List.of(0, 1, 2)))
        .containsExactly(
            new AllowedServices(
                services("tcp/80-91").or(services("udp/53")), true, List.of(0, 1, 2)));
  }

  @Test
  void of_assumedRules_isWhatNoSureRuleAllows_byThoseThatAddToIt() {
    var both =
        AllowedServices.of(rules("tcp/80", "?tcp/70-80", "?tcp/80", "udp"), List.of(0, 1, 2, 3));
    assertThat(both)
        .containsExactly(
            new AllowedServices(services("tcp/80").or(services("udp")), true, List.of(0, 3)),
            new AllowedServices(services("tcp/70-79"), false, List.of(1)));
    assertThat(both).extracting(AllowedServices::certainty).containsExactly("sure", "maybe");
  }

  @Test
  void of_assumedRulesAlone_isNeverSure() {
    assertThat(AllowedServices.of(rules("?icmp", "tcp/1"), List.of(0)))
        .containsExactly(new AllowedServices(services("icmp"), false, List.of(0)));
  }

  @Test
  void of_rulesWithoutDetails_isEverything() {
    assertThat(AllowedServices.of(rules("all"), List.of(0)))
        .containsExactly(AllowedServices.all(List.of(0)));
  }
}
