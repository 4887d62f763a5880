package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.conditions.AttackCondition;
import io.surfacescan.questions.conditions.DiffCondition;
import java.util.List;
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
    var words = List.of("grew", "new-direct", "new-exposed", "attackers>3", "reach:vm-1");
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
                word, "grew, new-direct, new-exposed, attackers>N, reach:VM"));
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
}
