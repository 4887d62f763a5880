package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.ConditionWords;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Questions;
import io.surfacescan.questions.VmList;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.conditions.AttackCondition;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The verb `attack`, which can fail on what it finds.
final class AttackVerb extends VmListVerb {
  private final OptionSpec failOn =
      Flags.texts(
              "CONDITION",
              "Exit with 1 if it holds of a VM: any (a VM can attack it), attackers>N (more than N"
                  + " can).",
              "--fail-on")
          .build();

  private List<AttackCondition> conditions = List.of();

  AttackVerb() {
    super(Questions.ATTACK);
  }

  @Override
  void addMore(CommandSpec verb) {
    verb.addOption(failOn);
  }

  @Override
  void check(Invocation run, Arguments arguments) throws QuestionRefused {
    conditions = AttackCondition.parse(failOn.getValue());
    super.check(run, arguments);
  }

  @Override
  Exit judged(Invocation run, Environment environment, List<VmList> lists) {
    boolean held = false;
    for (var condition : conditions) {
      for (var list : lists) {
        if (condition.isHeldBy(list.total())) {
          String label = label(environment, list.subject());
          run.messages().error(ConditionWords.of(condition, label, list.total()));
          held = true;
        }
      }
    }
    return held ? Exit.POLICY : Exit.DONE;
  }
}
