package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exposure;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.Progress;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.VmName;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomDetails;
import io.surfacescan.testkit.Seeds;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What stands for addresses outside is neither listed nor counted, unless that is asked for.
class ExternalsTest {
  private static Context context(Environment environment, Arguments arguments)
      throws QuestionRefused {
    return Context.once(environment, arguments, Deadline.NONE, _ -> Progress.NONE);
  }

  private static Arguments arguments(Environment environment, int vm, String sort, boolean external)
      throws QuestionRefused {
    var question = Questions.ATTACK;
    return new Arguments.Builder(false)
        .vms(question.vm(), List.of(new VmName(VmName.By.ID, environment.vmId(vm))))
        .word(VmListQuestion.SORT, sort)
        .flag(VmListQuestion.EXTERNAL, external)
        .build();
  }

  private static Set<Integer> vms(VmSequence sequence) {
    var vms = new TreeSet<Integer>();
    sequence.forEach(vms::add);
    return vms;
  }

  private static Set<Integer> inside(Environment environment, Set<Integer> vms) {
    var inside = new TreeSet<>(vms);
    inside.removeIf(vm -> environment.vmKind(vm).isExternal());
    return inside;
  }

  @ParameterizedTest
  @ValueSource(strings = {"engine", "id", "hops", "input"})
  void lists_holdVmsAlone_inEveryOrder(String sort) {
    Seeds.check(
        200,
        seed -> {
          var environment = RandomDetails.of(seed);
          var oracle = NaiveOracle.of(environment);
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            var attackers = oracle.attackers(vm).keySet();
            var list =
                (VmList)
                    Questions.ATTACK.answer(
                        context(environment, arguments(environment, vm, sort, false)));
            assertThat(vms(list.vms())).isEqualTo(inside(environment, attackers));
            assertThat(list.total()).isEqualTo(list.vms().size());
            var all =
                (VmList)
                    Questions.ATTACK.answer(
                        context(environment, arguments(environment, vm, sort, true)));
            assertThat(vms(all.vms())).isEqualTo(attackers);
          }
        });
  }

  @Test
  void exposures_countVmsAlone() {
    Seeds.check(
        300,
        seed -> {
          var environment = RandomDetails.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = context(environment, new Arguments.Builder(false).build()).graph();
          var all = Exposures.of(graph, Deadline.NONE, Progress.NONE);
          long pairs = 0;
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            int attackers = inside(environment, oracle.attackers(vm).keySet()).size();
            var one = Exposure.of(graph, vm);
            assertThat(one.attackers()).isEqualTo(attackers);
            assertThat(one.victims())
                .isEqualTo(inside(environment, oracle.victims(vm).keySet()).size());
            assertThat(one.directAttackers())
                .isEqualTo(inside(environment, oracle.attackersWithin(vm, 1).keySet()).size());
            assertThat(all.of(vm)).isEqualTo(one);
            pairs += environment.vmKind(vm).isExternal() ? 0 : attackers;
          }
          assertThat(all.pairs()).isEqualTo(pairs);
        });
  }

  private static Environment internet(String tag) {
    var builder =
        new EnvironmentBuilder()
            .vm("internet", tag)
            .vm("front", "front")
            .vm("db", "db")
            .rule("fw-1", "open", "front")
            .rule("fw-2", "front", "db");
    builder.details(
        0, new VmDetails(VmKind.EXTERNAL, Optional.empty(), List.of(), List.of("0.0.0.0/0")));
    return builder.build();
  }

  @Test
  void internet_isNoElementOfTheList_butItsHopsAreGiven() throws QuestionRefused {
    var open = internet("open");
    for (String sort : List.of("engine", "hops")) {
      var list = (VmList) Questions.ATTACK.answer(context(open, arguments(open, 2, sort, false)));
      assertThat(vms(list.vms())).containsExactly(1);
      assertThat(list.internet()).hasValue(new Internet(2));
    }
    var closed = internet("nothing");
    var list =
        (VmList) Questions.ATTACK.answer(context(closed, arguments(closed, 2, "engine", false)));
    assertThat(list.internet().orElseThrow().shown()).isEqualTo("none");
  }

  @Test
  void internet_ofAnEnvironmentWithoutIt_isNotSpokenOf() throws QuestionRefused {
    var plain = new EnvironmentBuilder().vm("internet", "a").vm("b", "a").build();
    var list =
        (VmList) Questions.ATTACK.answer(context(plain, arguments(plain, 1, "engine", false)));
    assertThat(list.internet()).isEmpty();
  }

  @Test
  void vm_saysHowFarTheInternetIs() throws QuestionRefused {
    var open = internet("open");
    var asked =
        new Arguments.Builder(false)
            .vms(VmQuestion.VM, List.of(new VmName(VmName.By.ID, "db")))
            .build();
    var found = (VmQuestion.Found) Questions.named("vm").answer(context(open, asked));
    assertThat(found.internet()).hasValue(new Internet(2));
    assertThat(found.exposure().attackers()).isEqualTo(1);
  }

  @Test
  void vms_ofAKindAndAScope() {
    var question = (VmsQuestion) Questions.named("vms");
    Seeds.check(
        200,
        seed -> {
          var environment = RandomDetails.of(seed);
          for (var kind : VmKind.values()) {
            var asked = new Arguments.Builder(false).word(VmsQuestion.KIND, kind.code()).build();
            assertThat(listed(question, environment, asked))
                .isEqualTo(those(environment, vm -> environment.vmKind(vm) == kind));
          }
          var scope = Optional.of("scope-1");
          var asked =
              new Arguments.Builder(false).texts(VmsQuestion.SCOPE, List.of("scope-1")).build();
          if (those(environment, vm -> environment.vmScope(vm).equals(scope)).isEmpty()) {
            assertThatThrownBy(() -> question.answer(context(environment, asked)))
                .isInstanceOf(QuestionRefused.class);
          } else {
            assertThat(listed(question, environment, asked))
                .isEqualTo(
                    inside(
                        environment,
                        those(environment, vm -> environment.vmScope(vm).equals(scope))));
          }
        });
  }

  private static Set<Integer> those(Environment environment, IntPredicate wanted) {
    return IntStream.range(0, environment.vmCount())
        .filter(wanted)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Integer> listed(
      VmsQuestion question, Environment environment, Arguments arguments) throws QuestionRefused {
    var rows = (VmsQuestion.Rows) question.answer(context(environment, arguments));
    return rows.rows().stream().map(ExposedVm::vm).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void report_hasWhatTheInternetCanAttack_ifThereIsOne() throws QuestionRefused {
    var none = new Arguments.Builder(false).build();
    var question = Questions.named("report");
    var open = (ReportQuestion.Report) question.answer(context(internet("open"), none));
    assertThat(open.vms().size()).isEqualTo(2);
    var reach = open.internet().orElseThrow();
    assertThat(reach.vms(10)).containsExactly(1, 2);
    assertThat(reach.hops(2)).isEqualTo(2);
    assertThat(reach.firstRule(2)).isZero();
    var plain = new EnvironmentBuilder().vm("internet", "a").vm("b", "a").build();
    assertThat(((ReportQuestion.Report) question.answer(context(plain, none))).internet())
        .isEmpty();
  }
}
