package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.OutputOption;
import io.surfacescan.cli.options.PathArguments;
import io.surfacescan.cli.options.VmArguments;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Subject;
import io.surfacescan.report.PairTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "pairs",
    description = "List every direct attack, with all rules that allow it.",
    footer = {
      "",
      "A pair is two VMs of which the first can attack the second in one hop. The pairs come in the order of the input, as they are found: memory does not grow with their number.",
      "",
      "Example: surfacescan pairs --data prod.json --to tag:customer-db -o ndjson"
    })
final class PairsVerb implements Verb {
  @Mixin PathArguments paths = new PathArguments();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--from",
      paramLabel = "VM",
      description = "Only attacks of this VM: its id or name, or a group as tag:NAME.")
  @Nullable String from;

  @Option(names = "--to", paramLabel = "VM", description = "Only attacks on this VM, likewise.")
  @Nullable String to;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N pairs.")
  @Nullable Integer limit;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) throws IOException {
    if (limit != null && limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--limit': " + limit + " is below 0");
    }
    var environment = paths.input().read(run);
    output.write(
        run,
        new PairTable(
            environment,
            subject(environment, from),
            subject(environment, to),
            limit == null ? Long.MAX_VALUE : limit));
    return Exit.DONE;
  }

  private static Optional<Subject> subject(Environment environment, @Nullable String argument) {
    return argument == null
        ? Optional.empty()
        : Optional.of(VmArguments.subjects(environment, List.of(argument)).getFirst());
  }
}
