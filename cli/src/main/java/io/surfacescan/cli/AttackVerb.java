package io.surfacescan.cli;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.VmsByHop;
import io.surfacescan.report.FirstHops;
import io.surfacescan.report.IdArena;
import io.surfacescan.report.SurfacesByVm;
import io.surfacescan.report.VmIds;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
  @Mixin InputOption input = new InputOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--max-hops",
      paramLabel = "N",
      description = "Only attacks over at most N hops; 1 is the direct ones.")
  @Nullable Integer maxHops;

  @Option(
      names = "--why",
      description = "For each attacker of one VM, the rule of the first hop and the hops.")
  boolean why;

  @Parameters(arity = "1..*", paramLabel = "VM", description = "The id of a VM that is attacked.")
  List<String> ids = List.of();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Run run) throws IOException {
    if (maxHops != null && maxHops < 1) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--max-hops': " + maxHops + " is below 1");
    }
    if (why && ids.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--why explains one VM at a time, not " + ids.size());
    }
    var environment = input.read(run);
    var vms = VmArguments.find(environment, ids);
    var graph = AttackGraph.of(environment);
    int hops = maxHops == null ? Integer.MAX_VALUE : maxHops;
    if (why) {
      output.write(run, new FirstHops(graph, VmsByHop.attackers(graph, vms.getFirst(), hops)));
      return Exit.DONE;
    }
    var arena = IdArena.of(graph);
    if (vms.size() == 1) {
      var attackers = surface(graph, vms.getFirst()).attackers();
      output.write(run, VmIds.of(arena, attackers, output.format));
    } else {
      var surfaces = vms.stream().map(vm -> surface(graph, vm)).toList();
      output.write(run, new SurfacesByVm(arena, surfaces));
    }
    return Exit.DONE;
  }

  private AttackSurface surface(AttackGraph graph, int vm) {
    return maxHops == null ? AttackSurface.of(graph, vm) : AttackSurface.within(graph, vm, maxHops);
  }
}
