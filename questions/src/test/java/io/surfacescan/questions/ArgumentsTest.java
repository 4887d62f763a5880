package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Progress;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Choice;
import io.surfacescan.questions.arguments.Parameter.Count;
import io.surfacescan.questions.arguments.Parameter.Flag;
import io.surfacescan.questions.arguments.Parameter.Rule;
import io.surfacescan.questions.arguments.Parameter.Tag;
import io.surfacescan.questions.arguments.Parameter.Vm;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.Resolution;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.questions.arguments.VmName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final Parameter LIMIT =
      new Parameter("limit", Count.from(1).servedTo(10).usually(7).servedUsually(5), "At most N")
          .formerly("top");
  private static final Parameter SORT =
      new Parameter("sort", Choice.of(Order.INPUT).or(Order.ID), "Order");
  private static final Parameter WHY = new Parameter("why", new Flag(), "With the reason");
  private static final Parameter TAG = new Parameter("tag", new Tag(), "Of a tag");
  private static final Parameter RULE = new Parameter("rule", new Rule(), "Of a rule");
  private static final Parameter FROM =
      new Parameter("from", new Vm("from_name", Optional.of("from_tag"), true, false), "From");
  private static final Parameter TO =
      new Parameter("to", new Vm("to_name", Optional.of("to_tag"), true, false), "To");

  private static final AttackGraph GRAPH =
      AttackGraph.of(
          new EnvironmentBuilder()
              .vm("vm-1", "web", List.of("office"))
              .vm("vm-2", "db", List.of("data"))
              .rule("fw-1", "office", "data")
              .rule("fw-1", "data", "office")
              .build());

  private static Fault fault(Throwing asked) {
    var refused = catchThrowableOfType(QuestionRefused.class, asked::run);
    assertThat(refused).isNotNull();
    return refused.fault();
  }

  private interface Throwing {
    void run() throws QuestionRefused;
  }

  private static Context context(Arguments arguments) {
    return new Context(() -> GRAPH, arguments, false, 0, Deadline.NONE, _ -> Progress.NONE);
  }

  @Test
  void without_theUsualHolds_whichMayDifferOverHttp() {
    var shell = new Arguments.Builder(false).build();
    assertThat(shell.count(LIMIT)).isEqualTo(7);
    assertThat(shell.given(LIMIT)).isEmpty();
    assertThat(shell.word(SORT, Order.class)).isEqualTo(Order.INPUT);
    assertThat(shell.flag(WHY)).isFalse();
    assertThat(shell.text(TAG)).isEmpty();
    assertThat(new Arguments.Builder(true).build().count(LIMIT)).isEqualTo(5);
    var unbounded = new Parameter("limit", Count.from(0), "At most N");
    assertThat(shell.count(unbounded)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void count_outOfItsBounds_isAFault_underTheNameGiven() throws QuestionRefused {
    assertThat(fault(() -> new Arguments.Builder(false).count(LIMIT, "limit", 0)))
        .isEqualTo(new Fault.OutOfBounds(LIMIT, "limit", 0, false));
    assertThat(fault(() -> new Arguments.Builder(true).count(LIMIT, "top", 11)))
        .isEqualTo(new Fault.OutOfBounds(LIMIT, "top", 11, true));
    var large = new Arguments.Builder(false).count(LIMIT, "top", 11).build();
    assertThat(large.count(LIMIT)).isEqualTo(11);
    assertThat(large.has(LIMIT)).isTrue();
  }

  @Test
  void word_thatIsNone_isAFault() throws QuestionRefused {
    var arguments = new Arguments.Builder(false).word(SORT, "id").build();
    assertThat(arguments.word(SORT, Order.class)).isEqualTo(Order.ID);
    assertThat(fault(() -> new Arguments.Builder(false).word(SORT, "hops")))
        .isEqualTo(new Fault.UnknownWord(SORT, "hops"));
  }

  @Test
  void and_keepsWhatWasGiven() throws QuestionRefused {
    var first = new Arguments.Builder(true).flag(WHY, true).build();
    var more = first.and().count(LIMIT, "limit", 3).build();
    assertThat(more.flag(WHY)).isTrue();
    assertThat(more.count(LIMIT)).isEqualTo(3);
    assertThat(first.has(LIMIT)).isFalse();
  }

  @Test
  void subjects_whichAreNotThere_areAllNamed() throws QuestionRefused {
    var known =
        new Arguments.Builder(false)
            .vms(FROM, List.of(new VmName(VmName.By.ARGUMENT, "web")))
            .vms(TO, List.of(new VmName(VmName.By.TAG, "data")))
            .build();
    var subjects = context(known).subjects(FROM, TO);
    assertThat(subjects.getFirst()).isEqualTo(new Subject.One(0));
    assertThat(subjects.getLast())
        .isInstanceOfSatisfying(
            Subject.Group.class, group -> assertThat(group.tag()).isEqualTo("data"));
    var unknown =
        new Arguments.Builder(false)
            .vms(FROM, List.of(new VmName(VmName.By.ID, "web")))
            .vms(TO, List.of(new VmName(VmName.By.NAME, "vm-2")))
            .build();
    assertThat(fault(() -> context(unknown).subjects(FROM, TO)))
        .isEqualTo(
            new Fault.UnknownVms(
                List.of(
                    new Resolution.Unknown(Resolution.Kind.ID, "web"),
                    new Resolution.Unknown(Resolution.Kind.NAME, "vm-2"))));
    assertThat(fault(() -> context(known).vms(TO)))
        .isInstanceOfSatisfying(
            Fault.NotOneVm.class, fault -> assertThat(fault.group().tag()).isEqualTo("data"));
  }

  @Test
  void tagsAndRules_whichAreNowhere_areFaults() throws QuestionRefused {
    var known =
        new Arguments.Builder(false)
            .texts(TAG, List.of("data"))
            .texts(RULE, List.of("fw-1"))
            .build();
    assertThat(context(known).rules(RULE)).containsExactly(0, 1);
    assertThat(context(known).tag(TAG)).hasValue(GRAPH.environment().findTag("data").orElseThrow());
    var unknown =
        new Arguments.Builder(false).texts(TAG, List.of("dat")).texts(RULE, List.of("fw")).build();
    assertThat(fault(() -> context(unknown).tag(TAG))).isEqualTo(new Fault.UnknownTag(TAG, "dat"));
    assertThat(fault(() -> context(unknown).rules(RULE)))
        .isEqualTo(new Fault.UnknownRule(RULE, "fw"));
  }
}
