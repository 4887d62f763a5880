package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.importers.document.EnvironmentSchema;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "schema",
    description = "Print the JSON Schema of environment documents.",
    footer = {"", "Example: surfacescan schema > environment.schema.json"})
final class SchemaVerb implements Verb {
  @Override
  public Exit run(Invocation run) throws IOException {
    run.out().write(EnvironmentSchema.bytes());
    return Exit.DONE;
  }
}
