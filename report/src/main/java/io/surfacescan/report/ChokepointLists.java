package io.surfacescan.report;

import io.surfacescan.engine.Chokepoints;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.Percentage;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.TextLines;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// The chokepoints of a VM: the rules, tags, VMs and pairs of rules without which it loses the most
/// attackers.
///
/// JSON is `{"vm_id", "name", "attackers", "rule_pairs", "rules": [{"rules": […], "attackers_lost",
/// "share"}], "rules_total", "tags": [{"tag", …}], "tags_more", "tags_recomputed", "vms":
/// [{"vm_id", "name", …}], "vms_total", "pairs": [{"candidates": [{"rules": […]}, {"rules": […]}],
/// …}], "pairs_more", "pairs_tried", "truncated", "incomplete"}`. A share is a fraction of the
/// attackers. NDJSON has one candidate a line, each with its `kind`; CSV has one row per rule of a
/// candidate, and the `number` tells which candidate of its kind. Both end with a line for each
/// kind of which there are more than are named, and for each kind that the time limit cut short.
public record ChokepointLists(Environment environment, Chokepoints chokepoints)
    implements Document {
  private static final String[] CSV_HEADER = {
    "kind",
    "number",
    "attackers_lost",
    "share",
    "fw_id",
    "source_tag",
    "dest_tag",
    "tag",
    "vm_id",
    "name"
  };

  private enum Kind {
    RULE("rule", "rules"),
    TAG("tag", "tags"),
    VM("vm", "vms"),
    PAIR("pair", "pairs");

    private final String word;
    private final String list;

    Kind(String word, String list) {
      this.word = word;
      this.list = list;
    }
  }

  /// One candidate of any kind.
  ///
  /// @param rules of a [Kind#RULE] one list of rules, of a [Kind#PAIR] two, else none
  /// @param item the tag or the VM
  private record Candidate(Kind kind, List<List<Integer>> rules, int item, int attackersLost) {}

  @Override
  public void write(OutputStream out, Format format) throws IOException {
    switch (format) {
      case JSON -> Json.write(out, this::writeJson);
      case NDJSON -> Json.write(out, this::writeNdjson);
      case CSV -> writeCsv(out);
      case TEXT -> writeText(out);
    }
  }

  private List<Candidate> candidates(Kind kind) {
    return switch (kind) {
      case RULE ->
          chokepoints.rules().stream()
              .map(rule -> new Candidate(kind, List.of(rule.rules()), 0, rule.attackersLost()))
              .toList();
      case TAG ->
          chokepoints.tags().best().stream()
              .map(tag -> new Candidate(kind, List.of(), tag.tag(), tag.attackersLost()))
              .toList();
      case VM ->
          chokepoints.vms().stream()
              .map(vm -> new Candidate(kind, List.of(), vm.vm(), vm.attackersLost()))
              .toList();
      case PAIR ->
          chokepoints.pairs().best().stream()
              .map(pair -> {
                var both = List.of(pair.first(), pair.second());
                return new Candidate(kind, both, 0, pair.attackersLost());
              })
              .toList();
    };
  }

  /// The kinds of which the list may not be what it would be with more time.
  private List<Kind> incomplete() {
    var kinds = new ArrayList<Kind>();
    if (!chokepoints.tags().complete()) {
      kinds.add(Kind.TAG);
    }
    if (!chokepoints.pairs().complete()) {
      kinds.add(Kind.PAIR);
    }
    return kinds;
  }

  /// The kinds of which there are more than are named.
  private List<Kind> cut() {
    return Arrays.stream(Kind.values())
        .filter(kind ->
            switch (kind) {
              case RULE -> chokepoints.rules().size() < chokepoints.ruleCount();
              case TAG -> chokepoints.tags().more();
              case VM -> chokepoints.vms().size() < chokepoints.vmCount();
              case PAIR -> chokepoints.pairs().more();
            })
        .toList();
  }

  private Percentage share(Candidate candidate) {
    return new Percentage(candidate.attackersLost, chokepoints.attackers());
  }

  private void writeJson(JsonGenerator json) {
    json.writeStartObject();
    Json.vm(json, environment, chokepoints.vm());
    json.writeNumberProperty("attackers", chokepoints.attackers());
    json.writeNumberProperty("rule_pairs", chokepoints.rulePairs());
    writeList(json, Kind.RULE);
    json.writeNumberProperty("rules_total", chokepoints.ruleCount());
    writeList(json, Kind.TAG);
    json.writeBooleanProperty("tags_more", chokepoints.tags().more());
    json.writeNumberProperty("tags_recomputed", chokepoints.tags().recomputed());
    writeList(json, Kind.VM);
    json.writeNumberProperty("vms_total", chokepoints.vmCount());
    writeList(json, Kind.PAIR);
    json.writeBooleanProperty("pairs_more", chokepoints.pairs().more());
    json.writeNumberProperty("pairs_tried", chokepoints.pairs().tried());
    json.writeBooleanProperty("truncated", !chokepoints.isComplete());
    json.writeArrayPropertyStart("incomplete");
    incomplete().forEach(kind -> json.writeString(kind.list));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeList(JsonGenerator json, Kind kind) {
    json.writeArrayPropertyStart(kind.list);
    for (var candidate : candidates(kind)) {
      json.writeStartObject();
      writeCandidate(json, candidate);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeCandidate(JsonGenerator json, Candidate candidate) {
    switch (candidate.kind) {
      case RULE -> Rules.json(json, environment, candidate.rules.getFirst());
      case TAG -> json.writeStringProperty("tag", environment.tag(candidate.item));
      case VM -> Json.vm(json, environment, candidate.item);
      case PAIR -> {
        json.writeArrayPropertyStart("candidates");
        for (var rules : candidate.rules) {
          json.writeStartObject();
          Rules.json(json, environment, rules);
          json.writeEndObject();
        }
        json.writeEndArray();
      }
    }
    json.writeNumberProperty("attackers_lost", candidate.attackersLost);
    json.writeNumberProperty("share", share(candidate).fraction());
  }

  private void writeNdjson(JsonGenerator json) {
    for (var kind : Kind.values()) {
      for (var candidate : candidates(kind)) {
        json.writeStartObject();
        json.writeStringProperty("kind", kind.word);
        writeCandidate(json, candidate);
        json.writeEndObject();
        json.writeRaw('\n');
      }
    }
    cut().forEach(kind -> writeEnd(json, "more", "more", kind));
    incomplete().forEach(kind -> writeEnd(json, "truncated", "incomplete", kind));
  }

  private static void writeEnd(JsonGenerator json, String word, String member, Kind kind) {
    json.writeStartObject();
    json.writeStringProperty("kind", word);
    json.writeStringProperty(member, kind.list);
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void writeCsv(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    for (String name : CSV_HEADER) {
      lines.field(name);
    }
    lines.end();
    for (var kind : Kind.values()) {
      int number = 0;
      for (var candidate : candidates(kind)) {
        writeRows(lines, candidate, ++number);
      }
    }
    for (var kind : cut()) {
      writeEnd(lines, "more", kind);
    }
    for (var kind : incomplete()) {
      writeEnd(lines, "truncated", kind);
    }
    lines.flush();
  }

  private static void writeEnd(TextLines lines, String word, Kind kind) throws IOException {
    lines.field(word + " " + kind.list);
    for (int field = 1; field < CSV_HEADER.length; field++) {
      lines.noField();
    }
    lines.end();
  }

  private void writeRows(TextLines lines, Candidate candidate, int number) throws IOException {
    for (var rules : candidate.rules) {
      for (int rule : rules) {
        startRow(lines, candidate, number);
        Rules.fields(lines, environment.rule(rule));
        lines.noField().noField().noField().end();
      }
    }
    if (candidate.rules.isEmpty()) {
      startRow(lines, candidate, number);
      lines.noField().noField().noField();
      if (candidate.kind == Kind.TAG) {
        lines.field(environment.tag(candidate.item)).noField().noField().end();
      } else {
        lines.noField().field(environment.vmIds(), candidate.item);
        lines.fieldOrNone(environment.vmName(candidate.item)).end();
      }
    }
  }

  private void startRow(TextLines lines, Candidate candidate, int number) {
    lines.field(candidate.kind.word).field(Integer.toString(number));
    lines.field(Integer.toString(candidate.attackersLost));
    lines.field(share(candidate).fraction().toPlainString());
  }

  private void writeText(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    writeSummary(lines);
    if (chokepoints.attackers() > 0) {
      writeTable(lines, Kind.RULE, "Rules", " of " + chokepoints.ruleCount());
      writeTable(lines, Kind.TAG, "Tags", " of more");
      writeTable(lines, Kind.VM, "VMs", " of " + chokepoints.vmCount());
      writeTable(lines, Kind.PAIR, "Pairs of rules", " of more");
    }
    for (var kind : incomplete()) {
      lines.words("The time limit was reached: the list of ").words(kind.list);
      lines.words(" may lack better ones.").end();
    }
    lines.flush();
  }

  /// The sentence that says whether a single rule helps at all.
  private void writeSummary(TextLines lines) throws IOException {
    int vm = chokepoints.vm();
    int attackers = chokepoints.attackers();
    if (attackers == 0) {
      lines.words("No VM can attack ").vm(environment, vm).end();
      return;
    }
    lines
        .words(attackers == 1 ? "1 VM can attack " : attackers + " VMs can attack ")
        .vm(environment, vm);
    int rules = chokepoints.rulePairs();
    lines.words(rules == 1 ? ", over 1 rule; " : ", over " + rules + " rules; ");
    if (chokepoints.rules().isEmpty()) {
      lines.words("no single rule keeps any of them out").end();
      return;
    }
    int lost = chokepoints.rules().getFirst().attackersLost();
    lines.words("without the best single one, " + lost + " of them no longer can (");
    lines.words(new Percentage(lost, attackers).percent()).words(")").end();
  }

  private void writeTable(TextLines lines, Kind kind, String title, String ofAll)
      throws IOException {
    var candidates = candidates(kind);
    lines.end();
    if (candidates.isEmpty()) {
      lines
          .words(title)
          .words(
              kind == Kind.PAIR
                  ? ": none found that keeps more out than the best" + " single rule"
                  : ": none keeps an attacker out alone")
          .end();
      return;
    }
    lines.words(title).words(" without which the most attackers are lost");
    if (cut().contains(kind)) {
      lines.words(", " + candidates.size() + ofAll);
    }
    lines.words(":").end();
    int width = Integer.toString(candidates.getFirst().attackersLost).length();
    for (var candidate : candidates) {
      String lost = Integer.toString(candidate.attackersLost);
      String share = share(candidate).percent();
      lines.words(" ".repeat(2 + width - lost.length())).words(lost);
      lines.words(" ".repeat(Math.max(0, 9 - share.length()))).words(share).words("  ");
      writeName(lines, candidate);
      lines.end();
    }
  }

  private void writeName(TextLines lines, Candidate candidate) {
    switch (candidate.kind) {
      case RULE, PAIR -> {
        String before = "";
        for (var rules : candidate.rules) {
          lines.words(before);
          Rules.all(lines, environment, rules);
          before = " and ";
        }
      }
      case TAG -> lines.text(environment.tag(candidate.item));
      case VM -> lines.vm(environment, candidate.item);
    }
  }
}
