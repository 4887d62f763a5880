package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.LongOption;
import io.surfacescan.cli.options.OutputOption;
import io.surfacescan.cli.options.PathArguments;
import io.surfacescan.cli.options.TagArgument;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.VmOrder;
import io.surfacescan.engine.VmsBySurface;
import io.surfacescan.model.TextOrder;
import io.surfacescan.model.VmSearch;
import io.surfacescan.report.ExposedVm;
import io.surfacescan.report.VmTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "vms",
    description = "List VMs, all or those found, with who can attack them and whom they can.",
    footer = {
      "",
      "Example: surfacescan vms --data prod.json --tag-prefix db- --sort attackers --limit 10"
    })
final class VmsVerb implements Verb {
  enum Sort {
    input,
    id,
    attackers,
    blast_radius;

    @Override
    public String toString() {
      return name().replace('_', '-');
    }
  }

  @Mixin PathArguments paths = new PathArguments();
  @Mixin OutputOption output = new OutputOption();
  @Mixin LongOption effort = new LongOption();

  @Option(names = "--id", paramLabel = "PART", description = "Only VMs whose id holds this.")
  @Nullable String idPart;

  @Option(names = "--name", paramLabel = "PART", description = "Only VMs whose name holds this.")
  @Nullable String namePart;

  @Option(names = "--tag", paramLabel = "TAG", description = "Only VMs with this tag.")
  @Nullable String tag;

  @Option(
      names = "--tag-prefix",
      paramLabel = "PREFIX",
      description = "Only VMs with a tag that starts with this.")
  @Nullable String tagPrefix;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      description = "Order: ${COMPLETION-CANDIDATES}. Default: input; the largest come first.")
  Sort sort = Sort.input;

  @Option(
      names = "--collapse",
      description = "One row for all VMs with the same attack surface, with their number.")
  boolean collapse;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N rows.")
  @Nullable Integer limit;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) throws IOException {
    if (limit != null && limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--limit': " + limit + " is below 0");
    }
    var environment = paths.input().read(run);
    var search =
        new VmSearch(
            Optional.ofNullable(idPart),
            Optional.ofNullable(namePart),
            TagArgument.find(environment, tag, spec),
            Optional.ofNullable(tagPrefix));
    var graph = AttackGraph.of(environment);
    var exposures = Exposures.of(graph, effort.deadline(), effort.progress(run, "counting"));
    var order =
        switch (sort) {
          case input -> VmOrder.INPUT;
          case id -> VmOrder.byId(TextOrder.of(environment.vmIds()));
          case attackers -> VmOrder.byAttackers(exposures);
          case blast_radius -> VmOrder.byBlastRadius(exposures);
        };
    int[] vms = order.sorted(search.in(environment));
    var groups = VmsBySurface.of(graph, vms);
    int[] listed = collapse ? groups.first() : vms;
    var rows = new ArrayList<ExposedVm>();
    for (int i = 0; i < Math.min(listed.length, limit == null ? Integer.MAX_VALUE : limit); i++) {
      rows.add(
          new ExposedVm(
              exposures.of(listed[i]),
              collapse ? OptionalInt.of(groups.count()[i]) : OptionalInt.empty(),
              OptionalInt.empty()));
    }
    output.write(run, new VmTable(environment, collapse, rows));
    return Exit.DONE;
  }
}
