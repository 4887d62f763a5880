package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyProblem;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.reading.Packs;
import io.surfacescan.policy.reading.PolicyFiles;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The flags that name policies, waivers and findings from before.
public final class PolicyOptions {
  private final OptionSpec policies =
      Flags.texts(
              "FILE",
              "The policy, in YAML or JSON, or pack:NAME for one that ships: pack:baseline,"
                  + " pack:hygiene. May be given again. Default: pack:baseline.",
              "--policy")
          .build();

  private final OptionSpec waivers =
      Flags.text(
              "FILE",
              "Findings that are accepted, beside those that the policy waives.",
              "--waivers")
          .build();

  private final OptionSpec known =
      Flags.text(
              "FILE",
              "Accept the findings in this file, which an earlier check wrote with -o json or -o"
                  + " sarif.",
              "--baseline-findings")
          .build();

  public PolicyOptions(CommandSpec verb) {
    verb.addOption(policies).addOption(waivers).addOption(known);
  }

  /// All rules and waivers.
  public Policy policy() {
    List<String> named = policies.getValue();
    try {
      return PolicyFiles.read(
          named.isEmpty() ? List.of(Packs.PREFIX + Packs.BASELINE) : named,
          Optional.ofNullable(waivers.getValue()));
    } catch (PolicyRefused e) {
      throw refused(e);
    }
  }

  /// The fingerprints of findings from before.
  public Set<String> knownFindings() {
    @Nullable String file = known.getValue();
    try {
      return file == null ? Set.of() : PolicyFiles.knownFindings(file);
    } catch (PolicyRefused e) {
      throw refused(e);
    }
  }

  public boolean hasKnownFindings() {
    return known.getValue() != null;
  }

  /// What is wrong with a policy, as an end of the run.
  public static Failure refused(PolicyRefused e) {
    return new Failure(Exit.USAGE, e.problems().stream().map(PolicyProblem::toString).toList());
  }
}
