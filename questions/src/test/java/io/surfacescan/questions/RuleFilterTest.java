package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Progress;
import io.surfacescan.model.Edits;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Services;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.NamedServices;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.questions.arguments.VmName;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomDetails;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleFilterTest {
  private static RuleFilter filter(String services, boolean isCertain) throws QuestionRefused {
    return RuleFilter.of(arguments(services, isCertain));
  }

  private static Arguments arguments(String services, boolean isCertain) {
    var arguments = new Arguments.Builder(false);
    if (!services.isEmpty()) {
      arguments.texts(RuleFilter.SERVICE, List.of(services.split(";")));
    }
    return arguments.flag(RuleFilter.CERTAIN, isCertain).build();
  }

  private static Services services(String text) {
    return Services.parse(text).orElseThrow();
  }

  @Test
  void of_joinsAllThatIsGiven_byNameOrPort() throws QuestionRefused {
    assertThat(filter("", false)).isEqualTo(RuleFilter.NONE);
    assertThat(filter("all", false)).isEqualTo(RuleFilter.NONE);
    assertThat(filter("", true)).isEqualTo(new RuleFilter(Services.ALL, true));
    assertThat(filter("SSH, tcp/23;udp/53", false))
        .isEqualTo(
            new RuleFilter(
                services("tcp/22").or(services("tcp/23")).or(services("udp/53")), false));
    assertThat(filter("dns", true).services()).isEqualTo(services("tcp/53").or(services("udp/53")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shs", "tcp/0", "tcp/22,,udp", "tcp/22, ", "22", "tcp/9-3"})
  void of_whatIsNoService_isAFault(String text) {
    var refused = catchThrowableOfType(QuestionRefused.class, () -> filter(text, false));
    assertThat(refused.fault()).isInstanceOf(Fault.UnknownService.class);
  }

  @Test
  void names_areServices() {
    assertThat(NamedServices.names()).contains("ssh", "rdp", "https").isSorted();
    assertThat(NamedServices.names())
        .allSatisfy(name -> assertThat(NamedServices.parse(name)).isPresent());
  }

  @Test
  void apply_thatLeavesNothingOut_costsNothing() throws QuestionRefused {
    var plain = RandomEnvironments.of(1);
    assertThat(filter("tcp/22", true).apply(plain)).isSameAs(plain);
    var graph = AttackGraph.of(plain);
    assertThat(filter("udp/1", true).apply(graph)).isSameAs(graph);
    var all = new EnvironmentBuilder().vm("a", "t").rule(rule("tcp/20-30", null)).build();
    assertThat(filter("tcp/25", true).apply(all)).isSameAs(all);
    assertThat(filter("tcp/31", false).apply(all).ruleCount()).isZero();
  }

  private static FirewallRule rule(String services, @Nullable String assumed) {
    return new FirewallRule(
        Optional.empty(), "t", "t", services(services), Optional.ofNullable(assumed));
  }

  /// The environment without the rules that are not asked about, built anew.
  private static Environment naive(Environment environment, Services services, boolean isCertain) {
    var builder = new EnvironmentBuilder();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      var view = environment.vm(vm);
      builder.vm(view.id(), view.name().orElse(null), view.tags());
    }
    for (var rule : environment.rules()) {
      boolean isMet = !rule.services().and(services).isEmpty();
      if (isMet && !(isCertain && rule.assumed().isPresent())) {
        builder.rule(rule);
      }
    }
    return builder.build();
  }

  @Test
  void questions_seeTheRulesOfTheFilterAlone() {
    Seeds.check(
        300,
        seed -> {
          var environment = RandomDetails.of(seed);
          for (String text : List.of("tcp/22", "udp;icmp", "tcp/1-65535", "https,sctp/5")) {
            boolean isCertain = (seed + text.length()) % 2 == 0;
            var arguments = arguments(text, isCertain);
            var filter = RuleFilter.of(arguments);
            var context = context(environment, arguments);
            var oracle = NaiveOracle.of(naive(environment, filter.services(), isCertain));
            for (int vm = 0; vm < environment.vmCount(); vm++) {
              var found = new TreeSet<Integer>();
              var attackers = AttackSurface.of(context.graph(), vm).attackers();
              for (int i = 0; i < attackers.size(); i++) {
                found.add(context.graph().vmAt(attackers.at(i)));
              }
              assertThat(found).isEqualTo(oracle.attackers(vm).keySet());
            }
          }
        });
  }

  private static Context context(Environment environment, Arguments arguments)
      throws QuestionRefused {
    return Context.once(environment, arguments, Deadline.NONE, _ -> Progress.NONE);
  }

  @Test
  void whatIf_editsAllRules_andComparesThoseOfTheFilter() throws QuestionRefused {
    var environment =
        new EnvironmentBuilder()
            .vm("a", "s")
            .vm("b", "t")
            .rule(
                new FirewallRule(
                    Optional.of("r22"), "s", "t", services("tcp/22"), Optional.empty()))
            .rule(
                new FirewallRule(
                    Optional.of("r53"), "s", "t", services("udp/53"), Optional.empty()))
            .build();
    assertThat(attackersAfter(environment, "r22", "ssh")).isZero();
    assertThat(attackersAfter(environment, "r53", "ssh")).isEqualTo(1);
    assertThat(attackersAfter(environment, "r53", "dns")).isZero();
    assertThat(attackersAfter(environment, "r53", "all")).isEqualTo(1);
  }

  private static int attackersAfter(Environment environment, String removed, String service)
      throws QuestionRefused {
    var edits =
        new Edits(
            List.of(new Edits.RuleName.WithId(removed)),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    var arguments =
        arguments(service, false)
            .and()
            .vms(WhatIfQuestion.VMS, List.of(new VmName(VmName.By.ID, "b")))
            .edits(edits)
            .build();
    var effect = (EditsEffect) Questions.WHAT_IF.answer(context(environment, arguments));
    assertThat(effect.edited().removedRules()).hasSize(1);
    return effect.vms().getFirst().attackers().after();
  }
}
