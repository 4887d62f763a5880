package io.surfacescan.engine;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.List;

/// What some rules of one direct attack let through together: surely, or only if what the input
/// left open is so.
///
/// @param services of these rules, at least one; of assumed ones, only what no sure rule allows
/// @param isSure whether the rules are not assumed
/// @param rules in the order in which they were given, at least one; not copied
public record AllowedServices(Services services, boolean isSure, List<Integer> rules) {
  /// What rules without details let through: everything, for sure.
  public static AllowedServices all(List<Integer> rules) {
    return new AllowedServices(Services.ALL, true, rules);
  }

  /// What is sure, and what is left for assumed rules; either may be missing.
  ///
  /// @param rules at least one
  public static List<AllowedServices> of(Environment environment, List<Integer> rules) {
    if (!environment.hasRuleDetails()) {
      return List.of(all(rules));
    }
    var sureRules = new ArrayList<Integer>();
    var sure = Services.NONE;
    for (int rule : rules) {
      var details = environment.ruleDetails(rule);
      if (details.assumed().isEmpty()) {
        sureRules.add(rule);
        sure = sure.or(details.services());
      }
    }
    var maybeRules = new ArrayList<Integer>();
    var maybe = Services.NONE;
    for (int rule : rules) {
      var details = environment.ruleDetails(rule);
      if (details.assumed().isPresent() && !sure.contains(details.services())) {
        maybeRules.add(rule);
        maybe = maybe.or(details.services().minus(sure));
      }
    }
    var parts = new ArrayList<AllowedServices>(2);
    if (!sureRules.isEmpty()) {
      parts.add(new AllowedServices(sure, true, sureRules));
    }
    if (!maybeRules.isEmpty()) {
      parts.add(new AllowedServices(maybe, false, maybeRules));
    }
    return parts;
  }

  /// The stable word in documents: `sure`, or `maybe`.
  public String certainty() {
    return isSure ? "sure" : "maybe";
  }
}
