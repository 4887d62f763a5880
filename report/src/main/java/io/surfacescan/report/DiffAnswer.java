package io.surfacescan.report;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentDiff;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.JsonDocument;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.TextLines;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/// What differs between two environments: VMs, tags and rules, and the surfaces that grew or shrank
/// with the rules that did it.
///
/// JSON is `{"before", "after", "vms", "tags", "rules", "surfaces", "limit"}`; its lists hold at
/// most `limit` entries, the counts beside them are exact. NDJSON and CSV have a row per change,
/// and all of them but for the surfaces, of which those that changed most are shown; a last line
/// says how many were left out, or could not be compared in time.
///
/// @param before what names the environment before, such as a path or a version
/// @param after what names the one after
/// @param limit the most entries in a list
public record DiffAnswer(
    String before, String after, EnvironmentDiff diff, ChangedSurfaces surfaces, int limit)
    implements Document {
  private static final List<String> HEADER =
      List.of(
          "change",
          "vm_id",
          "tag",
          "fw_id",
          "source_tag",
          "dest_tag",
          "attackers_before",
          "attackers_after",
          "gained",
          "lost",
          "name");

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
    environment(json, "before", before, diff.before());
    environment(json, "after", after, diff.after());
    json.writeObjectPropertyStart("vms");
    list(json, "added", diff.addedVms(), vm -> json.writeString(diff.after().vmId(vm)));
    list(json, "removed", diff.removedVms(), vm -> json.writeString(diff.before().vmId(vm)));
    list(
        json,
        "retagged",
        diff.retaggedVms(),
        vm -> {
          json.writeStartObject();
          Json.vm(json, diff.before(), vm);
          JsonDocument.strings(json, "added_tags", diff.tagsAddedTo(vm));
          JsonDocument.strings(json, "removed_tags", diff.tagsRemovedFrom(vm));
          json.writeEndObject();
        });
    list(
        json,
        "renamed",
        diff.renamedVms(),
        vm -> {
          json.writeStartObject();
          json.writeStringProperty("vm_id", diff.before().vmId(vm));
          Json.stringOrNull(json, "name_before", diff.before().vmName(vm));
          Json.stringOrNull(json, "name_after", diff.nameAfter(vm));
          json.writeEndObject();
        });
    json.writeEndObject();
    json.writeObjectPropertyStart("tags");
    list(json, "added", diff.addedTags(), tag -> json.writeString(diff.after().tag(tag)));
    list(json, "removed", diff.removedTags(), tag -> json.writeString(diff.before().tag(tag)));
    json.writeEndObject();
    json.writeObjectPropertyStart("rules");
    list(json, "added", diff.addedRules(), rule -> Rules.json(json, diff.after().rule(rule)));
    list(json, "removed", diff.removedRules(), rule -> Rules.json(json, diff.before().rule(rule)));
    json.writeEndObject();
    json.writeName("surfaces");
    surfaces.json(json, limit);
    json.writeNumberProperty("limit", limit);
    json.writeEndObject();
  }

  private static void environment(
      JsonGenerator json, String member, String name, Environment environment) {
    json.writeObjectPropertyStart(member);
    json.writeStringProperty("name", name);
    json.writeNumberProperty("vm_count", environment.vmCount());
    json.writeNumberProperty("rule_count", environment.ruleCount());
    json.writeNumberProperty("tag_count", environment.tagCount());
    json.writeEndObject();
  }

  private void list(JsonGenerator json, String name, IntStream entries, IntConsumer write) {
    int[] all = entries.toArray();
    json.writeNumberProperty(name + "_count", all.length);
    json.writeArrayPropertyStart(name);
    IntStream.of(all).limit(limit).forEach(write);
    json.writeEndArray();
  }

  /// One change, as a row of CSV or a line of NDJSON.
  private record Row(
      String change,
      Optional<String> vmId,
      Optional<String> name,
      Optional<String> tag,
      Optional<FirewallRule> rule,
      Optional<SurfaceRow> surface) {
    static Row vm(String change, Environment environment, int vm) {
      return new Row(
          change,
          Optional.of(environment.vmId(vm)),
          environment.vmName(vm),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    static Row tag(String change, Environment environment, int vm, String tag) {
      return new Row(
          change,
          Optional.of(environment.vmId(vm)),
          environment.vmName(vm),
          Optional.of(tag),
          Optional.empty(),
          Optional.empty());
    }

    static Row rule(String change, FirewallRule rule) {
      return new Row(
          change,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(rule),
          Optional.empty());
    }

    static Row surface(SurfaceRow surface) {
      return new Row(
          "surface",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(surface));
    }

    void json(JsonGenerator json) {
      json.writeStartObject();
      json.writeStringProperty("change", change);
      vmId.ifPresent(id -> {
        json.writeStringProperty("vm_id", id);
        Json.stringOrNull(json, "name", name);
      });
      tag.ifPresent(text -> json.writeStringProperty("tag", text));
      rule.ifPresent(of -> {
        json.writeName("rule");
        Rules.json(json, of);
      });
      surface.ifPresent(of -> of.json(json));
      json.writeEndObject();
      json.writeRaw('\n');
    }

    void fields(TextLines row) {
      row.field(change);
      row.fieldOrNone(vmId.or(() -> surface.map(SurfaceRow::vmId)));
      row.fieldOrNone(tag);
      if (rule.isPresent()) {
        Rules.fields(row, rule.get());
      } else {
        none(row, Rules.CSV_HEADER.size());
      }
      if (surface.isPresent()) {
        surface.get().numbers(row);
      } else {
        none(row, SurfaceRow.HEADER.size() - 2);
      }
      row.fieldOrNone(name.or(() -> surface.flatMap(SurfaceRow::name)));
    }

    private static void none(TextLines row, int fields) {
      for (int field = 0; field < fields; field++) {
        row.noField();
      }
    }
  }

  private Stream<Row> rows() {
    return Stream.of(
            vmRows("vm-added", diff.after(), diff.addedVms()),
            vmRows("vm-removed", diff.before(), diff.removedVms()),
            vmRows("vm-renamed", diff.before(), diff.renamedVms()),
            diff.retaggedVms().boxed().flatMap(this::tagRows),
            ruleRows("rule-added", diff.after(), diff.addedRules()),
            ruleRows("rule-removed", diff.before(), diff.removedRules()),
            surfaces.rows().stream().map(Row::surface))
        .flatMap(rows -> rows);
  }

  private static Stream<Row> vmRows(String change, Environment environment, IntStream vms) {
    return vms.mapToObj(vm -> Row.vm(change, environment, vm));
  }

  private static Stream<Row> ruleRows(String change, Environment environment, IntStream rules) {
    return rules.mapToObj(rule -> Row.rule(change, environment.rule(rule)));
  }

  private Stream<Row> tagRows(int vm) {
    return Stream.concat(
        diff.tagsAddedTo(vm).stream().map(tag -> Row.tag("tag-added", diff.before(), vm, tag)),
        diff.tagsRemovedFrom(vm).stream()
            .map(tag -> Row.tag("tag-removed", diff.before(), vm, tag)));
  }

  private void writeNdjson(JsonGenerator json) {
    rows().forEach(row -> row.json(json));
    surfaces.leftOut().forEach(leftOut -> leftOut.json(json, "change"));
  }

  private void writeCsv(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    HEADER.forEach(lines::field);
    lines.end();
    for (var rows = rows().iterator(); rows.hasNext(); ) {
      rows.next().fields(lines);
      lines.end();
    }
    for (var leftOut : surfaces.leftOut()) {
      leftOut.csv(lines, HEADER.size());
    }
    lines.flush();
  }

  private void writeText(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    if (diff.isEmpty()) {
      lines.words("no difference in VMs, tags and rules").end();
    }
    vmLines(lines, "+ VM ", diff.after(), diff.addedVms());
    vmLines(lines, "- VM ", diff.before(), diff.removedVms());
    some(
        lines,
        diff.renamedVms(),
        "VMs with another name",
        vm -> {
          lines.words("~ VM ").text(diff.before().vmIds(), vm).words(" was ");
          lines.text(diff.before().vmName(vm).orElse("without name")).words(", is ");
          lines.text(diff.nameAfter(vm).orElse("without name"));
        });
    some(
        lines,
        diff.retaggedVms(),
        "VMs with other tags",
        vm -> {
          lines.words("~ VM ").vm(diff.before(), vm).words(":");
          diff.tagsAddedTo(vm).forEach(tag -> lines.words(" +").text(tag));
          diff.tagsRemovedFrom(vm).forEach(tag -> lines.words(" -").text(tag));
        });
    tagLines(lines, "+ tag ", diff.after(), diff.addedTags());
    tagLines(lines, "- tag ", diff.before(), diff.removedTags());
    ruleLines(lines, "+ rule ", diff.after(), diff.addedRules());
    ruleLines(lines, "- rule ", diff.before(), diff.removedRules());
    surfaces.text(lines, limit);
    lines.flush();
  }

  private void vmLines(TextLines lines, String start, Environment environment, IntStream vms)
      throws IOException {
    some(lines, vms, "VMs", vm -> lines.words(start).vm(environment, vm));
  }

  private void tagLines(TextLines lines, String start, Environment environment, IntStream tags)
      throws IOException {
    some(lines, tags, "tags", tag -> lines.words(start).text(environment.tag(tag)));
  }

  private void ruleLines(TextLines lines, String start, Environment environment, IntStream rules)
      throws IOException {
    some(
        lines,
        rules,
        "rules",
        rule -> {
          lines.words(start);
          Rules.text(lines, environment.rule(rule));
        });
  }

  /// A line each for as many as the limit allows, and one that says how many more there are.
  private void some(TextLines lines, IntStream entries, String what, IntConsumer line)
      throws IOException {
    int[] all = entries.toArray();
    for (int i = 0; i < Math.min(limit, all.length); i++) {
      line.accept(all[i]);
      lines.end();
    }
    if (all.length > limit) {
      lines.words("  and " + (all.length - limit) + " more of these " + what).end();
    }
  }
}
