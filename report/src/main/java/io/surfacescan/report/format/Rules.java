package io.surfacescan.report.format;

import io.surfacescan.model.Environment;
import io.surfacescan.model.FirewallRule;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// How documents name a firewall rule: by its id, which may be missing or shared, and its tag pair.
public final class Rules {
  public static final List<String> CSV_HEADER = List.of("fw_id", "source_tag", "dest_tag");

  private Rules() {}

  public static void json(JsonGenerator json, FirewallRule rule) {
    json.writeStartObject();
    Json.stringOrNull(json, "fw_id", rule.id());
    json.writeStringProperty("source_tag", rule.sourceTag());
    json.writeStringProperty("dest_tag", rule.destTag());
    json.writeEndObject();
  }

  /// The member `rules`: an array of rules.
  public static void json(JsonGenerator json, Environment environment, List<Integer> rules) {
    json.writeArrayPropertyStart("rules");
    rules.forEach(rule -> json(json, environment.rule(rule)));
    json.writeEndArray();
  }

  public static void fields(TextLines row, FirewallRule rule) {
    if (rule.id().isPresent()) {
      row.field(rule.id().get());
    } else {
      row.noField();
    }
    row.field(rule.sourceTag()).field(rule.destTag());
  }

  /// `fw-1 (ssh -> dev)`
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
