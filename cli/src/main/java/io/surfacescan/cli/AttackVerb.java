package io.surfacescan.cli;

import io.surfacescan.report.FirstHops;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "attack",
    description = "List every VM that can attack a VM, directly or over others.",
    footer = {
      "",
      "For one VM, the json, ndjson and csv outputs are the bytes of HTTP's /attack.",
      "For several, each answer names its VM.",
      "",
      "Example: surfacescan attack --data prod.json vm-a211de --why"
    })
final class AttackVerb implements Verb {
  @Mixin VmListOption list = new VmListOption();

  @Parameters(arity = "1..*", paramLabel = "VM", description = "The id of a VM that is attacked.")
  List<String> ids = List.of();

  @Override
  public Exit run(Run run) throws IOException {
    return list.run(run, FirstHops.Way.ATTACKERS, ids);
  }
}
