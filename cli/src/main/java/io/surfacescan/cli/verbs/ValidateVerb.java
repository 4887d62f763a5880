package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.OutputOption;
import io.surfacescan.cli.options.PathArguments;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.importers.ImportedExport;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.Problems;
import io.surfacescan.report.format.ExportCoverage;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.InputProblems;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

final class ValidateVerb implements Verb {
  private static final String ANY = "warnings";

  private final CommandSpec spec =
      Flags.verb(
          this,
          "validate",
          "Check an environment: what it holds, every error and warning with its place; of an export,"
              + " what was read and what was not.",
          "",
          "Exit code: 0 valid, 1 a warning of --fail-on was found, 3 invalid.",
          "",
          "Example: surfacescan validate --data prod.json --fail-on phantom-tag,duplicate-rule");

  private final PathArguments paths = PathArguments.of(spec);
  private final OutputOption output = new OutputOption(spec, Format.ofAnyAnswer());

  private final OptionSpec failOn =
      Flags.texts(
              "KIND",
              "Exit with 1 on warnings of this kind: ${COMPLETION-CANDIDATES}.",
              "--fail-on")
          .splitRegex(",")
          .completionCandidates(known())
          .build();

  ValidateVerb() {
    spec.addOption(failOn);
  }

  @Override
  public CommandSpec described() {
    return spec;
  }

  private List<String> failOn() {
    return failOn.getValue();
  }

  @Override
  public Exit run(Invocation run) throws IOException {
    output.check();
    for (String kind : failOn()) {
      if (!known().contains(kind)) {
        throw new ParameterException(
            spec.commandLine(),
            "Invalid value for option '--fail-on': '"
                + kind
                + "' is not one of "
                + String.join(", ", known()));
      }
    }
    var imported = paths.input().readAll(run);
    output.write(
        run,
        new InputProblems(
            imported.environment(),
            imported.problems(),
            imported.export().stream()
                .flatMap(export -> export.parts().stream())
                .map(ValidateVerb::coverage)
                .toList()));
    if (imported.problems().refused()) {
      return Exit.INPUT;
    }
    return hitsPolicy(imported.problems()) ? Exit.POLICY : Exit.DONE;
  }

  private static ExportCoverage coverage(ImportedExport.Part part) {
    var format = part.format();
    return new ExportCoverage(
        format.code(),
        !part.problems().containsKey(ProblemKind.ABSENT_LAYER),
        format.scopeWord(),
        part.scopes(),
        part.counts(),
        part.leftOut(),
        part.problems());
  }

  private boolean hitsPolicy(Problems problems) {
    var kinds = failOn();
    return problems.counts().keySet().stream()
        .anyMatch(kind -> kinds.contains(ANY) || kinds.contains(kind.code()));
  }

  private static List<String> known() {
    var kinds =
        Arrays.stream(ProblemKind.values())
            .filter(kind -> kind.severity() == ProblemKind.Severity.WARNING)
            .map(ProblemKind::code);
    return Stream.concat(Stream.of(ANY), kinds).toList();
  }
}
