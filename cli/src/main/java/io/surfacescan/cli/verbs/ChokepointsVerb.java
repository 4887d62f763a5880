package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.InputOption;
import io.surfacescan.cli.options.LongOption;
import io.surfacescan.cli.options.OutputOption;
import io.surfacescan.cli.options.VmArguments;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Chokepoints;
import io.surfacescan.engine.EnvironmentChokepoints;
import io.surfacescan.engine.SurfaceSizes;
import io.surfacescan.report.ChokepointLists;
import io.surfacescan.report.EnvironmentChokepointList;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "chokepoints",
    description =
        "Rank what to remove to keep attackers out: of a VM rules, tags, VMs and pairs of rules; of"
            + " the whole environment rules.",
    footer = {
      "",
      "Every number is exact unless it says `at most`.",
      "The json, ndjson and csv outputs are the bytes of HTTP's /chokepoints.",
      "",
      "Example: surfacescan chokepoints --data prod.json vm-a211de --limit 5"
    })
final class ChokepointsVerb implements Verb {
  private static final int MOST = 1000;

  @Mixin InputOption input = new InputOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin LongOption longRun = new LongOption();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The best N of each kind, at most 1000. Default: ${DEFAULT-VALUE}.")
  int limit = Chokepoints.USUAL_TOP;

  @Option(names = "--top", hidden = true, paramLabel = "N", description = "As --limit.")
  void top(@Nullable Integer best) {
    limit = best == null ? limit : best;
  }

  @Option(
      names = "--exact",
      paramLabel = "N",
      description =
          "Without a VM: for how many rules the loss is worked out exactly, at most 1000; the others"
              + " get a bound. Default: 20.")
  @Nullable Integer exact;

  @Parameters(
      arity = "0..1",
      paramLabel = "VM",
      description = "The id or name of the VM that is attacked. Default: the whole environment.")
  @Nullable String id;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) throws IOException {
    check("--limit", limit);
    if (exact != null) {
      check("--exact", exact);
    }
    if (exact != null && id != null) {
      throw new ParameterException(
          spec.commandLine(), "--exact is for the whole environment; of a VM everything is exact");
    }
    var environment = input.read(run);
    if (id == null) {
      var graph = AttackGraph.of(environment);
      output.write(run, new EnvironmentChokepointList(environment, ofAll(run, graph)));
      return Exit.DONE;
    }
    int vm = VmArguments.one(environment, id);
    var chokepoints = Chokepoints.of(AttackGraph.of(environment), vm, limit, longRun.deadline());
    output.write(run, new ChokepointLists(environment, chokepoints));
    return Exit.DONE;
  }

  private EnvironmentChokepoints ofAll(Invocation run, AttackGraph graph) {
    var deadline = longRun.deadline();
    int workedOut = exact == null ? EnvironmentChokepoints.USUAL_EXACT : exact;
    var sizes = SurfaceSizes.of(graph, deadline, longRun.progress(run, "counting"));
    return EnvironmentChokepoints.of(
        graph, sizes, limit, workedOut, deadline, longRun.progress(run, "removing"));
  }

  private void check(String flag, int number) {
    if (number < 1 || number > MOST) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '" + flag + "': " + number + " is not from 1 to " + MOST);
    }
  }
}
