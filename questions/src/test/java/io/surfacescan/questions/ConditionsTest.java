package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.SurfaceChanges;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.RuleDetails;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.conditions.AttackCondition;
import io.surfacescan.questions.conditions.DiffCondition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
  @Test
  void parse_splitsAtCommas_butNotTheNameOfAVm() throws QuestionRefused {
    assertThat(
            DiffCondition.parse(List.of("grew,attackers>7", "reach:a,b", "new-direct,new-exposed")))
        .containsExactly(
            new DiffCondition.Grew(),
            new DiffCondition.Attackers(7),
            new DiffCondition.Reach("a,b"),
            new DiffCondition.NewDirect(),
            new DiffCondition.NewExposed());
    assertThat(AttackCondition.parse(List.of("any,attackers>2")))
        .containsExactly(new AttackCondition("any", 0), new AttackCondition("attackers>2", 2));
  }

  @Test
  void word_isWhatWasParsed() throws QuestionRefused {
    var words =
        List.of(
            "grew",
            "new-direct",
            "new-service",
            "new-exposed",
            "new-internet",
            "attackers>3",
            "reach:vm-1");
    assertThat(DiffCondition.parse(words)).extracting(DiffCondition::word).isEqualTo(words);
  }

  @Test
  void isHeldBy_moreThanItsNumber() {
    var condition = new AttackCondition("attackers>2", 2);
    assertThat(condition.isHeldBy(2)).isFalse();
    assertThat(condition.isHeldBy(3)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "grown", "attackers>", "attackers>-1", "reach:", "any"})
  void parse_ofAnotherWord_isAFault(String word) {
    var refused =
        catchThrowableOfType(QuestionRefused.class, () -> DiffCondition.parse(List.of(word)));
    assertThat(refused.fault())
        .isEqualTo(
            new Fault.UnknownCondition(
                word,
                "grew, new-direct, new-service, new-exposed, new-internet, attackers>N, reach:VM"));
  }

  @Test
  void parse_ofANumberThatIsTooLarge_isAFault() {
    var refused =
        catchThrowableOfType(
            QuestionRefused.class, () -> AttackCondition.parse(List.of("attackers>1000000000")));
    assertThat(refused.fault()).isEqualTo(new Fault.ConditionTooLarge("attackers>1000000000"));
  }

  @Test
  void resolved_findsAVmThatIsGone_andRefusesOneThatNeverWas() throws QuestionRefused {
    var before = new EnvironmentBuilder().vm("vm-1", "web", List.of()).build();
    var after = new EnvironmentBuilder().vm("vm-2", "db", List.of()).build();
    assertThat(
            DiffCondition.resolved(
                DiffCondition.parse(List.of("reach:web", "reach:db", "grew")), before, after))
        .containsExactly(
            new DiffCondition.Reach("vm-1"),
            new DiffCondition.Reach("vm-2"),
            new DiffCondition.Grew());
    var refused =
        catchThrowableOfType(
            QuestionRefused.class,
            () ->
                DiffCondition.resolved(List.of(new DiffCondition.Reach("nobody")), before, after));
    assertThat(refused.fault()).isInstanceOf(Fault.UnknownVms.class);
  }

  private static Environment environment(String tag, String services) {
    var builder =
        new EnvironmentBuilder()
            .vm("internet", null, List.of("any"))
            .vm("web", null, List.of(tag))
            .vm("db", null, List.of("db"))
            .rule("fw-1", "any", "front")
            .rule("fw-2", "web", "db");
    builder.details(
        0, new VmDetails(VmKind.EXTERNAL, Optional.empty(), List.of(), List.of("0.0.0.0/0")));
    builder.details(1, RuleDetails.of(Services.parse(services).orElseThrow()));
    return builder.build();
  }

  private static Optional<DiffCondition.Held> held(
      DiffCondition condition, Environment before, Environment after) {
    var comparison = Comparison.of(AttackGraph.of(before), AttackGraph.of(after));
    var changes = SurfaceChanges.of(comparison, 3, Deadline.NONE, Progress.NONE);
    return condition.held(comparison, changes, Deadline.NONE);
  }

  @Test
  void newInternet_holdsIfTheInternetReachesMore() {
    var condition = new DiffCondition.NewInternet();
    var closed = environment("web", "tcp/22");
    var open = environment("front", "tcp/22");
    var held = held(condition, closed, open).orElseThrow();
    assertThat(held.count()).isEqualTo(1);
    assertThat(held.vms()).containsExactly(1);
    assertThat(held(condition, open, closed)).isEmpty();
    assertThat(held(condition, open, open)).isEmpty();
    var plain = new EnvironmentBuilder().vm("web", null, List.of("front")).build();
    assertThat(held(condition, plain, open)).isPresent();
    assertThat(held(condition, open, plain)).isEmpty();
  }

  @Test
  void newService_holdsIfADirectAttackHasMoreServices() {
    var condition = new DiffCondition.NewService();
    var one = environment("web", "tcp/20-30");
    var other = environment("web", "tcp/22-40");
    var held = held(condition, one, other).orElseThrow();
    assertThat(held.vms()).containsExactly(1, 2);
    assertThat(held.services()).isEqualTo(Services.parse("tcp/31-40").orElseThrow());
    assertThat(held(condition, other, environment("web", "tcp/23"))).isEmpty();
    assertThat(held(condition, one, one)).isEmpty();
    assertThat(held(new DiffCondition.NewDirect(), one, other)).isEmpty();
  }
}
