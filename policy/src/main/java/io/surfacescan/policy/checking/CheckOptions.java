package io.surfacescan.policy.checking;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.policy.RulePlaces;
import java.util.Optional;

/// How a policy is checked.
///
/// @param places where firewall rules stand
/// @param baseline the environment before, for rules about what is new
/// @param findingsMost the most causes that are looked for, for each rule; 0 for verdicts alone
/// @param examplesMost the most VMs that a finding names
/// @param deadline bounds the search for causes; verdicts that it ends are no verdicts
public record CheckOptions(
    RulePlaces places,
    Optional<AttackGraph> baseline,
    int findingsMost,
    int examplesMost,
    Deadline deadline) {
  public static final int FINDINGS_USUAL = 100;
  public static final int EXAMPLES_USUAL = 5;

  /// Without places, baseline or limit of time.
  public static final CheckOptions USUAL =
      new CheckOptions(
          RulePlaces.UNKNOWN, Optional.empty(), FINDINGS_USUAL, EXAMPLES_USUAL, Deadline.NONE);

  public CheckOptions withPlaces(RulePlaces known) {
    return new CheckOptions(known, baseline, findingsMost, examplesMost, deadline);
  }

  public CheckOptions withBaseline(AttackGraph before) {
    return new CheckOptions(places, Optional.of(before), findingsMost, examplesMost, deadline);
  }
}
