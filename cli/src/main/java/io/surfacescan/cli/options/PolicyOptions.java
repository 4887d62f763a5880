package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyProblem;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.reading.Packs;
import io.surfacescan.policy.reading.PolicyFiles;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that name policies, waivers and findings from before.
public final class PolicyOptions {
  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "The policy, in YAML or JSON, or pack:NAME for one that ships: pack:baseline,"
              + " pack:hygiene. May be given again. Default: pack:baseline.")
  List<String> policies = List.of();

  @Option(
      names = "--waivers",
      paramLabel = "FILE",
      description = "Findings that are accepted, beside those that the policy waives.")
  @Nullable String waivers;

  @Option(
      names = "--baseline-findings",
      paramLabel = "FILE",
      description =
          "Accept the findings in this file, which an earlier check wrote with -o json or -o sarif.")
  @Nullable String known;

  /// All rules and waivers.
  public Policy policy() {
    try {
      return PolicyFiles.read(
          policies.isEmpty() ? List.of(Packs.PREFIX + Packs.BASELINE) : policies,
          Optional.ofNullable(waivers));
    } catch (PolicyRefused e) {
      throw refused(e);
    }
  }

  /// The fingerprints of findings from before.
  public Set<String> knownFindings() {
    try {
      return known == null ? Set.of() : PolicyFiles.knownFindings(known);
    } catch (PolicyRefused e) {
      throw refused(e);
    }
  }

  public boolean hasKnownFindings() {
    return known != null;
  }

  /// What is wrong with a policy, as an end of the run.
  public static Failure refused(PolicyRefused e) {
    return new Failure(Exit.USAGE, e.problems().stream().map(PolicyProblem::toString).toList());
  }
}
