package io.surfacescan.report.findings;

import io.surfacescan.engine.AttackPath;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Place;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.Findings;
import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.Severity;
import io.surfacescan.policy.Verdict;
import io.surfacescan.policy.Waiver;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.Tree;
import io.surfacescan.report.format.VmLabel;
import io.surfacescan.text.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a check found. JSON is `{"passed", "rules": […], "expired_waivers", "unused_waivers"}`,
/// each rule with its `findings`; NDJSON and CSV have a finding a line, those of the worst rules
/// first.
public final class FindingsDocument implements Document {
  private final Findings findings;
  private final Environment environment;

  public FindingsDocument(CheckReport report) {
    this(report.findings());
  }

  public FindingsDocument(Findings findings) {
    this.findings = findings;
    this.environment = findings.environment();
  }

  @Override
  public Table<Finding> table() {
    return new Table<>(
        findingColumns(),
        each -> worstFirst().forEach(verdict -> verdict.findings().forEach(each)));
  }

  /// The rules by severity, the worst first, then in the order of the policy.
  private List<Verdict> worstFirst() {
    return findings.verdicts().stream()
        .sorted(Comparator.comparing((Verdict verdict) -> verdict.rule().severity()).reversed())
        .toList();
  }

  /// A finding with its place and its first VMs.
  static Columns<Finding> columns(Environment environment) {
    return new Columns<Finding>()
        .text("rule", finding -> finding.rule().id())
        .text("severity", finding -> finding.rule().severity().word())
        .text("status", CheckReport::status)
        .text("fingerprint", Finding::fingerprint)
        .text("message", Finding::message)
        .text("remedy", Finding::remedy)
        .number("count", Finding::count)
        .only(
            finding -> finding.place().isPresent(),
            placed ->
                placed
                    .text("file", finding -> place(finding).file())
                    .number("line", finding -> place(finding).line())
                    .number("column", finding -> place(finding).column()))
        .eachText(
            "examples",
            (finding, each) -> finding.examples().forEach(vm -> each.accept(environment.vmId(vm))));
  }

  /// With its path and its firewall rules besides, where there is room for them.
  private Columns<Finding> findingColumns() {
    return columns(environment)
        .inJson(json ->
            json.list(
                    "path",
                    hopColumns(),
                    finding -> finding.path().map(AttackPath::hops).orElse(List.of()))
                .rules(environment, Finding::cause)
                .only(
                    finding -> finding.waiver().isPresent(),
                    waived ->
                        waived.object(
                            "waiver", waiverColumns(), each -> each.waiver().orElseThrow())));
  }

  private static Place place(Finding finding) {
    return finding.place().orElseThrow();
  }

  private Columns<AttackPath.Hop> hopColumns() {
    return new Columns<AttackPath.Hop>()
        .vm("from", environment, AttackPath.Hop::from)
        .vm("to", environment, AttackPath.Hop::to)
        .texts("services", hop -> HopWords.services(environment, hop))
        .rules(environment, AttackPath.Hop::rules);
  }

  private static Columns<Waiver> waiverColumns() {
    return new Columns<Waiver>()
        .textOrNone("fingerprint", Waiver::fingerprint)
        .textOrNone("rule", Waiver::rule)
        .textOrNone("subject", Waiver::subject)
        .text("reason", Waiver::reason)
        .text("owner", Waiver::owner)
        .text("expires", waiver -> waiver.expires().toString())
        .text("place", waiver -> waiver.place().toString());
  }

  @Override
  public Optional<Tree<?>> tree() {
    var rules =
        new Columns<Verdict>()
            .text("id", verdict -> verdict.rule().id())
            .text("title", verdict -> verdict.rule().title())
            .text("severity", verdict -> verdict.rule().severity().word())
            .text("demand", verdict -> verdict.rule().demand().key())
            .textOrNone("reason", verdict -> verdict.rule().reason())
            .texts("references", verdict -> verdict.rule().references())
            .text("status", CheckReport::status)
            .number("affected", Verdict::affected)
            .text("unit", Verdict::unit)
            .number("unexplained", Verdict::unexplained)
            .list("findings", findingColumns(), Verdict::findings);
    var columns =
        new Columns<Findings>()
            .truth("passed", all -> all.worst().isEmpty())
            .textOrNone("worst", all -> all.worst().map(Severity::word))
            .list("rules", rules, Findings::verdicts)
            .list("expired_waivers", waiverColumns(), Findings::expired)
            .list("unused_waivers", waiverColumns(), Findings::unused);
    return Optional.of(new Tree<>(columns, findings));
  }

