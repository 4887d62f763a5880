package io.surfacescan.cli;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.BlastRadius;
import io.surfacescan.engine.Ranks;
import io.surfacescan.engine.VmsByHop;
import io.surfacescan.model.TextOrder;
import io.surfacescan.report.FirstHops;
import io.surfacescan.report.IdArena;
import io.surfacescan.report.SortedVmIds;
import io.surfacescan.report.VmIds;
import io.surfacescan.report.VmSequence;
import io.surfacescan.report.VmsByVm;
import io.surfacescan.report.VmsWithHops;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// The flags that `attack` and `blast-radius` share, and the answer to both.
final class VmListOption {
  enum Sort {
    engine,
    id,
    hops,
    input
  }

  @Mixin InputOption input = new InputOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--max-hops",
      paramLabel = "N",
      description = "Only VMs over at most N hops; 1 is the direct ones.")
  @Nullable Integer maxHops;

  @Option(names = "--hops", description = "Each VM with the hops of a shortest path.")
  boolean hops;

  @Option(
      names = "--why",
      description = "Each VM with its hops and the rule of the hop at its end.")
  boolean why;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      description = "Order: ${COMPLETION-CANDIDATES}. Default: engine, which costs nothing.")
  Sort sort = Sort.engine;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N of each VM's list.")
  @Nullable Integer limit;

  @Spec(Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /// Writes the list of each VM.
  Exit run(Run run, FirstHops.Way way, List<String> ids) throws IOException {
    check(ids.size());
    var environment = input.read(run);
    var vms = VmArguments.find(environment, ids);
    var graph = AttackGraph.of(environment);
    if (hops || why) {
      writeHops(run, graph, way, vms.getFirst());
      return Exit.DONE;
    }
    var arena = IdArena.of(graph);
    var lists = new ArrayList<VmSequence>();
    var order = sort == Sort.id ? TextOrder.of(environment.vmIds()) : null;
    for (int vm : vms) {
      var all =
          sort == Sort.hops
              ? VmSequence.byHops(graph, byHop(graph, way, vm))
              : sequence(graph, ranks(graph, way, vm), order);
      lists.add(limited(all));
    }
    if (vms.size() > 1) {
      output.write(run, new VmsByVm(arena, way, vms, lists));
    } else if (lists.getFirst() instanceof VmSequence.InEngineOrder(var _, var ranks)) {
      output.write(run, VmIds.of(arena, ranks, output.format));
    } else {
      output.write(run, new SortedVmIds(environment, lists.getFirst()));
    }
    return Exit.DONE;
  }

  private void check(int vmCount) {
    if (maxHops != null && maxHops < 1) {
      throw wrong("Invalid value for option '--max-hops': " + maxHops + " is below 1");
    }
    if (limit != null && limit < 0) {
      throw wrong("Invalid value for option '--limit': " + limit + " is below 0");
    }
    if ((hops || why) && vmCount > 1) {
      throw wrong((why ? "--why" : "--hops") + " explains one VM at a time, not " + vmCount);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void writeHops(Run run, AttackGraph graph, FirstHops.Way way, int vm) throws IOException {
    var found = byHop(graph, way, vm);
    var order = sort == Sort.id ? TextOrder.of(graph.environment().vmIds()) : null;
    var all =
        sort == Sort.hops ? VmSequence.byHops(graph, found) : sequence(graph, found.ranks(), order);
    output.write(
        run,
        why
            ? new FirstHops(graph, found, way, limited(all))
            : new VmsWithHops(graph.environment(), found, limited(all)));
  }

  private VmSequence limited(VmSequence all) {
    return limit == null ? all : all.page(0, limit);
  }

  private VmSequence sequence(AttackGraph graph, Ranks ranks, @Nullable TextOrder order) {
    if (order != null) {
      return VmSequence.byId(graph, ranks, order);
    }
    return sort == Sort.input
        ? VmSequence.inInputOrder(graph, ranks)
        : VmSequence.inEngineOrder(graph, ranks);
  }

  private int hopsMost() {
    return maxHops == null ? Integer.MAX_VALUE : maxHops;
  }

  private VmsByHop byHop(AttackGraph graph, FirstHops.Way way, int vm) {
    return switch (way) {
      case ATTACKERS -> VmsByHop.attackers(graph, vm, hopsMost());
      case VICTIMS -> VmsByHop.victims(graph, vm, hopsMost());
    };
  }

  private Ranks ranks(AttackGraph graph, FirstHops.Way way, int vm) {
    return switch (way) {
      case ATTACKERS ->
          (maxHops == null ? AttackSurface.of(graph, vm) : AttackSurface.within(graph, vm, maxHops))
              .attackers();
      case VICTIMS ->
          (maxHops == null ? BlastRadius.of(graph, vm) : BlastRadius.within(graph, vm, maxHops))
              .victims();
    };
  }
}
