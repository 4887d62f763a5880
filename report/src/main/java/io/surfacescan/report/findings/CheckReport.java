package io.surfacescan.report.findings;

import io.surfacescan.model.Place;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.Findings;
import io.surfacescan.policy.Verdict;
import java.nio.file.Path;
import java.util.Locale;

/// What is written of a check.
///
/// @param version of the program
/// @param root the folder that paths of files are relative to
/// @param hasBaseline whether findings from before were named
public record CheckReport(Findings findings, String version, Path root, boolean hasBaseline) {
  /// The stable word for what became of a rule.
  static String status(Verdict verdict) {
    if (verdict.isBroken()) {
      return "broken";
    }
    if (verdict.affected() > 0) {
      return "accepted";
    }
    return verdict.isEmpty() ? "empty" : "held";
  }

  /// The stable word for what became of a finding.
  static String status(Finding finding) {
    return finding.waiver().isPresent() ? "waived" : finding.isKnown() ? "known" : "open";
  }

  /// Where a reader should look: at the firewall rule, else at the rule of the policy.
  static Place place(Finding finding) {
    return finding.place().orElse(finding.rule().place());
  }

  static String sentence(String clause) {
    return clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1) + ".";
  }
}
