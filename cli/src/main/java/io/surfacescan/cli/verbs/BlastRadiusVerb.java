package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.VmListOption;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.report.FirstHops;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "blast-radius",
    description = "List every VM that a VM can attack, directly or over others.",
    footer = {
      "",
      "For one VM, the json, ndjson and csv outputs are the bytes of HTTP's /blast-radius. For several, each answer names its VM. A group's answer is that of its members together.",
      "On a terminal the list is a table, nearest first; in a pipe it is ids alone, one a line.",
      "",
      "Example: surfacescan blast-radius --data prod.json vm-c7bac01a07 --max-hops 2"
    })
final class BlastRadiusVerb implements Verb {
  @Mixin VmListOption list = new VmListOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "VM",
      description = "A VM that attacks: its id or name, or a group as tag:NAME.")
  List<String> arguments = List.of();

  @Override
  public Exit run(Invocation run) throws IOException {
    list.run(run, FirstHops.Way.VICTIMS, arguments);
    return Exit.DONE;
  }
}
