package io.surfacescan.report;

import io.surfacescan.model.FirewallRule;
import tools.jackson.core.JsonGenerator;

/// How documents name a firewall rule: by its id, which may be missing or shared, and its tag pair.
final class Rules {
  static final String[] CSV_HEADER = {"fw_id", "source_tag", "dest_tag"};

  private Rules() {}

  static void json(JsonGenerator json, FirewallRule rule) {
    json.writeStartObject();
    Json.stringOrNull(json, "fw_id", rule.id());
    json.writeStringProperty("source_tag", rule.sourceTag());
    json.writeStringProperty("dest_tag", rule.destTag());
    json.writeEndObject();
  }

  static void fields(TextLines row, FirewallRule rule) {
    if (rule.id().isPresent()) {
      row.field(rule.id().get());
    } else {
      row.noField();
    }
    row.field(rule.sourceTag()).field(rule.destTag());
  }

  /// `fw-1 (ssh -> dev)`
  static void text(TextLines line, FirewallRule rule) {
    if (rule.id().isPresent()) {
      line.text(rule.id().get());
    } else {
      line.words("a rule without id");
    }
    line.words(" (").text(rule.sourceTag()).words(" -> ").text(rule.destTag()).words(")");
  }
}
