package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.questions.Context;
import io.surfacescan.questions.PathQuestion;
import io.surfacescan.questions.Questions;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.conditions.AttackCondition;
import io.surfacescan.report.SubjectLabel;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The verb `path`, which can fail if there is one.
@Command
final class PathVerb extends QuestionVerb {
  @Option(
      names = "--fail-on",
      paramLabel = "CONDITION",
      description = "Exit with 1 if it holds: any (there is a path).")
  List<String> failOn = List.of();

  PathVerb() {
    super(Questions.PATH);
  }

  @Override
  void check(Invocation run, Arguments arguments) throws QuestionRefused {
    for (String word : failOn) {
      if (!word.equals(AttackCondition.ANY)) {
        throw new QuestionRefused(new Fault.UnknownCondition(word, AttackCondition.ANY));
      }
    }
  }

  @Override
  Exit answer(Invocation run, Context context) throws IOException, QuestionRefused {
    var answer = Questions.PATH.answer(context);
    write(run, context, answer);
    if (failOn.isEmpty()
        || !(answer instanceof PathQuestion.Routes routes && routes.isReachable())) {
      return Exit.DONE;
    }
    var ends = Questions.PATH.ends(context);
    run.messages()
        .error(
            "--fail-on any: `"
                + SubjectLabel.plain(context.environment(), ends.getFirst())
                + "` can attack `"
                + SubjectLabel.plain(context.environment(), ends.getLast())
                + "`");
    return Exit.POLICY;
  }
}
