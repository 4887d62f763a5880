package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.FindingsOutput;
import io.surfacescan.cli.options.InputOption;
import io.surfacescan.cli.options.LongOption;
import io.surfacescan.cli.options.PolicyOptions;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.importers.Imported;
import io.surfacescan.policy.Findings;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.RulePlaces;
import io.surfacescan.policy.Severity;
import io.surfacescan.policy.checking.CheckOptions;
import io.surfacescan.policy.checking.Judgement;
import io.surfacescan.policy.checking.PolicyCheck;
import io.surfacescan.report.findings.CheckReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
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
    name = "check",
    description = "Check an environment against a policy: what must never be, and what is so.",
    footer = {
      "",
      "A finding names the rule that is broken, a shortest path that breaks it, and the firewall rule to change.",
      "Exit code: 0 nothing found, 1 a rule of at least the severity of --fail-on is broken, 2 the policy does not fit, 3 the input is invalid.",
      "",
      "Example: surfacescan check --data prod.json --policy policy.yaml -o sarif=findings.sarif -o text"
    })
final class CheckVerb implements Verb {
  @Mixin InputOption input = new InputOption();
  @Mixin PolicyOptions policies = new PolicyOptions();
  @Mixin FindingsOutput output = new FindingsOutput();
  @Mixin LongOption longRun = new LongOption();

  @Option(
      names = "--baseline",
      paramLabel = "OLD",
      description =
          "The environment before, for rules about what is new: a file or a folder, such as"
              + " `surfacescan import` wrote to keep it.")
  @Nullable String baseline;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      completionCandidates = Severities.class,
      description =
          "Exit with 1 only on rules that are at least so severe: ${COMPLETION-CANDIDATES}."
              + " Default: low.")
  String failOn = Severity.LOW.word();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Look for at most N causes for each rule. Default: 100.")
  int limit = CheckOptions.FINDINGS_USUAL;

  @Option(
      names = "--root",
      paramLabel = "FOLDER",
      description = "Write places relative to this folder. Default: the working directory.")
  String root = "";

  @Option(
      names = "--today",
      paramLabel = "DATE",
      converter = Day.class,
      description = "The day by which waivers expire, such as 2027-01-31. Default: today, in UTC.")
  @Nullable LocalDate today;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Exit run(Invocation run) throws IOException {
    var least =
        Severity.named(failOn)
            .orElseThrow(() ->
                new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--fail-on': '"
                        + failOn
                        + "' is not one of "
                        + String.join(", ", Severity.words())));
    if (limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--limit': " + limit + " is below 1");
    }
    if (!root.isEmpty() && !Files.isDirectory(Path.of(root))) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--root': '" + root + "' is no folder");
    }
    output.check();
    var policy = policies.policy();
    if (baseline != null && !policy.needsBaseline()) {
      run.messages().warning("--baseline is not used: no rule of the policy says no-new");
    }
    var known = policies.knownFindings();
    var imported = input.readWithLocations(run);
    try {
      var found = check(run, policy, imported);
      var judged =
          Judgement.of(
              found,
              policy.waivers(),
              known,
              today == null ? LocalDate.now(ZoneOffset.UTC) : today);
      output.write(
          run,
          new CheckReport(judged, Version.ofProgram(), Path.of(root), policies.hasKnownFindings()));
      return judged.reaches(least) ? Exit.POLICY : Exit.DONE;
    } catch (PolicyRefused e) {
      throw PolicyOptions.refused(e);
    }
  }

  private Findings check(Invocation run, Policy policy, Imported imported) throws PolicyRefused {
    var graph = AttackGraph.of(imported.environment());
    RulePlaces places =
        imported
            .locations()
            .<RulePlaces>map(known -> rule -> Optional.of(known.ofRule(rule)))
            .orElse(RulePlaces.UNKNOWN);
    var options =
        new CheckOptions(
            places, baseline(run), limit, CheckOptions.EXAMPLES_USUAL, longRun.deadline());
    return PolicyCheck.of(graph, policy, options);
  }

  private Optional<AttackGraph> baseline(Invocation run) {
    if (baseline == null) {
      return Optional.empty();
    }
    return Optional.of(AttackGraph.of(input.readAnother(run, baseline)));
  }

  static final class Day implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException("'" + text + "' is no day such as 2027-01-31");
      }
    }
  }

  static final class Severities implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Severity.words().iterator();
    }
  }
}
