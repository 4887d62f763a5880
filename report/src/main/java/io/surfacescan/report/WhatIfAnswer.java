package io.surfacescan.report;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.ComparedVm;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.Ranks;
import io.surfacescan.engine.SurfaceChange;
import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.Edits.TagOfVm;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.OmittedRows;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.VmLabel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.core.JsonGenerator;

/// What edits would do: what they are, what becomes of the VMs asked about and, if that was asked,
/// of the whole environment.
///
/// JSON is `{"edits": {…}, "vms": […], "environment": {…} or null, "limit"}`. Lists hold at most
/// `limit` entries; the counts beside them are exact. NDJSON and CSV have a row per VM, each with
/// its `kind`: those asked about, `removed` if the edits remove them, else `asked`; then those that
/// `changed` most. A last line says how many of these were left out, or could not be compared in
/// time.
public final class WhatIfAnswer implements Document {
  private final EditedEnvironment edited;
  private final Comparison comparison;
  private final List<VmAnswer> vms;
  private final Optional<ChangedSurfaces> environment;
  private final int limit;
  private final List<IdleAddition> idle;

  /// A row of CSV or a line of NDJSON.
  private record Row(String kind, SurfaceRow surface) {
    void json(JsonGenerator json) {
      json.writeStartObject();
      json.writeStringProperty("kind", kind);
      surface.json(json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private record VmAnswer(
      ComparedVm vm, SurfaceChange attackers, SurfaceChange victims, ExplainedChange explained) {
    static VmAnswer of(Comparison comparison, ComparedVm vm) {
      return new VmAnswer(
          vm,
          SurfaceChange.ofAttackers(comparison, vm),
          SurfaceChange.ofVictims(comparison, vm),
          ExplainedChange.of(comparison, vm));
    }
  }

  private WhatIfAnswer(
      EditedEnvironment edited,
      Comparison comparison,
      List<VmAnswer> vms,
      Optional<ChangedSurfaces> environment,
      int limit) {
    this.edited = edited;
    this.comparison = comparison;
    this.vms = vms;
    this.environment = environment;
    this.limit = limit;
    this.idle = IdleAddition.of(edited);
  }

  /// Works the answers out. Cost: as the questions of the engine say for each VM.
  ///
  /// @param comparison of the environment and its edited form
  /// @param vms VMs of the environment, which the edits may have removed
  /// @param environment the changes of all surfaces, if asked for
  /// @param limit the most ids or rules in a list
  public static WhatIfAnswer of(
      EditedEnvironment edited,
      Comparison comparison,
      List<ComparedVm> vms,
      Optional<ChangedSurfaces> environment,
      int limit) {
    var answers = new ArrayList<VmAnswer>();
    vms.forEach(vm -> answers.add(VmAnswer.of(comparison, vm)));
    return new WhatIfAnswer(edited, comparison, answers, environment, limit);
  }

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
    json.writeName("edits");
    writeEdits(json);
    json.writeArrayPropertyStart("vms");
    vms.forEach(vm -> vm(json, vm));
    json.writeEndArray();
    json.writeName("environment");
    if (environment.isPresent()) {
      environment.get().json(json, limit);
    } else {
      json.writeNull();
    }
    json.writeNumberProperty("limit", limit);
    json.writeEndObject();
  }

  private void writeEdits(JsonGenerator json) {
    json.writeStartObject();
    list(
        json,
        "removed_rule",
        edited.removedRules(),
        rule -> Rules.json(json, edited.before().rule(rule)));
    list(json, "added_rule", addedRules(), rule -> Rules.json(json, edited.after().rule(rule)));
    list(json, "removed_tag", edited.removedTags(), tag -> tagOfVm(json, tag));
    list(json, "added_tag", edited.addedTags(), tag -> tagOfVm(json, tag));
    list(json, "removed_vm", removedVms(), vm -> json.writeString(edited.before().vmId(vm)));
    list(
        json,
        "idle_rule",
        idle,
        addition -> {
          json.writeStartObject();
          json.writeName("rule");
          Rules.json(json, edited.after().rule(addition.rule()));
          json.writeStringProperty("cause", addition.cause().id());
          json.writeEndObject();
        });
    list(json, "idle_tag", edited.carriedTags(), tag -> tagOfVm(json, tag));
    json.writeEndObject();
  }

  /// The members `…_count` and `…s`.
  private <T> void list(JsonGenerator json, String name, List<T> entries, Consumer<T> write) {
    json.writeNumberProperty(name + "_count", entries.size());
    json.writeArrayPropertyStart(name + "s");
    entries.stream().limit(limit).forEach(write);
    json.writeEndArray();
  }

  private void tagOfVm(JsonGenerator json, TagOfVm tag) {
    json.writeStartObject();
    Json.vm(json, edited.before(), vm(tag));
    json.writeStringProperty("tag", tag.tag());
    json.writeEndObject();
  }

  private int vm(TagOfVm tag) {
    return edited.before().findVm(tag.vmId()).orElseThrow();
  }

  private List<Integer> addedRules() {
    int end = edited.after().ruleCount();
    return IntStream.range(end - edited.addedRules(), end).boxed().toList();
  }

  private List<Integer> removedVms() {
    return edited.removedVms().stream().boxed().toList();
  }

  private void vm(JsonGenerator json, VmAnswer answer) {
    json.writeStartObject();
    json.writeStringProperty("vm_id", comparison.id(answer.vm()));
    Json.stringOrNull(json, "name", comparison.name(answer.vm()));
    json.writeBooleanProperty("removed", !answer.vm().isAfter());
    change(json, "attackers", answer.attackers());
    change(json, "victims", answer.victims());
    answer.explained().json(json, limit);
    json.writeEndObject();
  }

  private void change(JsonGenerator json, String name, SurfaceChange change) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("before", change.before());
    json.writeNumberProperty("after", change.after());
    json.writeNumberProperty("gained_count", change.gained().size());
    ids(json, "gained", comparison.after(), change.gained());
    json.writeNumberProperty("lost_count", change.lost().size());
    ids(json, "lost", comparison.before(), change.lost());
    json.writeEndObject();
  }

