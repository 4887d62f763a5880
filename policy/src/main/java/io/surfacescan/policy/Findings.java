package io.surfacescan.policy;

import io.surfacescan.model.Environment;
import java.util.List;
import java.util.Optional;

/// What a check of a policy found.
///
/// @param environment what the indexes in findings are about
/// @param verdicts one for each rule, in the order of the policy
/// @param expired waivers that match a finding and hold no more
/// @param unused waivers that match no finding
public record Findings(
    Environment environment, List<Verdict> verdicts, List<Waiver> expired, List<Waiver> unused) {
  public Findings {
    verdicts = List.copyOf(verdicts);
    expired = List.copyOf(expired);
    unused = List.copyOf(unused);
  }

  /// All findings, in the order of the rules.
  public List<Finding> all() {
    return verdicts.stream().flatMap(verdict -> verdict.findings().stream()).toList();
  }

  /// The severity of the worst rule that is broken.
  public Optional<Severity> worst() {
    return verdicts.stream()
        .filter(Verdict::isBroken)
        .map(verdict -> verdict.rule().severity())
        .max(Severity::compareTo);
  }

  /// How many rules of this severity are broken.
  public long broken(Severity severity) {
    return verdicts.stream()
        .filter(verdict -> verdict.isBroken() && verdict.rule().severity() == severity)
        .count();
  }

  /// Whether a rule that is at least so severe is broken.
  public boolean reaches(Severity least) {
    return worst().map(worst -> worst.isAtLeast(least)).orElse(false);
  }
}
