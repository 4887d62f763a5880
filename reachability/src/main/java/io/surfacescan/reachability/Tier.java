package io.surfacescan.reachability;

import io.surfacescan.model.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Rules of a gate that are asked together. The first one that matches decides, so rules of equal
/// priority stand here with denies before allows; if all rules allow, their order means nothing.
///
/// @param name what it is, for people: `network ACL acl-1`, `admin network policies`
/// @param subjects which of the guarded interfaces it applies to: those that one of these picks;
///   for others the next tier decides
/// @param otherwise what becomes of a packet that no rule matches
public record Tier(String name, List<Subject> subjects, List<GateRule> rules, Otherwise otherwise) {
  /// Interfaces that a tier applies to because of a real rule, which need not allow anything: a
  /// network policy isolates the pods that it selects.
  ///
  /// @param id the real rule's; empty if no rule is the reason
  /// @param place where that stands
  public record Subject(String id, Optional<Place> place, Selector selector) {}

  /// What becomes of a packet that no rule matches.
  public enum Otherwise {
    DENY,
    /// The next tier decides.
    NEXT
  }

  public Tier {
    subjects = List.copyOf(subjects);
    rules = List.copyOf(rules);
  }

  /// A tier that applies to some interfaces whatever rules there are.
  public Tier(String name, Selector applies, List<GateRule> rules, Otherwise otherwise) {
    this(name, List.of(new Subject("", Optional.empty(), applies)), rules, otherwise);
  }

  /// The guarded interfaces that it applies to.
  public Selector applies() {
    return subjects.size() == 1
        ? subjects.getFirst().selector()
        : new Selector.AnyOf(subjects.stream().map(Subject::selector).toList());
  }

  /// The same with other places.
  Tier at(UnaryOperator<Place> places) {
    return new Tier(
        name,
        subjects.stream()
            .map(each -> new Subject(each.id(), each.place().map(places), each.selector()))
            .toList(),
        rules.stream().map(rule -> rule.at(places)).toList(),
        otherwise);
  }

  /// The same without a real rule.
  Tier without(String ruleId) {
    return new Tier(
        name,
        subjects.stream().filter(subject -> !subject.id().equals(ruleId)).toList(),
        rules.stream().filter(rule -> !rule.id().equals(ruleId)).toList(),
        otherwise);
  }
}
