package io.surfacescan.cli;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackPath;
import io.surfacescan.report.PathHops;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "path",
    description = "Show a shortest way from one VM to another, with the rules that allow each hop.",
    footer = {
      "",
      "That there is no way is an answer like any other: the exit code is 0.",
      "",
      "Example: surfacescan path --data prod.json vm-c7bac01a07 vm-a211de"
    })
final class PathVerb implements Verb {
  @Mixin InputOption input = new InputOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(index = "0", paramLabel = "FROM", description = "The id of the VM that attacks.")
  String from = "";

  @Parameters(index = "1", paramLabel = "TO", description = "The id of the VM that is attacked.")
  String to = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Run run) throws IOException {
    if (from.equals(to)) {
      throw new ParameterException(
          spec.commandLine(), "FROM and TO are one VM, and no VM attacks itself");
    }
    var environment = input.read(run);
    var vms = VmArguments.find(environment, List.of(from, to));
    var path = AttackPath.of(AttackGraph.of(environment), vms.get(0), vms.get(1));
    output.write(run, new PathHops(environment, vms.get(0), vms.get(1), path));
    return Exit.DONE;
  }
}
