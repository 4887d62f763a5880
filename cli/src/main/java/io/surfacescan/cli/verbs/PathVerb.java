package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Flags;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The verb `path`, which can fail if there is one.
final class PathVerb extends QuestionVerb {
  private final OptionSpec failOn =
      Flags.texts("CONDITION", "Exit with 1 if it holds: any (there is a path).", "--fail-on")
          .build();

  PathVerb() {
    super(Questions.PATH);
  }

  @Override
  void addMore(CommandSpec verb) {
    verb.addOption(failOn);
  }

  private List<String> failOn() {
    return failOn.getValue();
  }

  @Override
  void check(Invocation run, Arguments arguments) throws QuestionRefused {
    for (String word : failOn()) {
      if (!word.equals(AttackCondition.ANY)) {
        throw new QuestionRefused(new Fault.UnknownCondition(word, AttackCondition.ANY));
      }
    }
  }

  @Override
  Exit answer(Invocation run, Context context) throws IOException, QuestionRefused {
    var answer = Questions.PATH.answer(context);
    write(run, context, answer);
    if (failOn().isEmpty()
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
