package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.questions.Profile.Trait;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuestionsTest {
  static Iterable<Question> questions() {
    return Questions.ALL;
  }

  @Test
  void named_findsEachQuestion() {
    assertThat(Questions.ALL)
        .hasSizeGreaterThan(10)
        .extracting(Question::name)
        .doesNotHaveDuplicates();
    assertThat(Questions.ALL)
        .allSatisfy(question -> assertThat(Questions.named(question.name())).isSameAs(question));
    assertThatThrownBy(() -> Questions.named("attak")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void parameters_haveNamesOfTheirOwn(Question question) {
    var names = new ArrayList<String>();
    for (var parameter : question.parameters()) {
      names.addAll(parameter.urlNames());
      names.addAll(parameter.olderNames());
      assertThat(parameter.sentence()).isNotEmpty().doesNotEndWith(".");
    }
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z_]+"));
    if (question.is(Trait.PAGED)) {
      assertThat(names).contains("limit").doesNotContain("after");
    }
  }

  @ParameterizedTest
  @MethodSource("questions")
  void parameters_ofEveryQuestion_areAmongThoseOfEach(Question question) {
    assertThat(question.parameters()).containsAll(Question.COMMON);
    assertThat(question.urlParameters())
        .isEqualTo(question.is(Trait.WITH_EDITS) ? Question.COMMON : question.parameters());
  }

  @ParameterizedTest
  @MethodSource("questions")
  void remarks_endInAnExampleOfTheVerb(Question question) {
    if (question != Questions.CHANGES) {
      assertThat(question.profile().remarks().getLast())
          .startsWith("Example: surfacescan " + question.name() + " ");
    }
  }
}