  @Override
  public void text(TextLines lines) {
    for (var verdict : worstFirst()) {
      if (verdict.affected() > 0) {
        verdict(lines, verdict);
      }
    }
    for (var waiver : findings.expired()) {
      lines.words("expired waiver: ").text(waiver.place() + ": its last day was ");
      lines.words(waiver.expires() + "; renew it or mend the finding").end();
    }
    for (var waiver : findings.unused()) {
      lines.words("unused waiver: ").text(waiver.place().toString());
      lines.words(": no finding matches it; remove it").end();
    }
    summary(lines);
  }

  private void verdict(TextLines lines, Verdict verdict) {
    PolicyRule rule = verdict.rule();
    lines.words(rule.severity().word() + "  ").text(rule.id()).words(": ").text(rule.title());
    lines.words(" (" + Counted.of(verdict.affected(), verdict.unit()));
    lines.words(verdict.isBroken() ? ")" : ", accepted)").end();
    rule.reason().ifPresent(reason -> lines.words("  ").text(reason).end());
    verdict.findings().forEach(finding -> finding(lines, finding));
    if (verdict.unexplained() > 0) {
      lines.words("  and " + Counted.of(verdict.unexplained(), verdict.unit()));
      lines.words(" for other causes, which were not looked for").end();
    }
    lines.end();
  }

  private void finding(TextLines lines, Finding finding) {
    lines.words("  " + finding.message());
    finding
        .waiver()
        .ifPresent(waiver ->
            lines
                .words(" [waived until " + waiver.expires() + ": ")
                .text(waiver.reason())
                .words("]"));
    lines.words(finding.isKnown() ? " [known]" : "").end();
    finding.path().ifPresent(path -> path(lines, path));
    if (finding.path().isEmpty() || finding.examples().size() > 1) {
      examples(lines, finding);
    }
    finding.place().ifPresent(place -> lines.words("    at ").text(place.toString()).end());
    lines.words("    to do: " + finding.remedy()).end();
    lines.words("    fingerprint: " + finding.fingerprint()).end();
  }

  private void path(TextLines lines, AttackPath path) {
    lines.words("    ").vm(environment, path.from()).end();
    for (var hop : path.hops()) {
      lines.words("    -> ").vm(environment, hop.to());
      lines.words(" by " + HopWords.rules(environment, hop)).end();
    }
  }

  private void examples(TextLines lines, Finding finding) {
    if (finding.examples().isEmpty()) {
      return;
    }
    var names = new ArrayList<String>();
    finding.examples().forEach(vm -> names.add(VmLabel.plain(environment, vm)));
    long more = finding.count() - finding.examples().size();
    lines.words("    VMs: " + String.join(", ", names));
    lines.words(more > 0 ? " and " + more + " more" : "").end();
  }

  private void summary(TextLines lines) {
    var parts = new ArrayList<String>();
    for (var severity : List.of(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)) {
      long broken = findings.broken(severity);
      if (broken > 0) {
        parts.add(broken + " " + severity.word());
      }
    }
    long broken = findings.verdicts().stream().filter(Verdict::isBroken).count();
    int rules = findings.verdicts().size();
    lines.words(Counted.of(rules, "rule") + " checked: ");
    lines.words(
        broken == 0 ? "none broken" : broken + " broken (" + String.join(", ", parts) + ")");
    long empty = findings.verdicts().stream().filter(Verdict::isEmpty).count();
    lines.words(empty == 0 ? "" : ", " + empty + " about no VM").end();
  }
}
