package io.surfacescan.report.findings;

import io.surfacescan.policy.Finding;
import io.surfacescan.policy.Verdict;
import io.surfacescan.text.Counted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Findings as the XML of JUnit, which build servers show as tests: a case for each rule of the
/// policy, which fails if the rule is broken and is skipped if it is about no VM.
final class JUnitReport {
  private JUnitReport() {}

  static void write(CheckReport report, OutputStream out) throws IOException {
    var verdicts = report.findings().verdicts();
    long failures = verdicts.stream().filter(Verdict::isBroken).count();
    long skipped = verdicts.stream().filter(Verdict::isEmpty).count();
    String counts = " tests=\"" + verdicts.size() + "\" failures=\"" + failures + "\" errors=\"0\"";
    var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuites name=\"surfacescan\"").append(counts).append(">\n");
    xml.append("  <testsuite name=\"policy\"").append(counts);
    xml.append(" skipped=\"").append(skipped).append("\">\n");
    verdicts.forEach(verdict -> testCase(xml, verdict));
    xml.append("  </testsuite>\n</testsuites>\n");
    out.write(xml.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void testCase(StringBuilder xml, Verdict verdict) {
    var rule = verdict.rule();
    xml.append("    <testcase classname=\"policy.").append(rule.severity().word());
    xml.append("\" name=\"").append(Xml.text(rule.id() + ": " + rule.title())).append("\"");
    if (verdict.isEmpty()) {
      xml.append("><skipped message=\"the rule is about no VM\"/></testcase>\n");
      return;
    }
    if (verdict.affected() == 0) {
      xml.append("/>\n");
      return;
    }
    xml.append(">\n");
    if (verdict.isBroken()) {
      String count = Counted.of(verdict.affected(), verdict.unit());
      xml.append("      <failure type=\"").append(rule.severity().word());
      xml.append("\" message=\"").append(count).append("\">");
      verdict.openFindings().forEach(finding -> xml.append(lines(finding)));
      xml.append("</failure>\n");
    } else {
      xml.append("      <system-out>");
      verdict.findings().forEach(finding -> xml.append(lines(finding)));
      xml.append("</system-out>\n");
    }
    xml.append("    </testcase>\n");
  }

  private static String lines(Finding finding) {
    return Xml.text(CheckReport.place(finding) + ": " + finding.message())
        + "\n"
        + Xml.text("  to do: " + finding.remedy())
        + "\n"
        + "  fingerprint: "
        + finding.fingerprint()
        + "\n";
  }
}
