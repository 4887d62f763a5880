package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Progress;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Services;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.testkit.RandomDetails;
import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SearchQuestionTest {
  private static final Question SEARCH = Questions.named("search");

  private static final Environment CLOUD =
      new EnvironmentBuilder()
          .vm("vm-1", "Web front", List.of("web", "ssh-open"))
          .vm("vm-2", null, List.of("web"))
          .vm("web", null, List.of("cobweb"))
          .rule(rule("web-to-db", "web", "db", "tcp/22, tcp/5432", null))
          .rule(rule("fw-2", "web", "db", "tcp/22", "no route was exported"))
          .rule(rule("fw-3", "web", "db", "all", null))
          .build();

  private static FirewallRule rule(
      String id, String source, String dest, String services, @Nullable String assumed) {
    var all =
        List.of(services.split(", ")).stream()
            .map(text -> Services.parse(text).orElseThrow())
            .toList();
    return new FirewallRule(
        Optional.of(id), source, dest, Services.union(all), Optional.ofNullable(assumed));
  }

  private static Arguments.Builder asking(String text) {
    return new Arguments.Builder(false).texts(parameter("q"), List.of(text));
  }

  private static Parameter parameter(String name) {
    return SEARCH.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> found(Environment environment, Arguments.Builder arguments)
      throws QuestionRefused {
    var context = Context.once(environment, arguments.build(), Deadline.NONE, _ -> Progress.NONE);
    var found = (SearchQuestion.Suggestions) SEARCH.answer(context);
    return found.rows().stream().map(row -> shown(environment, found.index(), row)).toList();
  }

  private static String shown(Environment environment, SearchIndex index, Suggestion row) {
    int at = row.index();
    return row.kind().name().toLowerCase(Locale.ROOT)
        + " "
        + switch (row.kind()) {
          case VM -> environment.vmId(at);
          case TAG -> environment.tag(at) + " " + index.vmsCarrying(at);
          case RULE -> environment.ruleIds().get(at);
          case SERVICE ->
              index.service(at).text()
                  + " "
                  + index.service(at).name().orElse("-")
                  + " "
                  + index.service(at).rules();
        };
  }

  @Test
  void answer_putsTheClosestFirst_andOfEquallyCloseOnesEachKindInTurn() throws QuestionRefused {
    assertThat(found(CLOUD, asking("WEB")))
        .containsExactly("vm web", "tag web 2", "vm vm-1", "rule web-to-db", "tag cobweb 1");
    assertThat(found(CLOUD, asking("web").count(parameter("limit"), "limit", 1)))
        .containsExactly("vm web");
    assertThat(found(CLOUD, asking("vm").count(parameter("limit"), "limit", 1)))
        .containsExactly("vm vm-1");
  }

  @Test
  void answer_ofOneKind_byParameterOrPrefix() throws QuestionRefused {
    assertThat(found(CLOUD, asking("tag:web"))).containsExactly("tag web 2", "tag cobweb 1");
    assertThat(found(CLOUD, asking("web").word(parameter("kind"), "tag")))
        .containsExactly("tag web 2", "tag cobweb 1");
    assertThat(found(CLOUD, asking("tag:")))
        .containsExactly("tag web 2", "tag ssh-open 1", "tag cobweb 1", "tag db 0");
    assertThat(found(CLOUD, asking("tag:web").word(parameter("kind"), "tag"))).isEmpty();
    assertThat(found(CLOUD, asking("vm:front"))).containsExactly("vm vm-1");
  }

  @Test
  void answer_namesServicesByTextOrName_withTheirRules() throws QuestionRefused {
    assertThat(found(CLOUD, asking("service:ssh"))).containsExactly("service tcp/22 ssh 2");
    assertThat(found(CLOUD, asking("tcp/")))
        .containsExactly("service tcp/22 ssh 2", "service tcp/5432 postgres 1");
    assertThat(found(CLOUD, asking("ssh")))
        .containsExactly("service tcp/22 ssh 2", "tag ssh-open 1");
  }

  @Test
  void answer_leavesOutRulesAndServicesThatAreNotAskedAbout() throws QuestionRefused {
    assertThat(found(CLOUD, asking("rule:").flag(RuleFilter.CERTAIN, true)))
        .containsExactly("rule web-to-db", "rule fw-3");
    assertThat(found(CLOUD, asking("rule:").texts(RuleFilter.SERVICE, List.of("postgres"))))
        .containsExactly("rule web-to-db", "rule fw-3");
    assertThat(found(CLOUD, asking("service:").texts(RuleFilter.SERVICE, List.of("postgres"))))
        .containsExactly("service tcp/5432 postgres 1");
  }

  @Test
  void limit_hasBounds() {
    assertThatThrownBy(() -> asking("a").count(parameter("limit"), "limit", 101))
        .isInstanceOf(QuestionRefused.class);
  }

  /// Others that differ in the case of letters are as close, so it need not be the first.
  @Test
  void answer_findsEverythingByItsOwnText() {
    Seeds.check(
        100,
        seed -> {
          var environment = RandomDetails.of(seed);
          var random = new SplittableRandom(seed);
          if (environment.vmCount() > 0) {
            String id = environment.vmId(random.nextInt(environment.vmCount()));
            assertThat(found(environment, exactly(id, "vm"))).contains("vm " + id);
          }
          if (environment.tagCount() > 0) {
            int tag = random.nextInt(environment.tagCount());
            assertThat(found(environment, exactly(environment.tag(tag), "tag")))
                .contains("tag " + environment.tag(tag) + " " + environment.vmsPerTag()[tag]);
          }
          var ids = new ArrayList<String>();
          for (int rule = 0; rule < environment.ruleCount(); rule++) {
            if (environment.hasRuleId(rule) && !environment.ruleIds().get(rule).isEmpty()) {
              ids.add(environment.ruleIds().get(rule));
            }
          }
          for (String id : ids) {
            assertThat(found(environment, exactly(id, "rule"))).contains("rule " + id);
          }
        });
  }

  private static Arguments.Builder exactly(String text, String kind) throws QuestionRefused {
    return asking(text).word(parameter("kind"), kind).count(parameter("limit"), "limit", 100);
  }
}
