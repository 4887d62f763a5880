package io.surfacescan.report;

import io.surfacescan.engine.EnvironmentChokepoints;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.Percentage;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.TextLines;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;

/// The rules of an environment without which the most pairs of an attacker and a VM are lost.
///
/// JSON is `{"pairs", "rules_total", "exact", "proven", "rules": [{"rules": […], "pairs_lost",
/// "share"} or {"rules": […], "pairs_lost_at_most"}], "others_lose_at_most", "truncated"}`. NDJSON
/// has one candidate a line, CSV one row per rule of a candidate, and the `number` tells which
/// candidate; both end with a line of their own if the list is not proven to be the top, and with
/// another if the time limit was reached.
public record EnvironmentChokepointList(Environment environment, EnvironmentChokepoints chokepoints)
    implements Document {
  private static final String[] CSV_HEADER = {
    "number", "pairs_lost", "pairs_lost_at_most", "share", "fw_id", "source_tag", "dest_tag"
  };

  @Override
  public void write(OutputStream out, Format format) throws IOException {
    switch (format) {
      case JSON -> Json.write(out, this::writeJson);
      case NDJSON -> Json.write(out, this::writeNdjson);
      case CSV -> writeCsv(out);
      case TEXT -> writeText(out);
    }
  }

  private void writeJson(JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("pairs", chokepoints.pairs());
    json.writeNumberProperty("rules_total", chokepoints.ruleCount());
    json.writeNumberProperty("exact", chokepoints.exactCount());
    json.writeBooleanProperty("proven", chokepoints.proven());
    json.writeArrayPropertyStart("rules");
    chokepoints.rules().forEach(rule -> writeRule(json, rule));
    json.writeEndArray();
    json.writeNumberProperty("others_lose_at_most", chokepoints.othersLoseAtMost());
    json.writeBooleanProperty("truncated", !chokepoints.complete());
    json.writeEndObject();
  }

  private void writeRule(JsonGenerator json, EnvironmentChokepoints.Rule candidate) {
    json.writeStartObject();
    Rules.json(json, environment, candidate.rules());
    if (candidate.exact()) {
      json.writeNumberProperty("pairs_lost", candidate.pairsLost());
      json.writeNumberProperty("share", share(candidate).fraction());
    } else {
      json.writeNumberProperty("pairs_lost_at_most", candidate.pairsLost());
    }
    json.writeEndObject();
  }

  private Percentage share(EnvironmentChokepoints.Rule candidate) {
    return new Percentage(candidate.pairsLost(), chokepoints.pairs());
  }

  private void writeNdjson(JsonGenerator json) {
    for (var candidate : chokepoints.rules()) {
      writeRule(json, candidate);
      json.writeRaw('\n');
    }
    if (!chokepoints.proven()) {
      json.writeStartObject();
      json.writeBooleanProperty("proven", false);
      json.writeNumberProperty("others_lose_at_most", chokepoints.othersLoseAtMost());
      json.writeEndObject();
      json.writeRaw('\n');
    }
    if (!chokepoints.complete()) {
      json.writeStartObject();
      json.writeBooleanProperty("truncated", true);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private void writeCsv(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    for (String name : CSV_HEADER) {
      lines.field(name);
    }
    lines.end();
    int number = 0;
    for (var candidate : chokepoints.rules()) {
      number++;
      for (int rule : candidate.rules()) {
        lines.field(Integer.toString(number));
        String lost = Long.toString(candidate.pairsLost());
        if (candidate.exact()) {
          lines.field(lost).noField().field(share(candidate).fraction().toPlainString());
        } else {
          lines.noField().field(lost).noField();
        }
        Rules.fields(lines, environment.rule(rule));
        lines.end();
      }
    }
    if (!chokepoints.proven()) {
      lines.field("not proven").noField();
      lines.field(Long.toString(chokepoints.othersLoseAtMost()));
      endRow(lines, 3);
    }
    if (!chokepoints.complete()) {
      lines.field("truncated");
      endRow(lines, 1);
    }
    lines.flush();
  }

  private static void endRow(TextLines lines, int written) throws IOException {
    for (int field = written; field < CSV_HEADER.length; field++) {
      lines.noField();
    }
    lines.end();
  }

  private void writeText(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    int rules = chokepoints.ruleCount();
    lines.words(chokepoints.pairs() == 1 ? "1 pair" : chokepoints.pairs() + " pairs");
    lines.words(" of an attacker and a VM that it can attack; ");
    lines.words(rules == 1 ? "1 rule" : rules + " rules").words(" with tags that VMs carry, ");
    lines.words(chokepoints.exactCount() + " of them worked out exactly").end();
    if (!chokepoints.rules().isEmpty()) {
      lines.end();
      lines.words("Rules without which the most pairs are lost");
      if (!chokepoints.proven()) {
        lines.words(", not proven to be the top: any rule not worked out could lose up to ");
        lines.words(Long.toString(chokepoints.othersLoseAtMost()));
      }
      lines.words(":").end();
    }
    int width =
        chokepoints.rules().stream()
            .mapToInt(candidate -> Long.toString(candidate.pairsLost()).length())
            .max()
            .orElse(0);
    for (var candidate : chokepoints.rules()) {
      String lost = Long.toString(candidate.pairsLost());
      String share = candidate.exact() ? share(candidate).percent() : "at most";
      lines.words(" ".repeat(2 + width - lost.length())).words(lost);
      lines.words(" ".repeat(Math.max(0, 9 - share.length()))).words(share).words("  ");
      Rules.all(lines, environment, candidate.rules());
      lines.end();
    }
    if (chokepoints.proven() && chokepoints.othersLoseAtMost() > 0) {
      lines.end();
      lines.words("Any rule not worked out loses at most " + chokepoints.othersLoseAtMost());
      lines.words(" pairs").end();
    }
    if (!chokepoints.complete()) {
      lines.words("The time limit was reached before as many rules were worked out as were asked");
      lines.words(" for").end();
    }
    lines.flush();
  }
}
