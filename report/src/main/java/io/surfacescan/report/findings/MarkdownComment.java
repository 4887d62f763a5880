package io.surfacescan.report.findings;

import io.surfacescan.engine.AttackPath;
import io.surfacescan.model.Environment;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.Verdict;
import io.surfacescan.report.format.VmLabel;
import io.surfacescan.text.Counted;
import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// Findings in Markdown, for a comment on a change: a line for each broken rule, and what is to do.
///
/// Code hosts refuse long comments, so only the first findings of a rule are shown.
final class MarkdownComment {
  private static final int FINDINGS_MOST = 5;
  private static final int RULES_MOST = 30;
  private static final String MARKUP = "\\`*_[]<>|&~@#";

  private MarkdownComment() {}

  static void write(CheckReport report, OutputStream out) throws IOException {
    var findings = report.findings();
    var broken = findings.verdicts().stream().filter(Verdict::isBroken).toList();
    var text = new StringBuilder();
    if (broken.isEmpty()) {
      text.append("### surfacescan: the policy holds\n\n");
    } else {
      text.append("### surfacescan: ")
          .append(Counted.of(broken.size(), "rule"))
          .append(" of the policy broken\n\n");
    }
    broken.stream()
        .limit(RULES_MOST)
        .forEach(verdict -> verdict(text, verdict, findings.environment()));
    if (broken.size() > RULES_MOST) {
      text.append("And ").append(broken.size() - RULES_MOST).append(" more rules.\n\n");
    }
    text.append(Counted.of(findings.verdicts().size(), "rule")).append(" checked.\n");
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void verdict(StringBuilder text, Verdict verdict, Environment environment) {
    var rule = verdict.rule();
    text.append("**").append(rule.severity().word()).append("** ").append(escaped(rule.title()));
    text.append(" (").append(code(rule.id())).append(", ");
    text.append(Counted.of(verdict.affected(), verdict.unit())).append(")\n\n");
    var open = verdict.openFindings();
    open.stream().limit(FINDINGS_MOST).forEach(finding -> finding(text, finding, environment));
    int more = open.size() - Math.min(open.size(), FINDINGS_MOST);
    if (more > 0) {
      text.append("* and ").append(Counted.of(more, "more finding")).append("\n");
    }
    text.append("\n");
  }

  private static void finding(StringBuilder text, Finding finding, Environment environment) {
    text.append("* ").append(escaped(CheckReport.sentence(finding.message()))).append(" ");
    finding
        .path()
        .ifPresent(
            path -> text.append("Path: ").append(code(path(environment, path))).append(". "));
    text.append(escaped(CheckReport.sentence(finding.remedy())));
    finding
        .place()
        .ifPresent(place -> text.append(" See ").append(code(place.toString())).append("."));
    text.append("\n");
  }

  private static String path(Environment environment, AttackPath path) {
    return VmLabel.of(environment, path.from())
        + path.hops().stream()
            .map(hop -> " -> " + VmLabel.of(environment, hop.to()))
            .collect(Collectors.joining());
  }

  /// Text in which nothing is markup, a mention or a link.
  private static String escaped(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    TerminalText.message(text)
        .codePoints()
        .forEach(point -> {
          if (MARKUP.indexOf(point) >= 0) {
            escaped.append('\\');
          }
          escaped.appendCodePoint(point);
        });
    return escaped.toString();
  }

  /// Text between backticks, more of them than it has in a row.
  private static String code(String text) {
    String plain = TerminalText.plain(text);
    String fence = "`";
    while (plain.contains(fence)) {
      fence += "`";
    }
    String space = plain.startsWith("`") || plain.endsWith("`") ? " " : "";
    return fence + space + plain + space + fence;
  }
}
