package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.InputOption;
import io.surfacescan.cli.options.OutputOption;
import io.surfacescan.cli.options.VmArguments;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Exposure;
import io.surfacescan.report.VmFacts;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "vm",
    description = "Show a VM: its tags, how many can attack it and how many it can attack.",
    footer = {"", "Example: surfacescan vm --data prod.json vm-a211de"})
final class VmVerb implements Verb {
  @Mixin InputOption input = new InputOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "VM", description = "The id or the name of the VM.")
  String id = "";

  @Override
  public Exit run(Invocation run) throws IOException {
    var environment = input.read(run);
    int vm = VmArguments.one(environment, id);
    var exposure = Exposure.of(AttackGraph.of(environment), vm);
    output.write(run, new VmFacts(environment, exposure));
    return Exit.DONE;
  }
}
