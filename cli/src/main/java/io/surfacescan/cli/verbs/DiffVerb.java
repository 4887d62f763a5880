package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.ChangeLimits;
import io.surfacescan.cli.options.DiffCondition;
import io.surfacescan.cli.options.InputOption;
import io.surfacescan.cli.options.LongOption;
import io.surfacescan.cli.options.OutputOption;
import io.surfacescan.cli.options.StrictnessOption;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.DeadlinePassed;
import io.surfacescan.engine.SurfaceChanges;
import io.surfacescan.model.EnvironmentDiff;
import io.surfacescan.report.ChangedSurfaces;
import io.surfacescan.report.DiffAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "diff",
    description = "Show what differs between two environments, and which surfaces grew or shrank.",
    footer = {
      "",
      "--fail-on takes, separated by commas or given again: grew (a VM in both has an attacker that it had not), new-direct (a VM can attack another directly that it could not), new-exposed (a VM of B that is not in A has an attacker), attackers>N (a VM of B has more than N attackers), reach:VM (a VM can attack this one that could not).",
      "Exit code: 0 done, 1 a condition of --fail-on holds.",
      "",
      "Example: surfacescan diff main.json branch.json --fail-on grew,new-direct"
    })
final class DiffVerb implements Verb {
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--fail-on",
      paramLabel = "CONDITION",
      description =
          "Exit with 1 if it holds: grew, new-direct, new-exposed, attackers>N, reach:VM.")
  List<String> failOn = List.of();

  @Mixin StrictnessOption strictness = new StrictnessOption();

  @Mixin ChangeLimits limits = new ChangeLimits();
  @Mixin LongOption longRun = new LongOption();

  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "The environment before: a file, a folder, or - for standard input.")
  String before = "";

  @Parameters(index = "1", paramLabel = "B", description = "The environment after, likewise.")
  String after = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) throws IOException {
    limits.check(spec);
    var deadline = longRun.deadline();
    var given = DiffCondition.parse(failOn, spec);
    if (before.equals("-") && after.equals("-")) {
      throw new ParameterException(
          spec.commandLine(), "Only one of A and B can be -, standard input is read once");
    }
    var environmentBefore = InputOption.read(run, List.of(before), strictness.options());
    var environmentAfter = InputOption.read(run, List.of(after), strictness.options());
    var conditions = DiffCondition.resolved(given, environmentBefore, environmentAfter);
    var comparison =
        Comparison.of(AttackGraph.of(environmentBefore), AttackGraph.of(environmentAfter));
    var changes =
        SurfaceChanges.of(
            comparison,
            limits.vms(OptionalInt.empty()),
            deadline,
            longRun.progress(run, "comparing"));
    if (changes.isTruncated() && !conditions.isEmpty()) {
      // What was not looked at must not pass.
      throw new DeadlinePassed();
    }
    output.write(
        run,
        new DiffAnswer(
            before,
            after,
            EnvironmentDiff.of(environmentBefore, environmentAfter),
            ChangedSurfaces.of(comparison, changes),
            limits.entries(OptionalInt.empty())));
    var held = new ArrayList<String>();
    conditions.forEach(
        condition -> condition.held(comparison, changes, deadline).ifPresent(held::add));
    held.forEach(run.messages()::error);
    return held.isEmpty() ? Exit.DONE : Exit.POLICY;
  }
}