  private void ids(JsonGenerator json, String name, AttackGraph graph, Ranks ranks) {
    json.writeArrayPropertyStart(name);
    forEachVm(graph, ranks.page(0, limit), vm -> json.writeString(graph.environment().vmId(vm)));
    json.writeEndArray();
  }

  private static void forEachVm(AttackGraph graph, Ranks ranks, Consumer<Integer> vms) {
    for (int interval = 0; interval < ranks.intervalCount(); interval++) {
      for (int rank = ranks.from(interval); rank < ranks.to(interval); rank++) {
        vms.accept(graph.vmAt(rank));
      }
    }
  }

  private List<Row> rows() {
    var rows = new ArrayList<Row>();
    vms.forEach(
        answer -> rows.add(new Row(answer.vm().isAfter() ? "asked" : "removed", row(answer))));
    environment.ifPresent(
        changed -> changed.rows().forEach(row -> rows.add(new Row("changed", row))));
    return rows;
  }

  private List<OmittedRows> leftOut() {
    return environment.map(ChangedSurfaces::leftOut).orElse(List.of());
  }

  private SurfaceRow row(VmAnswer answer) {
    var attackers = answer.attackers();
    return new SurfaceRow(
        comparison.id(answer.vm()),
        comparison.name(answer.vm()),
        attackers.before(),
        attackers.after(),
        attackers.gained().size(),
        attackers.lost().size());
  }

  private void writeNdjson(JsonGenerator json) {
    rows().forEach(row -> row.json(json));
    leftOut().forEach(leftOut -> leftOut.json(json, "kind"));
  }

