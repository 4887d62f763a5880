package io.surfacescan.policy;

import java.util.ArrayList;
import java.util.List;

/// What must hold in an environment.
///
/// @param rules in the order of the file
/// @param waivers findings that are accepted
public record Policy(List<PolicyRule> rules, List<Waiver> waivers) {
  public Policy {
    rules = List.copyOf(rules);
    waivers = List.copyOf(waivers);
  }

  /// The rules and waivers of both.
  ///
  /// @throws PolicyRefused if two rules have one id
  public Policy and(Policy other) throws PolicyRefused {
    var all = new ArrayList<>(rules);
    for (var rule : other.rules) {
      for (var known : rules) {
        if (known.id().equals(rule.id())) {
          throw new PolicyRefused(
              List.of(
                  new PolicyProblem(
                      rule.place(),
                      "the id `" + rule.id() + "` stands at " + known.place() + " too",
                      "give each rule an id of its own")));
        }
      }
      all.add(rule);
    }
    return new Policy(all, both(waivers, other.waivers));
  }

  public Policy withWaivers(List<Waiver> more) {
    return new Policy(rules, both(waivers, more));
  }

  private static List<Waiver> both(List<Waiver> some, List<Waiver> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  /// Whether a rule asks for an environment to compare with.
  public boolean needsBaseline() {
    return rules.stream().anyMatch(rule -> rule.demand() instanceof Demand.NoNew);
  }
}
