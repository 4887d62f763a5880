package io.surfacescan.policy;

import java.util.List;

/// What became of one rule of a policy.
///
/// @param affected how many break it, exactly: VMs, or firewall rules where the rule is about those
/// @param unit what is counted, in one word
/// @param findings one for each cause found; each next one holds once those before it are mended
/// @param unexplained how many are left once all of these are mended, because there are more causes
///   than were looked for
/// @param isEmpty whether a selector picks no VM, which the rule accepts
public record Verdict(
    PolicyRule rule,
    long affected,
    String unit,
    List<Finding> findings,
    long unexplained,
    boolean isEmpty) {
  public Verdict {
    findings = List.copyOf(findings);
  }

  /// A rule that nothing breaks.
  public static Verdict held(PolicyRule rule) {
    return new Verdict(rule, 0, "VM", List.of(), 0, false);
  }

  public Verdict with(List<Finding> others) {
    return new Verdict(rule, affected, unit, others, unexplained, isEmpty);
  }

  /// Whether something breaks the rule that is neither waived nor known from before.
  public boolean isBroken() {
    return unexplained > 0 || findings.stream().anyMatch(Finding::isOpen);
  }

  public List<Finding> openFindings() {
    return findings.stream().filter(Finding::isOpen).toList();
  }
}
