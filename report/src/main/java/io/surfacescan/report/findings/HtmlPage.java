package io.surfacescan.report.findings;

import io.surfacescan.model.Environment;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.Verdict;
import io.surfacescan.report.format.VmLabel;
import io.surfacescan.text.Counted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Findings as a page that needs no script and no other file.
final class HtmlPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>surfacescan: findings</title>
      <style>
      body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
      section { border-left: 4px solid #888; margin: 1.5rem 0; padding-left: 1rem; }
      section.critical, section.high { border-color: #b00020; }
      section.medium { border-color: #b26a00; }
      code { overflow-wrap: anywhere; }
      .more { color: #555; }
      </style>
      </head>
      <body>
      <h1>Findings</h1>
      """;

  private HtmlPage() {}

  static void write(CheckReport report, OutputStream out) throws IOException {
    var findings = report.findings();
    var html = new StringBuilder(HEAD);
    long broken = findings.verdicts().stream().filter(Verdict::isBroken).count();
    html.append("<p>")
        .append(Counted.of(findings.verdicts().size(), "rule"))
        .append(" checked, ")
        .append(broken == 0 ? "none" : Long.toString(broken))
        .append(" broken.</p>\n");
    for (var verdict : findings.verdicts()) {
      if (verdict.affected() > 0) {
        verdict(html, verdict, findings.environment());
      }
    }
    html.append("</body>\n</html>\n");
    out.write(html.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void verdict(StringBuilder html, Verdict verdict, Environment environment) {
    var rule = verdict.rule();
    html.append("<section class=\"").append(rule.severity().word()).append("\">\n<h2>");
    html.append(Xml.text(rule.title())).append("</h2>\n<p class=\"more\">");
    html.append(rule.severity().word()).append(" · <code>").append(Xml.text(rule.id()));
    html.append("</code> · ");
    html.append(Counted.of(verdict.affected(), verdict.unit()));
    html.append(verdict.isBroken() ? "" : " · accepted").append("</p>\n");
    rule.reason().ifPresent(reason -> html.append("<p>").append(Xml.text(reason)).append("</p>\n"));
    html.append("<ul>\n");
    verdict.findings().forEach(finding -> finding(html, finding, environment));
    if (verdict.unexplained() > 0) {
      html.append("<li>and ");
      html.append(Counted.of(verdict.unexplained(), verdict.unit()));
      html.append(" for other causes, which were not looked for</li>\n");
    }
    html.append("</ul>\n</section>\n");
  }

  private static void finding(StringBuilder html, Finding finding, Environment environment) {
    html.append("<li>").append(Xml.text(CheckReport.sentence(finding.message())));
    html.append(finding.isOpen() ? "" : " <em>" + CheckReport.status(finding) + "</em>");
    finding
        .path()
        .ifPresent(path -> {
          html.append("<ol><li>").append(Xml.text(VmLabel.of(environment, path.from())));
          html.append("</li>");
          path.hops()
              .forEach(hop -> {
                html.append("<li>").append(Xml.text(VmLabel.of(environment, hop.to())));
                html.append(" by <code>").append(Xml.text(HopWords.rules(environment, hop)));
                html.append("</code></li>");
              });
          html.append("</ol>");
        });
    html.append("<p>").append(Xml.text(CheckReport.sentence(finding.remedy())));
    finding
        .place()
        .ifPresent(
            place -> html.append(" <code>").append(Xml.text(place.toString())).append("</code>"));
    html.append("</p></li>\n");
  }
}
