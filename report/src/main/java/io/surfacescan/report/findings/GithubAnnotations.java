package io.surfacescan.report.findings;

import io.surfacescan.model.Place;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.Severity;
import io.surfacescan.text.Counted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Findings as [workflow
/// commands](https://docs.github.com/actions/reference/workflow-commands-for-github-actions), with
/// which GitHub marks lines of a change. Those that are accepted are left out.
final class GithubAnnotations {
  private GithubAnnotations() {}

  static void write(CheckReport report, OutputStream out) throws IOException {
    var lines = new StringBuilder();
    for (var verdict : report.findings().verdicts()) {
      verdict.openFindings().forEach(finding -> line(lines, report, finding));
      if (verdict.unexplained() > 0) {
        lines.append("::").append(command(verdict.rule().severity())).append(" title=");
        lines.append(property(verdict.rule().id())).append("::");
        lines.append(Counted.of(verdict.unexplained(), verdict.unit()));
        lines.append(" break the rule for other causes, which were not looked for\n");
      }
    }
    out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void line(StringBuilder lines, CheckReport report, Finding finding) {
    lines.append("::").append(command(finding.rule().severity())).append(' ');
    Place place = CheckReport.place(finding);
    String file = SarifUri.relative(report.root(), place.file());
    if (!file.isEmpty()) {
      lines.append("file=").append(property(file)).append(',');
      if (place.line() > 0) {
        lines.append("line=").append(place.line()).append(",col=").append(place.column());
        lines.append(',');
      }
    }
    var rule = finding.rule();
    lines.append("title=").append(property(rule.id() + ": " + rule.title())).append("::");
    lines.append(
        data(
            CheckReport.sentence(finding.message())
                + " "
                + CheckReport.sentence(finding.remedy())));
    lines.append('\n');
  }

  private static String command(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW -> "notice";
    };
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
