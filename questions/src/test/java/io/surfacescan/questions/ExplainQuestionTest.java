package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.engine.AllowedServices;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Progress;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import io.surfacescan.questions.ExplainQuestion.Explained;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.questions.arguments.VmName;
import io.surfacescan.testkit.Seeds;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainQuestionTest {
  private static final Question EXPLAIN = Questions.named("explain");
  private static final PathQuestion PATH = new PathQuestion();
  private static final Parameter FROM = RealWorld.parameter(EXPLAIN, "from");
  private static final Parameter TO = RealWorld.parameter(EXPLAIN, "to");

  private static VmName id(String id) {
    return new VmName(VmName.By.ID, id);
  }

  private static Arguments.Builder pair(String from, String to) {
    return new Arguments.Builder(false).vms(FROM, List.of(id(from))).vms(TO, List.of(id(to)));
  }

  /// What gates let through, asked one pair at a time, is what the rules between tags do that were
  /// made of them: of some services, and of what is sure, too.
  @ParameterizedTest
  @CsvSource({"all, false", "all, true", "tcp/22-443, false", "udp/53, true"})
  void services_areThoseOfTheRulesBetweenTags(String service, boolean isCertain) {
    var counts = new int[3];
    var asked = Services.parse(service).orElseThrow();
    Seeds.check(
        100,
        seed -> {
          var world = RealWorld.of(seed);
          var environment = world.environment();
          for (int from = 0; from < environment.vmCount(); from++) {
            for (int to = 0; to < environment.vmCount(); to++) {
              if (from == to
                  || environment.vmKind(from) == VmKind.EXTERNAL_SINK
                  || environment.vmKind(to) == VmKind.EXTERNAL) {
                continue;
              }
              var explained = explained(world, from, to, service, isCertain);
              var byRules = explained.rules().allowing();
              assertThat(explained.byGates()).isPresent();
              assertThat(explained.sure())
                  .as("%s to %s", environment.vm(from), environment.vm(to))
                  .isEqualTo(services(explained.environment(), byRules, true).and(asked));
              assertThat(explained.maybe())
                  .isEqualTo(services(explained.environment(), byRules, false).and(asked));
              assertThat(explained.isAllowed())
                  .isEqualTo(explained.hops().isPresent() && explained.hops().getAsInt() == 1);
              counts[explained.isAllowed() ? 0 : 1]++;
              counts[2] += explained.maybe().isEmpty() ? 0 : 1;
            }
          }
        });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).as("pairs that may").isGreaterThan(300);
      assertThat(counts[1]).as("pairs that may not").isGreaterThan(500);
      assertThat(counts[2] > 0).as("pairs that perhaps may").isEqualTo(!isCertain);
    }
  }

  private static Explained explained(
      RealWorld world, int from, int to, String service, boolean isCertain) throws QuestionRefused {
    var environment = world.environment();
    var arguments =
        pair(environment.vmId(from), environment.vmId(to))
            .texts(RuleFilter.SERVICE, List.of(service))
            .flag(RuleFilter.CERTAIN, isCertain)
            .build();
    return (Explained) EXPLAIN.answer(world.context(arguments));
  }

  private static Services services(Environment environment, List<Integer> rules, boolean isSure) {
    if (rules.isEmpty()) {
      return Services.NONE;
    }
    return Services.union(
        AllowedServices.of(environment, rules).stream()
            .filter(allowed -> allowed.isSure() == isSure)
            .map(AllowedServices::services)
            .toList());
  }

  private static Environment outside() {
    var builder =
        new EnvironmentBuilder()
            .vm("internet", "in")
            .vm("web", "in", "web")
            .vm("internet-out", "out")
            .vm("203.0.113.0/24", "office")
            .rule("fw-1", "web", "out")
            .rule("fw-2", "in", "web");
    outside(builder, 0, VmKind.EXTERNAL, "0.0.0.0/1", "128.0.0.0/1");
    outside(builder, 2, VmKind.EXTERNAL_SINK, "0.0.0.0/0");
    outside(builder, 3, VmKind.EXTERNAL, "203.0.113.0/24");
    return builder.build();
  }

  private static void outside(EnvironmentBuilder builder, int vm, VmKind kind, String... ranges) {
    builder.details(vm, new VmDetails(kind, Optional.empty(), List.of(), List.of(ranges)));
  }

  @ParameterizedTest
  @CsvSource({
    "web, internet, web, internet-out, true",
    "internet, web, internet, web, true",
    "internet-out, web, internet, web, true",
    "web, 203.0.113.0/24, web, internet-out, true",
    "203.0.113.0/24, web, 203.0.113.0/24, web, false"
  })
  void addressesOutside_areTheSideThatFits(
      String from, String to, String meantFrom, String meantTo, boolean isAllowed)
      throws QuestionRefused {
    var environment = outside();
    var context =
        Context.once(environment, pair(from, to).build(), Deadline.NONE, _ -> Progress.NONE);
    var explained = (Explained) EXPLAIN.answer(context);
    assertThat(environment.vmId(explained.from())).isEqualTo(meantFrom);
    assertThat(environment.vmId(explained.to())).isEqualTo(meantTo);
    assertThat(explained.isAllowed()).isEqualTo(isAllowed);
    var ofPath =
        new Arguments.Builder(false)
            .vms(RealWorld.parameter(PATH, "from"), List.of(id(from)))
            .vms(RealWorld.parameter(PATH, "to"), List.of(id(to)));
    assertThat(
            PATH.ends(Context.once(environment, ofPath.build(), Deadline.NONE, _ -> Progress.NONE)))
        .containsExactly(new Subject.One(explained.from()), new Subject.One(explained.to()));
    assertThat(explained.byGates()).isEmpty();
  }

  @Test
  void document_namesTheRulesThatAllowIt_andThoseWithOneEnd() throws QuestionRefused {
    var environment =
        new EnvironmentBuilder()
            .vm("a", "x", "y")
            .vm("b", "z")
            .vm("c", "w")
            .rule("fw-1", "x", "z")
            .rule("fw-2", "y", "w")
            .rule("fw-3", "w", "z")
            .rule("fw-4", "w", "w")
            .build();
    var context =
        Context.once(environment, pair("a", "b").build(), Deadline.NONE, _ -> Progress.NONE);
    var found = (Explained) EXPLAIN.answer(context);
    assertThat(found.rules().allowing()).containsExactly(0);
    assertThat(found.rules().leaving().first()).containsExactly(1);
    assertThat(found.rules().arriving().first()).containsExactly(2);
    assertThat(found.services()).isEqualTo(Services.ALL);
    var other = context.with(pair("b", "a").build());
    var none = (Explained) EXPLAIN.answer(other);
    assertThat(none.isAllowed()).isFalse();
    assertThat(none.hops()).isEmpty();
    assertThat(none.rules().leaving().count()).isZero();
  }

  @Test
  void oneVm_isRefused() throws QuestionRefused {
    var context =
        Context.once(outside(), pair("web", "web").build(), Deadline.NONE, _ -> Progress.NONE);
    assertThatThrownBy(() -> EXPLAIN.answer(context))
        .isInstanceOfSatisfying(
            QuestionRefused.class,
            refused -> assertThat(refused.fault()).isEqualTo(new Fault.SameEnds(FROM, TO)));
  }
}
