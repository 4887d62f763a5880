package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.ConditionWords;
import io.surfacescan.cli.options.FaultMessages;
import io.surfacescan.cli.options.InputOption;
import io.surfacescan.cli.options.LongOption;
import io.surfacescan.cli.options.OutputOption;
import io.surfacescan.cli.options.QuestionOptions;
import io.surfacescan.cli.options.ReadingOptions;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.DeadlinePassed;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.ChangesQuestion;
import io.surfacescan.questions.Context;
import io.surfacescan.questions.Questions;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.questions.conditions.DiffCondition;
import io.surfacescan.report.Documents;
import io.surfacescan.report.format.Format;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

final class DiffVerb implements Verb {
  private final CommandSpec spec =
      Flags.verb(
          this,
          "diff",
          "Show what differs between two environments, and which surfaces grew or shrank.",
          "",
          "--fail-on takes, separated by commas or given again: grew (a VM in both has an attacker that it had not), new-direct (a VM can attack another directly that it could not), new-service (the same over services over which it could not), new-exposed (a VM of B that is not in A has an attacker), new-internet (the internet can attack a VM that it could not), attackers>N (a VM of B has more than N attackers), reach:VM (a VM can attack this one that could not).",
          "Exit code: 0 done, 1 a condition of --fail-on holds.",
          "",
          "Example: surfacescan diff main.json branch.json --fail-on grew,new-direct",
          "Example: surfacescan diff --plan plan.json --fail-on new-internet");

  private final OutputOption output = new OutputOption(spec, Format.ofComparison());

  private final OptionSpec failOn =
      Flags.texts(
              "CONDITION",
              "Exit with 1 if it holds: grew, new-direct, new-service, new-exposed, new-internet,"
                  + " attackers>N, reach:VM.",
              "--fail-on")
          .build();

  private final ReadingOptions reading = new ReadingOptions();
  private final LongOption longRun;

  private final OptionSpec plan =
      Flags.text(
              "FILE",
              "Compare before and after of a plan, as terraform show -json writes it; - for standard"
                  + " input. Without A and B.",
              "--plan")
          .build();

  private final OptionSpec data =
      Flags.texts(
              "PATH",
              "With --plan: an export of the account, over which the plan is laid.",
              "--data")
          .build();

  private final PositionalParamSpec before =
      Flags.argument(0, "A", "The environment before: a file, a folder, or - for standard input.")
          .initialValue("")
          .build();

  private final PositionalParamSpec after =
      Flags.argument(1, "B", "The environment after, likewise.").initialValue("").build();

  private final QuestionOptions options;

  DiffVerb() {
    spec.addOption(failOn);
    reading.addTo(spec);
    longRun = LongOption.of(spec);
    spec.addOption(plan).addOption(data).addPositional(before).addPositional(after);
    options = new QuestionOptions(spec, Questions.CHANGES.parameters());
  }

  @Override
  public CommandSpec described() {
    return spec;
  }

  @Override
  public Exit run(Invocation run) throws IOException {
    output.check();
    var deadline = longRun.deadline();
    Arguments arguments;
    RuleFilter filter;
    List<DiffCondition> given;
    try {
      arguments = options.arguments();
      filter = RuleFilter.of(arguments);
      given = DiffCondition.parse(failOn.getValue());
    } catch (QuestionRefused e) {
      throw FaultMessages.of(e.fault(), spec);
    }
    checkSides();
    Environment environmentBefore;
    Environment environmentAfter;
    Supplier<AttackGraph> wholeBefore;
    Supplier<AttackGraph> wholeAfter;
    String named;
    String namedAfter;
    @Nullable String file = plan.getValue();
    if (file == null) {
      named = before.getValue();
      namedAfter = after.getValue();
      var readBefore = InputOption.read(run, List.of(named), reading);
      var readAfter = InputOption.read(run, List.of(namedAfter), reading);
      environmentBefore = readBefore.imported().environment();
      environmentAfter = readAfter.imported().environment();
      wholeBefore = readBefore::graph;
      wholeAfter = readAfter::graph;
    } else {
      named = file + " before";
      namedAfter = file + " after";
      var sides = new PlanInput(file, over(), reading.options()).read(run);
      environmentBefore = sides.before();
      environmentAfter = sides.after();
      wholeBefore = () -> AttackGraph.of(sides.before());
      wholeAfter = () -> AttackGraph.of(sides.after());
    }
    List<DiffCondition> conditions;
    Context context;
    try {
      context =
          Context.once(
              environmentAfter,
              wholeAfter,
              "",
              Optional.empty(),
              arguments,
              deadline,
              doing -> longRun.progress(run, doing));
      conditions = DiffCondition.resolved(given, environmentBefore, environmentAfter);
    } catch (QuestionRefused e) {
      throw FaultMessages.of(e.fault(), environmentAfter, spec);
    }
    var filteredBefore = filter.apply(environmentBefore);
    var graphBefore =
        filteredBefore == environmentBefore ? wholeBefore.get() : AttackGraph.of(filteredBefore);
    var changes = ChangesQuestion.between(context, named, graphBefore, namedAfter);
    if (!changes.isWhole() && !conditions.isEmpty()) {
      // What was not looked at must not pass.
      throw new DeadlinePassed();
    }
    output.write(run, Documents.of(changes).about(environmentBefore).about(environmentAfter));
    output.sayWhetherIncomplete(run, environmentBefore, environmentAfter);
    var surfaces = changes.surfaces();
    var held = new ArrayList<String>();
    for (var condition : conditions) {
      condition
          .held(surfaces.comparison(), surfaces.changes(), deadline)
          .ifPresent(what -> held.add(ConditionWords.of(what, environmentAfter)));
    }
    held.forEach(run.messages()::error);
    return held.isEmpty() ? Exit.DONE : Exit.POLICY;
  }

  /// The export that is named; whatever stands for it in the environment is not meant.
  private List<String> over() {
    return spec.commandLine().getParseResult().hasMatchedOption("--data")
        ? data.getValue()
        : List.of();
  }

  private void checkSides() {
    boolean planned = plan.getValue() != null;
    String sideBefore = before.getValue();
    String sideAfter = after.getValue();
    if (!planned && !over().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--data goes with --plan FILE; name two environments as A and B");
    }
    if (planned && !sideBefore.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--plan stands for both sides; leave A and B out");
    }
    if (!planned && sideAfter.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          sideBefore.isEmpty()
              ? "Missing required parameters: 'A', 'B'; or --plan FILE"
              : "Missing required parameter: 'B'");
    }
    if (sideBefore.equals("-") && sideAfter.equals("-")) {
      throw new ParameterException(
          spec.commandLine(), "Only one of A and B can be -, standard input is read once");
    }
  }
}
