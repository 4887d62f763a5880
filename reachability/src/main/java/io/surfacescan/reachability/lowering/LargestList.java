package io.surfacescan.reachability.lowering;

import io.surfacescan.model.RuleDetails;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Tier;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What in a model makes its environment large, in words.
final class LargestList {
  /// Fewer denies or ranges are not what makes an environment large.
  private static final int BLAMED = 50;

  private LargestList() {}

  /// The list with most denies, which divide what is allowed, or the rule with most ranges; without
  /// either, the real rule that most rules come from.
  ///
  /// @param rules of the environment, as far as they are known
  static String of(ReachabilityModel model, List<RuleDetails> rules) {
    Map<String, Integer> counts = new TreeMap<>();
    Set<Tier> tiers = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Gate gate : model.gates()) {
      for (Tier tier : gate.tiers()) {
        if (tiers.add(tier)) {
          count(tier, counts);
        }
      }
    }
    counts.values().removeIf(count -> count < BLAMED);
    if (counts.isEmpty()) {
      rules.forEach(
          rule -> rule.origins().forEach(origin -> counts.merge(origin.id(), 1, Integer::sum)));
    }
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("rules that allow little each");
  }

  private static void count(Tier tier, Map<String, Integer> counts) {
    int denies = 0;
    for (GateRule rule : tier.rules()) {
      denies += rule.action() == GateRule.Action.ALLOW ? 0 : 1;
      var ranges = new HashSet<Object>();
      Mentions.eachRange(rule.peers(), ranges::add);
      if (ranges.size() >= BLAMED) {
        counts.merge("the ranges of " + rule.id(), ranges.size(), Integer::sum);
      }
    }
    counts.merge("the denies of " + tier.name(), denies, Integer::sum);
  }
}
