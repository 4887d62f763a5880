package io.surfacescan.report;

import io.surfacescan.engine.EnvironmentFindings;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.FarthestAttackers;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.RowFormat;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.VmSequence;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import tools.jackson.core.JsonGenerator;

/// The exposure of every VM, a summary with a histogram, and the findings about the rules and tags
/// themselves.
///
/// JSON is `{"summary": {…}, "findings": {…}, "truncated", "vms": […]}`. NDJSON and CSV are the
/// rows of the VMs alone. `truncated` says that hops of some VMs were not found in time; their rows
/// have null. Findings have their exact count and at most [#FINDINGS_MOST] elements each.
///
/// @param farthest the hops of farthest attackers, if they were asked for
/// @param page the VMs to list, in the order of the answer
public record EnvironmentReport(
    Exposures exposures, Optional<FarthestAttackers> farthest, VmSequence page)
    implements Document {
  /// The most elements that are listed of each kind of finding.
  public static final int FINDINGS_MOST = 1_000;

  @Override
  public void write(OutputStream out, Format format) throws IOException {
    var listing = new ExposureListing(environment(), false, false, farthest.isPresent());
    switch (format) {
      case JSON -> Json.write(out, json -> writeJson(json, listing));
      case NDJSON, CSV -> listing.write(out, format, this::rows);
      case TEXT -> {
        writeText(out);
        listing.write(out, format, this::rows);
      }
    }
  }

  private Environment environment() {
    return exposures.graph().environment();
  }

  private void rows(Consumer<ExposedVm> rows) {
    page.forEach(vm -> rows.accept(new ExposedVm(exposures.of(vm), OptionalInt.empty(), hops(vm))));
  }

  private OptionalInt hops(int vm) {
    int hops = farthest.map(found -> found.hops(vm)).orElse(FarthestAttackers.UNFINISHED);
    return hops == FarthestAttackers.UNFINISHED ? OptionalInt.empty() : OptionalInt.of(hops);
  }

  private boolean isTruncated() {
    return farthest.isPresent() && !farthest.get().isComplete();
  }

  private void writeJson(JsonGenerator json, ExposureListing listing) {
    var summary = Summary.of(exposures);
    var findings = EnvironmentFindings.of(exposures.graph());
    json.writeStartObject();
    json.writeObjectPropertyStart("summary");
    json.writeNumberProperty("vms", environment().vmCount());
    json.writeNumberProperty("rules", environment().ruleCount());
    json.writeNumberProperty("tags", environment().tagCount());
    json.writeNumberProperty("pairs", exposures.sizes().pairs());
    json.writeNumberProperty("attacked_vms", summary.attacked());
    json.writeNumberProperty("most_attackers", summary.mostAttackers());
    json.writeNumberProperty("median_attackers", summary.medianAttackers());
    json.writeArrayPropertyStart("histogram");
    summary.forEachBar((from, to, vms) -> {
      json.writeStartObject();
      json.writeNumberProperty("attackers_from", from);
      json.writeNumberProperty("attackers_to", to);
      json.writeNumberProperty("vms", vms);
      json.writeEndObject();
    });
    json.writeEndArray();
    json.writeEndObject();
    json.writeObjectPropertyStart("findings");
    rules(json, "unused_rules", findings.unusedRules());
    finding(
        json,
        "phantom_tags",
        "tags",
        findings.phantomTags(),
        tag -> json.writeString(environment().tag(tag)));
    rules(json, "self_rules", findings.selfRules());
    rules(json, "duplicate_rules", findings.duplicateRules());
    json.writeEndObject();
    json.writeBooleanProperty("truncated", isTruncated());
    json.writeArrayPropertyStart("vms");
    rows(row -> listing.json(json, row));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void rules(JsonGenerator json, String name, int[] rules) {
    finding(json, name, "rules", rules, rule -> Rules.json(json, environment().rule(rule)));
  }

  private static void finding(
      JsonGenerator json, String name, String listed, int[] found, IntConsumer element) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("count", found.length);
    json.writeArrayPropertyStart(listed);
    Arrays.stream(found).limit(FINDINGS_MOST).forEach(element);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeText(OutputStream out) throws IOException {
    var summary = Summary.of(exposures);
    var findings = EnvironmentFindings.of(exposures.graph());
    int vms = environment().vmCount();
    var lines = new TextLines(out);
    lines
        .words(
            ExposureListing.counted(vms, "VM")
                + ", "
                + ExposureListing.counted(environment().ruleCount(), "rule")
                + ": "
                + summary.attacked()
                + " of the VMs can be attacked, over "
                + ExposureListing.counted(exposures.sizes().pairs(), "pair")
                + " of attacker and target")
        .end();
    lines
        .words(
            "attackers of a VM: median "
                + summary.medianAttackers()
                + ", most "
                + summary.mostAttackers())
        .end();
    summary.forEachBar((from, to, count) ->
        RowFormat.end(
            lines.words(
                "  "
                    + (from == to ? Integer.toString(from) : from + " to " + to)
                    + ": "
                    + ExposureListing.counted(count, "VM"))));
    rules(lines, "unused", findings.unusedRules());
    rules(lines, "self", findings.selfRules());
    rules(lines, "duplicate", findings.duplicateRules());
    lines
        .words(
            ExposureListing.counted(findings.phantomTags().length, "phantom tag")
                + (findings.phantomTags().length == 0 ? "" : ":"))
        .end();
    for (int tag : head(findings.phantomTags())) {
      lines.words("  ").text(environment().tag(tag)).end();
    }
    more(lines, findings.phantomTags().length);
    if (isTruncated()) {
      lines.words("the time limit was reached before the hops of all VMs were found").end();
    }
    lines.end();
    lines.flush();
  }

  private void rules(TextLines lines, String kind, int[] rules) throws IOException {
    lines.words(
        ExposureListing.counted(rules.length, kind + " rule") + (rules.length == 0 ? "" : ":"));
    lines.end();
    for (int rule : head(rules)) {
      lines.words("  ");
      Rules.text(lines, environment().rule(rule));
      lines.end();
    }
    more(lines, rules.length);
  }

  private static int[] head(int[] found) {
    return Arrays.copyOf(found, Math.min(found.length, FINDINGS_MOST));
  }

  private static void more(TextLines lines, int count) throws IOException {
    if (count > FINDINGS_MOST) {
      lines.words("  and " + (count - FINDINGS_MOST) + " more").end();
    }
  }

  /// How many VMs have how many attackers.
  ///
  /// @param bars VMs without attackers, then those with 1 to 9, 10 to 99 and so on
  private record Summary(int attacked, int mostAttackers, int medianAttackers, int[] bars) {
    interface Bar {
      void of(int from, int to, int vms);
    }

    static Summary of(Exposures exposures) {
      int vms = exposures.graph().environment().vmCount();
      int[] attackers = new int[vms];
      Arrays.setAll(attackers, exposures.sizes()::attackers);
      Arrays.sort(attackers);
      int most = vms == 0 ? 0 : attackers[vms - 1];
      int[] bars = new int[1 + digits(most)];
      for (int count : attackers) {
        bars[digits(count)]++;
      }
      return new Summary(vms - bars[0], most, vms == 0 ? 0 : attackers[(vms - 1) / 2], bars);
    }

    private static int digits(int count) {
      return count == 0 ? 0 : Integer.toString(count).length();
    }

    void forEachBar(Bar bar) {
      bar.of(0, 0, bars[0]);
      long from = 1;
      for (int digits = 1; digits < bars.length; digits++, from *= 10) {
        bar.of((int) from, (int) Math.min(Integer.MAX_VALUE, 10 * from - 1), bars[digits]);
      }
    }
  }
}
