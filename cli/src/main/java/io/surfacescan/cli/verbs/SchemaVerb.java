package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.importers.document.EnvironmentSchema;
import io.surfacescan.policy.reading.PolicySchema;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

final class SchemaVerb implements Verb {
  private static final String ENVIRONMENT = "environment";
  private static final String POLICY = "policy";

  private final CommandSpec spec =
      Flags.verb(
          this,
          "schema",
          "Print the JSON Schema of environment documents, or of policies.",
          "",
          "Example: surfacescan schema policy > policy.schema.json");

  private final PositionalParamSpec of =
      Flags.argument(0, "OF", "Whose schema: ${COMPLETION-CANDIDATES}. Default: environment.")
          .completionCandidates(List.of(ENVIRONMENT, POLICY))
          .initialValue(ENVIRONMENT)
          .build();

  SchemaVerb() {
    spec.addPositional(of);
  }

  @Override
  public CommandSpec described() {
    return spec;
  }

  @Override
  public Exit run(Invocation run) throws IOException {
    String named = of.getValue();
    run.out()
        .write(
            switch (named) {
              case ENVIRONMENT -> EnvironmentSchema.bytes();
              case POLICY -> PolicySchema.bytes();
              default ->
                  throw new ParameterException(
                      spec.commandLine(),
                      "Invalid value for 'OF': '" + named + "' is not one of environment, policy");
            });
    return Exit.DONE;
  }
}
