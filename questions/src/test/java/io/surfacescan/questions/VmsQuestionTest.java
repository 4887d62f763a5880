package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.VmName;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomDetails;
import io.surfacescan.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the lists and pictures of the page are asked with.
class VmsQuestionTest {
  private static final Question VMS = Questions.named("vms");
  private static final Question SURFACE = Questions.named("surface");

  private static Parameter parameter(Question question, String name) {
    return question.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Answer answer(Question question, Environment environment, Arguments arguments)
      throws QuestionRefused {
    return question.answer(Context.once(environment, arguments, Deadline.NONE, _ -> Progress.NONE));
  }

  private static List<Integer> listed(Environment environment, Arguments.Builder arguments)
      throws QuestionRefused {
    var rows = (VmsQuestion.Rows) answer(VMS, environment, arguments.build());
    return rows.rows().stream().map(row -> row.exposure().vm()).toList();
  }

  @Test
  void answer_listsThoseWithSoManyAttackers_inEveryOrder() {
    Seeds.check(
        200,
        seed -> {
          var environment = RandomDetails.of(seed);
          var oracle = NaiveOracle.of(environment);
          var random = new SplittableRandom(seed);
          int least = random.nextInt(4);
          int most = random.nextInt(8);
          for (String sort : List.of("input", "name", "direct-attackers")) {
            var arguments =
                new Arguments.Builder(false)
                    .count(parameter(VMS, "min_attackers"), "min_attackers", least)
                    .count(parameter(VMS, "max_attackers"), "max_attackers", most)
                    .word(parameter(VMS, "sort"), sort);
            assertThat(listed(environment, arguments))
                .as("%s, %s to %s", sort, least, most)
                .isEqualTo(expected(oracle, least, most, sort));
          }
        });
  }

  private static List<Integer> expected(NaiveOracle oracle, int least, int most, String sort) {
    var environment = oracle.environment();
    Comparator<Integer> order =
        switch (sort) {
          case "name" ->
              Comparator.<Integer, Boolean>comparing(vm -> name(environment, vm).isEmpty())
                  .thenComparing(vm -> name(environment, vm), VmsQuestionTest::byCodePoint)
                  .thenComparing(environment::vmId, VmsQuestionTest::byCodePoint);
          case "direct-attackers" -> Comparator.comparingInt(vm -> -attackers(oracle, vm, 1));
          default -> Comparator.naturalOrder();
        };
    return IntStream.range(0, environment.vmCount())
        .filter(vm -> !environment.vmKind(vm).isExternal())
        .filter(vm -> attackers(oracle, vm, Integer.MAX_VALUE) >= least)
        .filter(vm -> attackers(oracle, vm, Integer.MAX_VALUE) <= most)
        .boxed()
        .sorted(order)
        .toList();
  }

  private static String name(Environment environment, int vm) {
    return environment.vmName(vm).orElse("");
  }

  private static int attackers(NaiveOracle oracle, int vm, int hops) {
    return (int)
        oracle.attackersWithin(vm, hops).keySet().stream()
            .filter(other -> !oracle.environment().vmKind(other).isExternal())
            .count();
  }

  private static int byCodePoint(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  /// So many attackers of one VM, each with a tag of its own.
  private static Environment fan(int attackers, String tag) {
    var builder = new EnvironmentBuilder().vm("x", "x");
    for (int i = 0; i < attackers; i++) {
      String own = tag.formatted(i % 10, i);
      builder.vm("vm-" + i, own).rule("fw-" + i, own, "x");
    }
    return builder.build();
  }

  private static SurfaceGroups surface(Environment environment, String by) throws QuestionRefused {
    var arguments =
        new Arguments.Builder(false)
            .vms(VmQuestion.VM, List.of(new VmName(VmName.By.ID, "x")))
            .word(parameter(SURFACE, "by"), by)
            .count(parameter(SURFACE, "per_hop"), "per_hop", 10)
            .count(parameter(SURFACE, "rules"), "rules", 2)
            .build();
    return ((SurfaceQuestion.Groups) answer(SURFACE, environment, arguments)).surface();
  }

  @Test
  void surface_byWhatFitsTheSize() throws QuestionRefused {
    assertThat(surface(fan(60, "t%d-%d"), "auto").key()).isEqualTo(SurfaceGroups.GroupKey.VM);
    assertThat(surface(fan(61, "t%d-%d"), "auto").key()).isEqualTo(SurfaceGroups.GroupKey.TAG);
    assertThat(surface(fan(200, "t%d-%d"), "auto").key()).isEqualTo(SurfaceGroups.GroupKey.TAG);
    var many = surface(fan(201, "t%d-%d"), "auto");
    assertThat(many.key()).isEqualTo(SurfaceGroups.GroupKey.TAG_START);
    assertThat(many.groupCount()).isEqualTo(10);
    assertThat(many.edges()).allMatch(edge -> edge.rules().size() == 2 && edge.ruleCount() >= 20);
    // Tags that do not start alike stay.
    assertThat(surface(fan(201, "t%2$d"), "auto").key()).isEqualTo(SurfaceGroups.GroupKey.TAG);
  }

  @Test
  void groupId_isWhatAnswersWrite() {
    for (String id : List.of("1:web", "2:a.b:c", "3.scope:prod", "1.vm:arn:x/y", "2.scope:")) {
      assertThat(GroupId.parse(id).orElseThrow().id()).isEqualTo(id);
    }
    for (String none : List.of("web", "0:web", "1.tag:web", "1.:web", "x.scope:a", "1.scope")) {
      assertThat(GroupId.parse(none)).as(none).isEmpty();
    }
  }
}
