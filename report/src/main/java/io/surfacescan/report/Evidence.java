package io.surfacescan.report;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.Provenance;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Graph;
import io.surfacescan.report.format.Graph.Label;
import io.surfacescan.report.format.Page;
import io.surfacescan.report.format.Page.Fact;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.Tree;
import io.surfacescan.text.Counted;
import io.surfacescan.text.ProgramVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A document whose page says besides what it rests on: the program, the environment, what was
/// asked, and what is only assumed.
record Evidence(Document document, Provenance provenance) implements Document {
  private static final int ASSUMPTIONS_MOST = 20;

  @Override
  public Table<?> table() {
    return document.table();
  }

  @Override
  public Optional<Tree<?>> tree() {
    return document.tree();
  }

  @Override
  public void text(TextLines lines) {
    document.text(lines);
  }

  @Override
  public Optional<Graph> picture() {
    return document.picture();
  }

  @Override
  public Optional<Page> asPage() {
    return document
        .asPage()
        .map(page ->
            page.and(
                List.of(
                    new Page.Facts("What this rests on", facts()),
                    new Page.Facts("What is assumed", assumptions(provenance.environment())))));
  }

  private List<Fact> facts() {
    var environment = provenance.environment();
    var facts = new ArrayList<Fact>();
    facts.add(fact("Date", provenance.date().orElse("none was given")));
    facts.add(fact("Program", "surfacescan " + ProgramVersion.text()));
    facts.add(
        fact(
            "Environment",
            environment.countedVms()
                + " VMs, "
                + environment.ruleCount()
                + " rules, version "
                + (provenance.version().isEmpty() ? "unknown" : provenance.version())));
    facts.add(fact("Question", provenance.question()));
    provenance
        .arguments()
        .forEach((name, value) -> facts.add(new Fact(name, List.of(Label.text(value)))));
    return facts;
  }

  private static Fact fact(String name, String value) {
    return new Fact(name, List.of(Label.text(value)));
  }

  private static List<Fact> assumptions(Environment environment) {
    var rulesOf = new TreeMap<String, Integer>();
    for (int rule = 0; environment.hasRuleDetails() && rule < environment.ruleCount(); rule++) {
      environment
          .ruleDetails(rule)
          .assumed()
          .ifPresent(reason -> rulesOf.merge(reason, 1, Integer::sum));
    }
    var facts = new ArrayList<Fact>();
    if (!environment.isComplete()) {
      facts.add(fact("Layers", "The export lacks a layer, so this answer may be wrong."));
    }
    if (rulesOf.isEmpty()) {
      facts.add(fact("Rules", "No rule that was looked at is only assumed."));
    }
    rulesOf.entrySet().stream()
        .limit(ASSUMPTIONS_MOST)
        .forEach(entry ->
            facts.add(
                new Fact(
                    Counted.orNo(entry.getValue(), "rule"), List.of(Label.text(entry.getKey())))));
    int more = rulesOf.size() - ASSUMPTIONS_MOST;
    if (more > 0) {
      facts.add(fact("And", more + " more reasons"));
    }
    return facts;
  }
}
