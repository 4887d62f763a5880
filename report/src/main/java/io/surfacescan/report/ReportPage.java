package io.surfacescan.report;

import io.surfacescan.engine.EnvironmentFindings;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.OutsideReach;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.report.format.Graph.Label;
import io.surfacescan.report.format.Page;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.VmLabel;
import io.surfacescan.text.Counted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// A report as a page: the verdict, the histogram, what is odd, and the VMs.
record ReportPage(
    Exposures exposures,
    EnvironmentReport.Summary summary,
    Optional<OutsideReach> internet,
    VmSequence vms) {
  /// More rows than a page has room for.
  private static final int ROWS_MOST = 5_000;

  private Environment environment() {
    return exposures.graph().environment();
  }

  Page page() {
    var findings = EnvironmentFindings.of(exposures.graph());
    var sections = new ArrayList<Page.Section>();
    sections.add(new Page.Bars("Attackers of a VM", bars()));
    sections.add(vmRows());
    addRules(sections, "Rules that allow nothing", findings.unusedRules());
    addRules(sections, "Rules from a tag to itself", findings.selfRules());
    addRules(sections, "Rules with the tags of an earlier one", findings.duplicateRules());
    addFound(
        sections,
        "Tags of rules that no VM carries",
        "Tag",
        findings.phantomTags(),
        tag -> environment().tag(tag));
    return new Page(List.of(Label.words("Attack surface report")), verdicts(), sections);
  }

  private List<List<Label>> verdicts() {
    var verdicts = new ArrayList<List<Label>>();
    verdicts.add(
        List.of(
            Label.words(
                summary.attacked()
                    + " of "
                    + Counted.orNo(environment().countedVms(), "VM")
                    + " can be attacked, over "
                    + Counted.orNo(exposures.pairs(), "pair")
                    + " of attacker and target.")));
    verdicts.add(
        List.of(
            Label.words(
                "Attackers of a VM: median "
                    + summary.medianAttackers()
                    + ", most "
                    + summary.mostAttackers()
                    + ".")));
    internet.ifPresent(reach ->
        verdicts.add(
            List.of(
                Label.words("The internet can attack " + Counted.orNo(reach.size(), "VM") + "."))));
    return verdicts;
  }

  private List<Page.Bar> bars() {
    return summary.histogram().stream()
        .map(bar ->
            new Page.Bar(
                bar.from() == bar.to()
                    ? Integer.toString(bar.from())
                    : bar.from() + " to " + bar.to(),
                bar.vms(),
                Counted.orNo(bar.vms(), "VM")))
        .toList();
  }

  private Page.Rows vmRows() {
    return new Page.Rows(
        "VMs",
        List.of("VM", "Attackers", "Direct", "Can attack", "Direct", "On a cycle"),
        vms.size(),
        rows ->
            vms.page(0, ROWS_MOST)
                .forEach(vm -> {
                  var exposure = exposures.of(vm);
                  rows.accept(
                      List.of(
                          List.of(Label.text(VmLabel.of(environment(), vm))),
                          number(exposure.attackers()),
                          number(exposure.directAttackers()),
                          number(exposure.victims()),
                          number(exposure.directVictims()),
                          List.of(Label.words(exposure.onCycle() ? "yes" : "no"))));
                }));
  }

  private static List<Label> number(int number) {
    return List.of(Label.words(Integer.toString(number)));
  }

  private void addRules(List<Page.Section> sections, String heading, int[] rules) {
    addFound(sections, heading, "Rule", rules, rule -> Rules.words(environment(), rule));
  }

  private static void addFound(
      List<Page.Section> sections,
      String heading,
      String column,
      int[] found,
      IntFunction<String> name) {
    if (found.length > 0) {
      sections.add(
          new Page.Rows(
              heading,
              List.of(column),
              found.length,
              rows ->
                  Arrays.stream(found)
                      .limit(EnvironmentReport.FINDINGS_MOST)
                      .forEach(one -> rows.accept(List.of(List.of(Label.text(name.apply(one))))))));
    }
  }
}
