package io.surfacescan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.surfacescan.model.Edits.RuleName;
import io.surfacescan.model.Edits.TagOfVm;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EditedEnvironmentTest {
  private static final Environment BEFORE =
      new EnvironmentBuilder()
          .vm("vm-1", "web", List.of("a", "b"))
          .vm("vm-2", null, List.of("b"))
          .vm("vm-3", "", List.of("a", "b"))
          .rule("fw-1", "a", "b")
          .rule("fw-2", "b", "c")
          .rule("fw-1", "c", "a")
          .rule(null, "a", "b")
          .build();

  private static Edits removing(RuleName... rules) {
    return new Edits(List.of(rules), List.of(), List.of(), List.of(), List.of());
  }

  private static List<EditsRefused.Fault> faults(Edits edits) {
    var refused =
        catchThrowableOfType(EditsRefused.class, () -> EditedEnvironment.of(BEFORE, edits));
    assertThat(refused).isNotNull();
    return refused.faults();
  }

  @Test
  void of_sharedRuleId_removesAllRulesThatHaveIt() throws Exception {
    var edited = EditedEnvironment.of(BEFORE, removing(new RuleName.WithId("fw-1")));
    assertThat(edited.removedRules()).containsExactly(0, 2);
    assertThat(edited.after().rules())
        .containsExactly(
            new FirewallRule(Optional.of("fw-2"), "b", "c"),
            new FirewallRule(Optional.empty(), "a", "b"));
  }

  @Test
  void of_tagPair_removesAllRulesOfThePair_withAnIdOrWithout() throws Exception {
    var edited = EditedEnvironment.of(BEFORE, removing(new RuleName.WithTags("a", "b")));
    assertThat(edited.removedRules()).containsExactly(0, 3);
  }

  @Test
  void of_everyKindAtOnce_changesWhatItNamesAndNothingElse() throws Exception {
    var edited =
        EditedEnvironment.of(
            BEFORE,
            new Edits(
                List.of(new RuleName.WithId("fw-2")),
                List.of(new FirewallRule(Optional.of("fw-9"), "new", "b")),
                List.of(new TagOfVm("vm-1", "b")),
                List.of(new TagOfVm("vm-1", "new"), new TagOfVm("vm-3", "a")),
                List.of("vm-2")));
    assertThat(edited.after().vm(0))
        .isEqualTo(new Vm("vm-1", Optional.of("web"), List.of("a", "new")));
    assertThat(edited.after().vm(1).tags()).isEmpty();
    assertThat(edited.after().vm(2)).isEqualTo(BEFORE.vm(2));
    assertThat(edited.removedVms().stream()).containsExactly(1);
    assertThat(edited.after().rule(3)).isEqualTo(new FirewallRule(Optional.of("fw-9"), "new", "b"));
    assertThat(edited.removedTags()).containsExactly(new TagOfVm("vm-1", "b"));
    // vm-3 carried its tag before.
    assertThat(edited.addedTags()).containsExactly(new TagOfVm("vm-1", "new"));
    assertThat(edited.carriedTags()).containsExactly(new TagOfVm("vm-3", "a"));
    assertThat(edited.addedRules()).isEqualTo(1);
  }

  @Test
  void of_nothing_isTheSameEnvironment() throws Exception {
    assertThat(EditedEnvironment.of(BEFORE, Edits.NONE).after().sharesVmsWith(BEFORE)).isTrue();
  }

  @Test
  void of_whatIsNotThere_isRefusedByName() {
    var edits =
        new Edits(
            List.of(new RuleName.WithId("fw-3"), new RuleName.WithTags("b", "a")),
            List.of(new FirewallRule(Optional.empty(), "a", "")),
            List.of(new TagOfVm("vm-2", "a"), new TagOfVm("vm-2", "zzz")),
            List.of(new TagOfVm("vm-4", "a")),
            List.of("vm-5"));
    assertThat(faults(edits))
        .containsExactlyInAnyOrder(
            new EditsRefused.Fault(EditsRefused.Kind.UNKNOWN_RULE, "fw-3", "no rule has this id"),
            new EditsRefused.Fault(
                EditsRefused.Kind.UNKNOWN_RULE,
                "b -> a",
                "no rule leads from the one tag to the other"),
            new EditsRefused.Fault(EditsRefused.Kind.INVALID_TEXT, "", "a tag is empty"),
            new EditsRefused.Fault(
                EditsRefused.Kind.TAG_NOT_CARRIED,
                "a",
                "the VM that is to lose this tag does not carry it"),
            new EditsRefused.Fault(
                EditsRefused.Kind.TAG_NOT_CARRIED,
                "zzz",
                "the VM that is to lose this tag does not carry it"),
            new EditsRefused.Fault(EditsRefused.Kind.UNKNOWN_VM, "vm-4", "no VM has this id"),
            new EditsRefused.Fault(EditsRefused.Kind.UNKNOWN_VM, "vm-5", "no VM has this id"));
  }

  @Test
  void of_contradictions_areRefused() {
    var edits =
        new Edits(
            List.of(),
            List.of(),
            List.of(new TagOfVm("vm-1", "a")),
            List.of(new TagOfVm("vm-1", "a"), new TagOfVm("vm-2", "c")),
            List.of("vm-2"));
    assertThat(faults(edits))
        .extracting(EditsRefused.Fault::kind, EditsRefused.Fault::named)
        .containsExactly(
            tuple(EditsRefused.Kind.CONTRADICTION, "vm-1"),
            tuple(EditsRefused.Kind.CONTRADICTION, "vm-2"));
  }

  @Test
  void of_textWithALoneSurrogate_isRefused() {
    var edits =
        new Edits(
            List.of(),
            List.of(new FirewallRule(Optional.of("fw-\uD800"), "a", "\uDC00")),
            List.of(),
            List.of(),
            List.of());
    assertThat(faults(edits))
        .extracting(EditsRefused.Fault::kind)
        .containsExactly(EditsRefused.Kind.INVALID_TEXT, EditsRefused.Kind.INVALID_TEXT);
  }

  @Test
  void of_manyFaults_listsTwentyAndCountsAll() {
    var ids = IntStream.range(0, 30).mapToObj(i -> "no such " + i).toList();
    var edits = new Edits(List.of(), List.of(), List.of(), List.of(), ids);
    var refused =
        catchThrowableOfType(EditsRefused.class, () -> EditedEnvironment.of(BEFORE, edits));
    assertThat(refused.faults()).hasSize(20);
    assertThat(refused.faultCount()).isEqualTo(30);
  }
}
