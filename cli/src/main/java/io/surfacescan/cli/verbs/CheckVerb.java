package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.FindingsOutput;
import io.surfacescan.cli.options.InputOption;
import io.surfacescan.cli.options.LongOption;
import io.surfacescan.cli.options.PolicyOptions;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.policy.Findings;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.RulePlaces;
import io.surfacescan.policy.Severity;
import io.surfacescan.policy.checking.CheckOptions;
import io.surfacescan.policy.checking.Judgement;
import io.surfacescan.policy.checking.PolicyCheck;
import io.surfacescan.report.findings.CheckReport;
import io.surfacescan.snapshot.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

final class CheckVerb implements Verb {
  private final CommandSpec spec =
      Flags.verb(
          this,
          "check",
          "Check an environment against a policy: what must never be, and what is so.",
          "",
          "A finding names the rule that is broken, a shortest path that breaks it, and the firewall rule to change.",
          "Exit code: 0 nothing found, 1 a rule of at least the severity of --fail-on is broken, 2 the policy does not fit, 3 the input is invalid.",
          "",
          "Example: surfacescan check --data prod.json --policy policy.yaml -o sarif=findings.sarif -o text",
          "Example: surfacescan check --plan plan.json --terraform-source . -o sarif=findings.sarif");

  private final InputOption input = new InputOption();
  private final PolicyOptions policies;
  private final FindingsOutput output;
  private final LongOption longRun;

  private final OptionSpec baseline =
      Flags.text(
              "OLD",
              "The environment before, for rules about what is new: a file or a folder, such as"
                  + " `surfacescan import` wrote to keep it.",
              "--baseline")
          .build();

  private final OptionSpec plan =
      Flags.text(
              "FILE",
              "Check what a plan of Terraform leads to, as terraform show -json writes it; - for"
                  + " standard input. What there is before it is the environment before. --data then"
                  + " names an export of the account, over which the plan is laid.",
              "--plan")
          .build();

  private final OptionSpec failOn =
      Flags.text(
              "SEVERITY",
              "Exit with 1 only on rules that are at least so severe: ${COMPLETION-CANDIDATES}."
                  + " Default: low.",
              "--fail-on")
          .completionCandidates(Severity.words())
          .initialValue(Severity.LOW.word())
          .build();

  private final OptionSpec limit =
      Flags.value(
              int.class, "N", "Look for at most N causes for each rule. Default: 100.", "--limit")
          .initialValue(CheckOptions.FINDINGS_USUAL)
          .build();

  private final OptionSpec root =
      Flags.text(
              "FOLDER",
              "Write places relative to this folder. Default: the working directory.",
              "--root")
          .initialValue("")
          .build();

  private final OptionSpec today =
      Flags.value(
              LocalDate.class,
              "DATE",
              "The day by which waivers expire, such as 2027-01-31. Default: today, in UTC.",
              "--today")
          .converters((ITypeConverter<LocalDate>) CheckVerb::day)
          .build();

  CheckVerb() {
    input.addTo(spec);
    policies = new PolicyOptions(spec);
    output = new FindingsOutput(spec);
    longRun = LongOption.of(spec);
    spec.addOption(baseline)
        .addOption(plan)
        .addOption(failOn)
        .addOption(limit)
        .addOption(root)
        .addOption(today);
  }

  @Override
  public CommandSpec described() {
    return spec;
  }

  @Override
  public Exit run(Invocation run) throws IOException {
    String severity = failOn.getValue();
    int most = limit.getValue();
    String folder = root.getValue();
    @Nullable LocalDate day = today.getValue();
    var least =
        Severity.named(severity)
            .orElseThrow(() ->
                new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--fail-on': '"
                        + severity
                        + "' is not one of "
                        + String.join(", ", Severity.words())));
    if (most < 1) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--limit': " + most + " is below 1");
    }
    if (!folder.isEmpty() && !Files.isDirectory(Path.of(folder))) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--root': '" + folder + "' is no folder");
    }
    output.check();
    if (plan.getValue() != null && baseline.getValue() != null) {
      throw new ParameterException(
          spec.commandLine(), "--plan holds what there is before it; leave --baseline out");
    }
    var policy = policies.policy();
    if (baseline.getValue() != null && !policy.needsBaseline()) {
      run.messages().warning("--baseline is not used: no rule of the policy says no-new");
    }
    var known = policies.knownFindings();
    try {
      var found =
          plan.getValue() == null
              ? check(run, policy, input.readWithLocations(run), most)
              : checkPlan(run, policy, plan.getValue(), most);
      var judged =
          Judgement.of(
              found, policy.waivers(), known, day == null ? LocalDate.now(ZoneOffset.UTC) : day);
      output.write(
          run,
          new CheckReport(
              judged, Version.ofProgram(), Path.of(folder), policies.hasKnownFindings()));
      return judged.reaches(least) ? Exit.POLICY : Exit.DONE;
    } catch (PolicyRefused e) {
      throw PolicyOptions.refused(e);
    }
  }

  private Findings checkPlan(Invocation run, Policy policy, String file, int most)
      throws IOException, PolicyRefused {
    boolean isLaid = spec.commandLine().getParseResult().hasMatchedOption("--data");
    var over = isLaid ? input.paths(run.around()) : List.<String>of();
    var sides = new PlanInput(file, over, input.options()).read(run);
    return check(
        policy,
        AttackGraph.of(sides.after()),
        RulePlaces.UNKNOWN,
        Optional.of(AttackGraph.of(sides.before())),
        most);
  }

  private Findings check(Invocation run, Policy policy, Reading read, int most)
      throws PolicyRefused {
    var graph = read.graph();
    RulePlaces places =
        read.imported()
            .locations()
            .<RulePlaces>map(known -> rule -> Optional.of(known.ofRule(rule)))
            .orElse(RulePlaces.UNKNOWN);
    return check(policy, graph, places, baseline(run), most);
  }

  private Findings check(
      Policy policy, AttackGraph graph, RulePlaces places, Optional<AttackGraph> before, int most)
      throws PolicyRefused {
    var options =
        new CheckOptions(places, before, most, CheckOptions.EXAMPLES_USUAL, longRun.deadline());
    return PolicyCheck.of(graph, policy, options);
  }

  private Optional<AttackGraph> baseline(Invocation run) {
    @Nullable String before = baseline.getValue();
    return before == null ? Optional.empty() : Optional.of(input.readAnother(run, before).graph());
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("'" + text + "' is no day such as 2027-01-31");
    }
  }
}
