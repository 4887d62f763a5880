package io.surfacescan.policy;

import io.surfacescan.model.Place;
import java.util.List;
import java.util.Optional;

/// A rule of a policy.
///
/// @param id each once in a policy
/// @param title what must hold, in one sentence
/// @param reason why
/// @param references where that is explained further
/// @param mayBeEmpty whether selectors that pick no VM are accepted
/// @param isCertain whether assumed firewall rules are left out
/// @param place where it starts
public record PolicyRule(
    String id,
    String title,
    Severity severity,
    Optional<String> reason,
    List<String> references,
    Demand demand,
    boolean mayBeEmpty,
    boolean isCertain,
    Place place) {
  public PolicyRule {
    references = List.copyOf(references);
  }
}
