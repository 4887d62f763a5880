package io.surfacescan.report;

import io.surfacescan.engine.DirectPairs;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Subject;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.RowFormat;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.TextLines;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// Every direct attack with all rules that allow it, in input order of the attacker, then of the
/// victim. It is found while it is written, in memory that does not grow with the pairs.
///
/// JSON is an array of `{"from": {"vm_id", "name"}, "to": {"vm_id", "name"}, "rules": [{"fw_id",
/// "source_tag", "dest_tag"}]}`; CSV has a row per pair and rule; a text line reads `web (vm-1) ->
/// db (vm-2) by fw-1 (web -> db)`.
///
/// @param from whose attacks; empty for all VMs
/// @param to on whom; empty for all VMs
/// @param limit the most pairs, at least 0
public record PairTable(
    Environment environment, Optional<Subject> from, Optional<Subject> to, long limit)
    implements Document {
  private record Row(int from, int to, List<Integer> rules) {}

  @Override
  public void write(OutputStream out, Format format) throws IOException {
    if (format == Format.CSV) {
      writeCsv(out);
      return;
    }
    new Rendering(environment)
        .write(
            out,
            format,
            rows ->
                forEach(
                    (attacker, victim, rules) -> rows.accept(new Row(attacker, victim, rules))));
  }

  @FunctionalInterface
  private interface PairTaker {
    void take(int attacker, int victim, List<Integer> rules);
  }

  private void forEach(PairTaker taker) {
    if (limit == 0) {
      return;
    }
    var left = new long[] {limit};
    DirectPairs.of(environment)
        .forEach(
            vms(from),
            vms(to),
            (attacker, victim, rules) -> {
              taker.take(attacker, victim, rules);
              return --left[0] > 0;
            });
  }

  private BitSet vms(Optional<Subject> subject) {
    var vms = new BitSet(environment.vmCount());
    if (subject.isEmpty()) {
      vms.set(0, environment.vmCount());
    } else {
      var members = subject.get().members();
      for (int i = 0; i < members.size(); i++) {
        vms.set(members.vm(i));
      }
    }
    return vms;
  }

  private void writeCsv(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    lines.field("from").field("to");
    for (String name : Rules.CSV_HEADER) {
      lines.field(name);
    }
    lines.field("from_name").field("to_name").end();
    try {
      forEach((attacker, victim, rules) -> {
        for (int rule : rules) {
          lines.field(environment.vmIds(), attacker).field(environment.vmIds(), victim);
          Rules.fields(lines, environment.rule(rule));
          lines.fieldOrNone(environment.vmName(attacker));
          lines.fieldOrNone(environment.vmName(victim));
          RowFormat.end(lines);
        }
      });
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    lines.flush();
  }

  private record Rendering(Environment environment) implements RowFormat<Row> {
    @Override
    public List<String> header() {
      throw new IllegalStateException("CSV has a row per rule");
    }

    @Override
    public void json(JsonGenerator json, Row row) {
      json.writeStartObject();
      end(json, "from", row.from);
      end(json, "to", row.to);
      Rules.json(json, environment, row.rules);
      json.writeEndObject();
    }

    private void end(JsonGenerator json, String member, int vm) {
      json.writeObjectPropertyStart(member);
      Json.vm(json, environment, vm);
      json.writeEndObject();
    }

    @Override
    public void fields(TextLines line, Row row) {
      throw new IllegalStateException("CSV has a row per rule");
    }

    @Override
    public void text(TextLines line, Row row) {
      line.vm(environment, row.from).words(" -> ").vm(environment, row.to).words(" by ");
      Rules.text(line, environment, row.rules);
    }
  }
}
