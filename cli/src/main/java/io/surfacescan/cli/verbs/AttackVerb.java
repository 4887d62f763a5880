package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.AttackCondition;
import io.surfacescan.cli.options.VmListOption;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.report.FirstHops;
import io.surfacescan.report.SubjectLabel;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "attack",
    description = "List every VM that can attack a VM, directly or over others.",
    footer = {
      "",
      "For one VM, the json, ndjson and csv outputs are the bytes of HTTP's /attack. For several, each answer names its VM. A group's answer is that of its members together.",
      "On a terminal the list is a table, nearest first; in a pipe it is ids alone, one a line.",
      "Exit code: 0 done, 1 a condition of --fail-on holds; it counts within --max-hops.",
      "",
      "Example: surfacescan attack --data prod.json vm-a211de --why"
    })
final class AttackVerb implements Verb {
  @Mixin VmListOption list = new VmListOption();

  @Option(
      names = "--fail-on",
      paramLabel = "CONDITION",
      description =
          "Exit with 1 if it holds of a VM: any (a VM can attack it), attackers>N (more than N"
              + " can).")
  List<String> failOn = List.of();

  @Parameters(
      arity = "1..*",
      paramLabel = "VM",
      description = "A VM that is attacked: its id or name, or a group as tag:NAME.")
  List<String> arguments = List.of();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) throws IOException {
    var conditions = AttackCondition.parse(failOn, spec);
    var listed = list.run(run, FirstHops.Way.ATTACKERS, arguments);
    boolean held = false;
    for (var condition : conditions) {
      for (int i = 0; i < listed.subjects().size(); i++) {
        int attackers = listed.found().get(i);
        if (attackers > condition.most()) {
          run.messages()
              .error(
                  condition.held(
                      SubjectLabel.plain(listed.environment(), listed.subjects().get(i)),
                      attackers));
          held = true;
        }
      }
    }
    return held ? Exit.POLICY : Exit.DONE;
  }
}
