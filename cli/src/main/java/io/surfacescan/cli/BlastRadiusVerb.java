package io.surfacescan.cli;

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
      "For one VM, the json, ndjson and csv outputs are the bytes of HTTP's /blast-radius.",
      "For several, each answer names its VM.",
      "",
      "Example: surfacescan blast-radius --data prod.json vm-c7bac01a07 --max-hops 2"
    })
final class BlastRadiusVerb implements Verb {
  @Mixin VmListOption list = new VmListOption();

  @Parameters(arity = "1..*", paramLabel = "VM", description = "The id of a VM that attacks.")
  List<String> ids = List.of();

  @Override
  public Exit run(Run run) throws IOException {
    return list.run(run, FirstHops.Way.VICTIMS, ids);
  }
}
