package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.PathArguments;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.report.EnvironmentWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `import`: an export, or any other input, as one environment document.
final class ImportVerb implements Verb {
  private static final int BUFFER_BYTES = 1 << 16;

  private final CommandSpec spec =
      Flags.verb(
          this,
          "import",
          "Write what an export comes to as an environment document.",
          "",
          "The document gives the same answers as the export. Its rules name the real rules that they"
              + " come from, but real rules can be removed in `what-if` only where the export is read.",
          "",
          "Example: surfacescan import --data export > env.json");

  private final PathArguments paths = PathArguments.of(spec);

  @Override
  public CommandSpec described() {
    return spec;
  }

  @Override
  public Exit run(Invocation run) throws IOException {
    var environment = paths.input().read(run);
    var out = new BufferedOutputStream(run.out(), BUFFER_BYTES);
    EnvironmentWriter.write(environment, out);
    out.flush();
    return Exit.DONE;
  }
}
