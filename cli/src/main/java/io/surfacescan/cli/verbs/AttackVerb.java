package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.ConditionWords;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Questions;
import io.surfacescan.questions.VmList;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.conditions.AttackCondition;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The verb `attack`, which can fail on what it finds.
@Command
final class AttackVerb extends VmListVerb {
  @Option(
      names = "--fail-on",
      paramLabel = "CONDITION",
      description =
          "Exit with 1 if it holds of a VM: any (a VM can attack it), attackers>N (more than N"
              + " can).")
  List<String> failOn = List.of();

  private List<AttackCondition> conditions = List.of();

  AttackVerb() {
    super(Questions.ATTACK);
  }

  @Override
  void check(Invocation run, Arguments arguments) throws QuestionRefused {
    conditions = AttackCondition.parse(failOn);
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
