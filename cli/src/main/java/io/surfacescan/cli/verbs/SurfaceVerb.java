package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.DrawnOutputOption;
import io.surfacescan.cli.options.InputOption;
import io.surfacescan.cli.options.LongOption;
import io.surfacescan.cli.options.VmArguments;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.report.SurfacePicture;
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
    name = "surface",
    description = "Draw who can attack a VM as few groups, with the rules between them.",
    footer = {
      "",
      "A group is the VMs of one hop and of the tag that lets them in. Each VM is counted once, so groups add up; an edge counts every VM able to use it, so edges may add up to more.",
      "",
      "Example: surfacescan surface --data prod.json vm-a211de -o dot | dot -Tsvg"
    })
final class SurfaceVerb implements Verb {
  private static final int LIMIT_MOST = 500;

  enum Direction {
    in,
    out
  }

  @Mixin InputOption input = new InputOption();
  @Mixin DrawnOutputOption output = new DrawnOutputOption();
  @Mixin LongOption effort = new LongOption();

  @Option(
      names = "--direction",
      paramLabel = "DIRECTION",
      description = "in: who attacks the VM; out: whom it attacks. Default: in.")
  Direction direction = Direction.in;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Fold all but the N largest groups. Default: 50; at most 500.")
  int limit = 50;

  @Option(names = "--top", hidden = true, paramLabel = "N", description = "As --limit.")
  void top(@Nullable Integer groups) {
    limit = groups == null ? limit : groups;
  }

  @Option(
      names = "--max-hops",
      paramLabel = "N",
      description = "Only VMs over at most N hops; 1 is the direct ones.")
  @Nullable Integer maxHops;

  @Parameters(paramLabel = "VM", description = "The id or the name of the VM.")
  String id = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) throws IOException {
    if (maxHops != null && maxHops < 1) {
      throw wrong("'--max-hops': " + maxHops + " is below 1");
    }
    if (limit < 1 || limit > LIMIT_MOST) {
      throw wrong("'--limit': " + limit + " is not between 1 and " + LIMIT_MOST);
    }
    var environment = input.read(run);
    int vm = VmArguments.one(environment, id);
    var surface =
        SurfaceGroups.of(
            AttackGraph.of(environment),
            vm,
            direction(),
            maxHops == null ? Integer.MAX_VALUE : maxHops,
            limit,
            effort.deadline());
    output.write(run, new SurfacePicture(environment, surface));
    return Exit.DONE;
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(spec.commandLine(), "Invalid value for option " + problem);
  }

  private SurfaceGroups.Direction direction() {
    return switch (direction) {
      case in -> SurfaceGroups.Direction.IN;
      case out -> SurfaceGroups.Direction.OUT;
    };
  }
}
