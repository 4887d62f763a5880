package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.importers.document.EnvironmentSchema;
import io.surfacescan.policy.reading.PolicySchema;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "schema",
    description = "Print the JSON Schema of environment documents, or of policies.",
    footer = {"", "Example: surfacescan schema policy > policy.schema.json"})
final class SchemaVerb implements Verb {
  private static final String ENVIRONMENT = "environment";
  private static final String POLICY = "policy";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "OF",
      completionCandidates = Kinds.class,
      description = "Whose schema: ${COMPLETION-CANDIDATES}. Default: environment.")
  String of = ENVIRONMENT;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) throws IOException {
    run.out()
        .write(
            switch (of) {
              case ENVIRONMENT -> EnvironmentSchema.bytes();
              case POLICY -> PolicySchema.bytes();
              default ->
                  throw new ParameterException(
                      spec.commandLine(),
                      "Invalid value for 'OF': '" + of + "' is not one of environment, policy");
            });
    return Exit.DONE;
  }

  static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of(ENVIRONMENT, POLICY).iterator();
    }
  }
}
