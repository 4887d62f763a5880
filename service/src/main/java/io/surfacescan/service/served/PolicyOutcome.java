package io.surfacescan.service.served;

import io.surfacescan.policy.Findings;
import io.surfacescan.policy.PolicyProblem;
import java.util.List;

/// What came of the check of a policy.
public sealed interface PolicyOutcome {
  /// The policy was checked.
  ///
  /// @param findings waivers not considered, since they end with time
  record Found(Findings findings) implements PolicyOutcome {}

  /// The policy does not fit the environment, or the check took too long.
  ///
  /// @param problems at least one
  record Refused(List<PolicyProblem> problems) implements PolicyOutcome {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
