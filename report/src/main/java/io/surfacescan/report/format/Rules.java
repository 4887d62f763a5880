package io.surfacescan.report.format;

import io.surfacescan.model.Environment;
import io.surfacescan.model.FirewallRule;
import java.util.List;

/// How documents name a firewall rule: by its id, which may be missing or shared, and its tag pair.
public final class Rules {
  public static final Columns<FirewallRule> COLUMNS =
      new Columns<FirewallRule>()
          .textOrNone("fw_id", FirewallRule::id)
          .text("source_tag", FirewallRule::sourceTag)
          .text("dest_tag", FirewallRule::destTag);

  private Rules() {}

  /// `fw-1 (ssh -> dev)`, before anything is escaped.
  public static String words(FirewallRule rule) {
    String id = rule.id().orElse("a rule without id");
    return id + " (" + rule.sourceTag() + " -> " + rule.destTag() + ")";
  }

  /// The same in a line of text.
  public static void text(TextLines line, FirewallRule rule) {
    if (rule.id().isPresent()) {
      line.text(rule.id().get());
    } else {
      line.words("a rule without id");
    }
    line.words(" (").text(rule.sourceTag()).words(" -> ").text(rule.destTag()).words(")");
  }

  /// `fw-1 (ssh -> dev), fw-2 (web -> dev) or fw-3 (db -> dev)`
  public static void text(TextLines line, Environment environment, List<Integer> rules) {
    for (int i = 0; i < rules.size(); i++) {
      line.words(i == 0 ? "" : i + 1 < rules.size() ? ", " : " or ");
      text(line, environment.rule(rules.get(i)));
    }
  }

  /// `fw-1 (ssh -> dev), fw-2 (ssh -> dev)`: all of them together.
  public static void all(TextLines line, Environment environment, List<Integer> rules) {
    String before = "";
    for (int rule : rules) {
      line.words(before);
      text(line, environment.rule(rule));
      before = ", ";
    }
  }
}
