package io.surfacescan.report;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.ComparedVm;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.Ranks;
import io.surfacescan.engine.SurfaceChange;
import io.surfacescan.model.EditedEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/// What edits would do: what they are, what becomes of the VMs asked about and, if that was asked,
/// of the whole environment.
///
/// JSON is `{"edits": {…}, "vms": […], "environment": {…} or null, "limit"}`. Lists of ids and
/// rules hold at most `limit`; the counts beside them are exact. NDJSON and CSV have a row per VM:
/// those asked about, then those that changed most.
public final class WhatIfAnswer implements Document {
  private final EditedEnvironment edited;
  private final Comparison comparison;
  private final List<VmAnswer> vms;
  private final Optional<ChangedSurfaces> environment;
  private final int limit;

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
      case NDJSON ->
          Json.write(
              out,
              json ->
                  rows()
                      .forEach(row -> {
                        json.writeStartObject();
                        row.json(json);
                        json.writeEndObject();
                        json.writeRaw('\n');
                      }));
      case CSV -> writeCsv(out);
      case TEXT -> writeText(out);
    }
  }

  private void writeJson(JsonGenerator json) {
    json.writeStartObject();
    json.writeObjectPropertyStart("edits");
    json.writeNumberProperty("removed_rule_count", edited.removedRules().size());
    json.writeArrayPropertyStart("removed_rules");
    edited.removedRules().stream()
        .limit(limit)
        .forEach(rule -> Rules.json(json, edited.before().rule(rule)));
    json.writeEndArray();
    json.writeNumberProperty("added_rule_count", edited.addedRules());
    json.writeNumberProperty("removed_tag_count", edited.removedTags());
    json.writeNumberProperty("added_tag_count", edited.addedTags());
    json.writeNumberProperty("removed_vm_count", edited.removedVms().cardinality());
    var idle = idleRules();
    json.writeNumberProperty("idle_rule_count", idle.size());
    json.writeArrayPropertyStart("idle_rules");
    idle.stream().limit(limit).forEach(rule -> Rules.json(json, edited.after().rule(rule)));
    json.writeEndArray();
    json.writeEndObject();
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

  /// The rules added that allow nothing, because no VM carries one of their tags: most often that
  /// is a slip of the pen.
  private List<Integer> idleRules() {
    var idle = new ArrayList<Integer>();
    if (edited.addedRules() > 0) {
      var after = edited.after();
      int[] vmsPerTag = after.vmsPerTag();
      for (int rule = after.ruleCount() - edited.addedRules(); rule < after.ruleCount(); rule++) {
        if (vmsPerTag[after.sourceTag(rule)] == 0 || vmsPerTag[after.destTag(rule)] == 0) {
          idle.add(rule);
        }
      }
    }
    return idle;
  }

  private void vm(JsonGenerator json, VmAnswer answer) {
    json.writeStartObject();
    json.writeStringProperty("vm_id", comparison.id(answer.vm()));
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

  private List<SurfaceRow> rows() {
    var rows = new ArrayList<SurfaceRow>();
    vms.forEach(answer -> rows.add(row(answer)));
    environment.ifPresent(changed -> rows.addAll(changed.rows()));
    return rows;
  }

  private SurfaceRow row(VmAnswer answer) {
    var attackers = answer.attackers();
    return new SurfaceRow(
        comparison.id(answer.vm()),
        attackers.before(),
        attackers.after(),
        attackers.gained().size(),
        attackers.lost().size());
  }

  private void writeCsv(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    SurfaceRow.HEADER.forEach(lines::field);
    lines.end();
    for (var row : rows()) {
      row.fields(lines);
      lines.end();
    }
    lines.flush();
  }

  private void writeText(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    editsText(lines);
    for (var vm : vms) {
      lines.text(comparison.id(vm.vm()));
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
    for (int i = 0; i < Math.min(limit, edited.removedRules().size()); i++) {
      lines.words("without ");
      Rules.text(lines, edited.before().rule(edited.removedRules().get(i)));
      lines.end();
    }
    more(lines, edited.removedRules().size());
    int firstAdded = edited.after().ruleCount() - edited.addedRules();
    for (int i = 0; i < Math.min(limit, edited.addedRules()); i++) {
      lines.words("with ");
      Rules.text(lines, edited.after().rule(firstAdded + i));
      lines.end();
    }
    more(lines, edited.addedRules());
    count(lines, "without ", edited.removedTags(), " tag of a VM", " tags of VMs");
    count(lines, "with ", edited.addedTags(), " more tag of a VM", " more tags of VMs");
    count(lines, "without ", edited.removedVms().cardinality(), " VM", " VMs");
    for (int rule : idleRules().stream().limit(limit).toList()) {
      Rules.text(lines, edited.after().rule(rule));
      lines.words(" allows nothing: no VM carries one of its tags").end();
    }
  }

  private static void count(TextLines lines, String start, int count, String one, String several)
      throws IOException {
    if (count > 0) {
      lines.words(start + count + (count == 1 ? one : several)).end();
    }
  }

  private void more(TextLines lines, int count) throws IOException {
    if (count > limit) {
      lines.words("  and " + (count - limit) + " more").end();
    }
  }

  private void idLines(TextLines lines, String start, AttackGraph graph, Ranks ranks)
      throws IOException {
    var vms = new ArrayList<Integer>();
    forEachVm(graph, ranks.page(0, limit), vms::add);
    for (int vm : vms) {
      lines.words(start).text(graph.environment().vmIds(), vm).end();
    }
    more(lines, ranks.size());
  }
}
