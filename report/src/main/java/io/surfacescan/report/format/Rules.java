package io.surfacescan.report.format;

import io.surfacescan.model.Environment;
import io.surfacescan.model.FirewallRule;
import java.util.List;

/// How documents name a firewall rule: by its id, which may be missing or shared, and its tag pair.
public final class Rules {
  private static final String NO_ID = "a rule without id";

  /// A rule of an environment, as an index.
  public record Rule(Environment environment, int index) {}

  public static final Columns<Rule> COLUMNS =
      new Columns<Rule>()
          .value("fw_id", Rules::id)
          .value(
              "source_tag", (rule, cell) -> tag(cell, rule, rule.environment.sourceTag(rule.index)))
          .value("dest_tag", (rule, cell) -> tag(cell, rule, rule.environment.destTag(rule.index)));

  private Rules() {}

  private static void id(Rule rule, Cell cell) {
    if (rule.environment.hasRuleId(rule.index)) {
      cell.text(rule.environment.ruleIds(), rule.index);
    } else {
      cell.none();
    }
  }

  private static void tag(Cell cell, Rule rule, int tag) {
    cell.text(rule.environment.tags(), tag);
  }

  /// `fw-1 (ssh -> dev)`, before anything is escaped.
  public static String words(FirewallRule rule) {
    String id = rule.id().orElse(NO_ID);
    return id + " (" + rule.sourceTag() + " -> " + rule.destTag() + ")";
  }

  /// The same in a line of text.
  public static void text(TextLines line, Environment environment, int rule) {
    if (environment.hasRuleId(rule)) {
      line.text(environment.ruleIds(), rule);
    } else {
      line.words(NO_ID);
    }
    line.words(" (").text(environment.tags(), environment.sourceTag(rule));
    line.words(" -> ").text(environment.tags(), environment.destTag(rule)).words(")");
  }

  /// `fw-1 (ssh -> dev), fw-2 (web -> dev) or fw-3 (db -> dev)`
  public static void text(TextLines line, Environment environment, List<Integer> rules) {
    for (int i = 0; i < rules.size(); i++) {
      line.words(i == 0 ? "" : i + 1 < rules.size() ? ", " : " or ");
      text(line, environment, rules.get(i));
    }
  }

  /// `fw-1 (ssh -> dev), fw-2 (ssh -> dev)`: all of them together.
  public static void all(TextLines line, Environment environment, List<Integer> rules) {
    String before = "";
    for (int rule : rules) {
      line.words(before);
      text(line, environment, rule);
      before = ", ";
    }
  }
}
