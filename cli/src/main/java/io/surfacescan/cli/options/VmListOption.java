package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.FoundByHop;
import io.surfacescan.engine.Ranks;
import io.surfacescan.model.Environment;
import io.surfacescan.model.TextOrder;
import io.surfacescan.questions.Subject;
import io.surfacescan.report.FirstHops;
import io.surfacescan.report.HopsTable;
import io.surfacescan.report.HopsTables;
import io.surfacescan.report.SortedVmIds;
import io.surfacescan.report.SubjectLabel;
import io.surfacescan.report.VmIds;
import io.surfacescan.report.VmsByVm;
import io.surfacescan.report.VmsWithHops;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.report.format.VmSequence;
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
public final class VmListOption {
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
      description =
          "Order: ${COMPLETION-CANDIDATES}. Default: engine, which costs nothing; on a terminal by"
              + " hops, then name.")
  @Nullable Sort sort;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N of each VM's list.")
  @Nullable Integer limit;

  @Spec(Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /// What a run found.
  ///
  /// @param found per subject, the number of VMs, however many of them were listed
  public record Listed(Environment environment, List<Subject> subjects, List<Integer> found) {}

  /// Writes the list of each VM or group.
  public Listed run(Invocation run, FirstHops.Way way, List<String> arguments) throws IOException {
    check(arguments.size());
    var environment = input.read(run);
    var subjects = VmArguments.subjects(environment, arguments);
    var graph = AttackGraph.of(environment);
    boolean forPeople = run.around().outIsTerminal() && output.format == Format.TEXT;
    List<Integer> counts;
    if (forPeople && !why) {
      counts = writeTables(run, graph, way, subjects);
    } else if (hops || why) {
      counts = List.of(writeHops(run, graph, way, subjects.getFirst(), forPeople));
    } else {
      counts = writeIds(run, graph, way, subjects);
    }
    if (forPeople) {
      sayWhatIsEmpty(run, environment, way, subjects, counts);
    }
    return new Listed(environment, subjects, counts);
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

  private static void sayWhatIsEmpty(
      Invocation run,
      Environment environment,
      FirstHops.Way way,
      List<Subject> subjects,
      List<Integer> counts) {
    for (int i = 0; i < subjects.size(); i++) {
      if (counts.get(i) == 0) {
        String label = SubjectLabel.plain(environment, subjects.get(i));
        run.messages()
            .note(
                switch (way) {
                  case ATTACKERS -> "No VM can attack " + label + ".";
                  case VICTIMS -> label + " can attack no VM.";
                });
      }
    }
  }

  private List<Integer> writeIds(
      Invocation run, AttackGraph graph, FirstHops.Way way, List<Subject> subjects)
      throws IOException {
    var environment = graph.environment();
    var arena = IdArena.of(graph);
    var lists = new ArrayList<VmSequence>();
    var counts = new ArrayList<Integer>();
    for (var subject : subjects) {
      var all =
          sort == Sort.hops
              ? VmSequence.byHops(graph, byHop(graph, way, subject))
              : sequence(graph, ranks(graph, way, subject));
      counts.add(all.size());
      lists.add(limited(all));
    }
    if (subjects.size() > 1) {
      output.write(run, new VmsByVm(arena, way, subjects, lists));
    } else if (lists.getFirst() instanceof VmSequence.InEngineOrder(var _, var ranks)) {
      output.write(run, VmIds.of(arena, ranks, output.format));
    } else {
      output.write(run, new SortedVmIds(environment, lists.getFirst()));
    }
    return counts;
  }

  private List<Integer> writeTables(
      Invocation run, AttackGraph graph, FirstHops.Way way, List<Subject> subjects)
      throws IOException {
    var environment = graph.environment();
    var counts = new ArrayList<Integer>();
    var tables = new ArrayList<HopsTable>();
    for (var subject : subjects) {
      var found = byHop(graph, way, subject);
      var listed = limited(inOrder(graph, found, true));
      counts.add(found.size());
      tables.add(new HopsTable(environment, found, listed));
    }
    if (subjects.size() > 1) {
      var all = new HopsTables(environment, way, subjects, tables);
      output.write(run, all::write);
    } else {
      output.write(run, tables.getFirst()::write);
    }
    return counts;
  }

  private int writeHops(
      Invocation run, AttackGraph graph, FirstHops.Way way, Subject subject, boolean forPeople)
      throws IOException {
    var found = byHop(graph, way, subject);
    var listed = limited(inOrder(graph, found, forPeople));
    output.write(
        run,
        why
            ? new FirstHops(graph, found, way, listed)
            : new VmsWithHops(graph.environment(), found, listed));
    return found.size();
  }

  /// @param forPeople whether the nearest come first if no order is asked for
  private VmSequence inOrder(AttackGraph graph, FoundByHop found, boolean forPeople) {
    if (sort == null && forPeople) {
      return VmSequence.nearestFirst(graph, found);
    }
    return sort == Sort.hops ? VmSequence.byHops(graph, found) : sequence(graph, found.ranks());
  }

  private VmSequence limited(VmSequence all) {
    return limit == null ? all : all.page(0, limit);
  }

  private VmSequence sequence(AttackGraph graph, Ranks ranks) {
    if (sort == Sort.id) {
      return VmSequence.byId(graph, ranks, TextOrder.of(graph.environment().vmIds()));
    }
    return sort == Sort.input
        ? VmSequence.inInputOrder(graph, ranks)
        : VmSequence.inEngineOrder(graph, ranks);
  }

  private int hopsMost() {
    return maxHops == null ? Subject.ANY_HOPS : maxHops;
  }

  private FoundByHop byHop(AttackGraph graph, FirstHops.Way way, Subject subject) {
    return switch (way) {
      case ATTACKERS -> subject.attackersByHop(graph, hopsMost());
      case VICTIMS -> subject.victimsByHop(graph, hopsMost());
    };
  }

  private Ranks ranks(AttackGraph graph, FirstHops.Way way, Subject subject) {
    return switch (way) {
      case ATTACKERS -> subject.attackers(graph, hopsMost());
      case VICTIMS -> subject.victims(graph, hopsMost());
    };
  }
}