  private void writeCsv(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    lines.field("kind");
    SurfaceRow.HEADER.forEach(lines::field);
    lines.end();
    for (var row : rows()) {
      lines.field(row.kind());
      row.surface().fields(lines);
      lines.end();
    }
    for (var leftOut : leftOut()) {
      leftOut.csv(lines, 1 + SurfaceRow.HEADER.size());
    }
    lines.flush();
  }

  private void writeText(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    editsText(lines);
    for (var vm : vms) {
      lines.text(VmLabel.of(comparison, vm.vm()));
      lines.words(vm.vm().isAfter() ? ": " : " (removed): ");
      row(vm).text(lines);
      var victims = vm.victims();
      lines.words("; can attack " + victims.before() + " before, " + victims.after() + " after (");
      lines.words(SurfaceRow.signed(victims.gained().size(), victims.lost().size()) + ")").end();
      idLines(lines, "  + ", comparison.after(), vm.attackers().gained());
      idLines(lines, "  - ", comparison.before(), vm.attackers().lost());
      vm.explained().text(lines, limit);
    }
    if (environment.isPresent()) {
      environment.get().text(lines, limit);
    }
    lines.flush();
  }

  private void editsText(TextLines lines) throws IOException {
    some(
        lines,
        edited.removedRules(),
        "without ",
        new Noun("rule", "rules"),
        rule -> Rules.text(lines.words("without "), edited.before().rule(rule)));
    some(
        lines,
        addedRules(),
        "with ",
        new Noun("more rule", "more rules"),
        rule -> Rules.text(lines.words("with "), edited.after().rule(rule)));
    some(
        lines,
        edited.removedTags(),
        "without ",
        new Noun("tag of a VM", "tags of VMs"),
        tag -> tagText(lines, tag, " no longer carrying "));
    some(
        lines,
        edited.addedTags(),
        "with ",
        new Noun("more tag of a VM", "more tags of VMs"),
        tag -> tagText(lines, tag, " also carrying "));
    some(
        lines,
        removedVms(),
        "without ",
        new Noun("VM", "VMs"),
        vm -> lines.words("without the VM ").vm(edited.before(), vm));
    some(
        lines,
        idle,
        "of these, ",
        new Noun("added rule changes nothing", "added rules change nothing"),
        addition -> {
          Rules.text(lines, edited.after().rule(addition.rule()));
          lines.words(" ").words(addition.cause().words());
        });
    some(
        lines,
        edited.carriedTags(),
        "carried already: ",
        new Noun("tag to add", "tags to add"),
        tag ->
            lines
                .vm(edited.before(), vm(tag))
                .words(" carries ")
                .text(tag.tag())
                .words(" already: adding it changes nothing"));
  }

  private void tagText(TextLines lines, TagOfVm tag, String verb) {
    lines.words("with ").vm(edited.before(), vm(tag)).words(verb).text(tag.tag());
  }

  /// What entries of a list are called, if none of them is shown.
  private record Noun(String one, String several) {
    String of(int count) {
      return count + " " + (count == 1 ? one : several);
    }
  }

  /// A line each for as many as the limit allows, and one that says how many more there are, or, if
  /// none is shown, how many of what.
  private <T> void some(TextLines lines, List<T> entries, String start, Noun noun, Consumer<T> line)
      throws IOException {
    for (int i = 0; i < Math.min(limit, entries.size()); i++) {
      line.accept(entries.get(i));
      lines.end();
    }
    more(lines, entries.size(), start, noun);
  }

  private void more(TextLines lines, int count, String start, Noun noun) throws IOException {
    if (count > limit) {
      lines.words(limit == 0 ? start + noun.of(count) : "  and " + (count - limit) + " more").end();
    }
  }

  private void idLines(TextLines lines, String start, AttackGraph graph, Ranks ranks)
      throws IOException {
    var vms = new ArrayList<Integer>();
    forEachVm(graph, ranks.page(0, limit), vms::add);
    for (int vm : vms) {
      lines.words(start).vm(graph.environment(), vm).end();
    }
    more(lines, ranks.size(), start, new Noun("VM", "VMs"));
  }
}
