package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.LongOption;
import io.surfacescan.cli.options.OutputOption;
import io.surfacescan.cli.options.PathArguments;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.FarthestAttackers;
import io.surfacescan.engine.VmOrder;
import io.surfacescan.model.TextOrder;
import io.surfacescan.report.EnvironmentReport;
import io.surfacescan.report.format.VmSequence;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "report",
    description = "Report on every VM, and on what is odd about the rules and tags themselves.",
    footer = {"", "Example: surfacescan report --data prod.json --sort attackers -o csv"})
final class ReportVerb implements Verb {
  enum Sort {
    input,
    id,
    attackers
  }

  /// An order by its word; `exposure` is the older one for `attackers`.
  static final class SortWord implements ITypeConverter<Sort> {
    @Override
    public Sort convert(String word) {
      String now = word.equals("exposure") ? Sort.attackers.name() : word;
      return Arrays.stream(Sort.values())
          .filter(sort -> sort.name().equals(now))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException("'" + word + "' is not one of input, id, attackers"));
    }
  }

  @Mixin PathArguments paths = new PathArguments();
  @Mixin OutputOption output = new OutputOption();
  @Mixin LongOption effort = new LongOption();

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      converter = SortWord.class,
      description =
          "Order: ${COMPLETION-CANDIDATES}. Default: input; attackers is most of them first.")
  Sort sort = Sort.input;

  @Option(
      names = "--hops",
      description = "Each VM with the hops of its farthest attacker; a search for each.")
  boolean hops;

  @Option(
      names = "--hops-seconds",
      paramLabel = "SECONDS",
      description = "How long to search for hops; what is not found then is said. Default: 10.")
  int hopsSeconds = 10;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N rows.")
  @Nullable Integer limit;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) throws IOException {
    check("--limit", limit == null ? 0 : limit, 0);
    check("--hops-seconds", hopsSeconds, 1);
    var environment = paths.input().read(run);
    var graph = AttackGraph.of(environment);
    var exposures = Exposures.of(graph, effort.deadline(), effort.progress(run, "counting"));
    var all = new BitSet();
    all.set(0, environment.vmCount());
    var order =
        switch (sort) {
          case input -> VmOrder.INPUT;
          case id -> VmOrder.byId(TextOrder.of(environment.vmIds()));
          case attackers -> VmOrder.byAttackers(exposures);
        };
    int[] vms = order.sorted(all);
    int[] listed = limit == null ? vms : Arrays.copyOf(vms, Math.min(limit, vms.length));
    output.write(
        run, new EnvironmentReport(exposures, farthest(run, graph, listed), VmSequence.of(listed)));
    return Exit.DONE;
  }

  private void check(String flag, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '" + flag + "': " + value + " is below " + least);
    }
  }

  private Optional<FarthestAttackers> farthest(Invocation run, AttackGraph graph, int[] vms) {
    if (!hops) {
      return Optional.empty();
    }
    long end = System.nanoTime() + hopsSeconds * 1_000_000_000L;
    return Optional.of(
        FarthestAttackers.of(
            graph, vms, () -> System.nanoTime() - end > 0, effort.progress(run, "searching")));
  }
}
