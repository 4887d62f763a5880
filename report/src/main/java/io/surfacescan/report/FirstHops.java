package io.surfacescan.report;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.VmsByHop;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import tools.jackson.core.JsonGenerator;

/// Why each attacker of a VM is one: the hops of a shortest path and the rule of its first hop.
///
/// JSON is an array of `{"vm_id", "hops", "first_rule": {"fw_id", "source_tag", "dest_tag"}}` in
/// the engine's order; a text line reads `vm-1: 2 hops, first by fw-1 (ssh -> dev)`.
public record FirstHops(AttackGraph graph, VmsByHop attackers) implements Document {
  @Override
  public void write(OutputStream out, Format format) throws IOException {
    try {
      switch (format) {
        case JSON -> Json.write(out, this::writeJson);
        case NDJSON -> Json.write(out, this::writeNdjson);
        case CSV -> writeCsv(out);
        case TEXT -> writeText(out);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void writeJson(JsonGenerator json) {
    json.writeStartArray();
    attackers.forEach((vm, hops, rule) -> attacker(json, vm, hops, rule));
    json.writeEndArray();
  }

  private void writeNdjson(JsonGenerator json) {
    attackers.forEach((vm, hops, rule) -> {
      attacker(json, vm, hops, rule);
      json.writeRaw('\n');
    });
  }

  private void attacker(JsonGenerator json, int vm, int hops, int rule) {
    json.writeStartObject();
    json.writeStringProperty("vm_id", graph.environment().vmId(vm));
    json.writeNumberProperty("hops", hops);
    json.writeName("first_rule");
    Rules.json(json, graph.environment().rule(rule));
    json.writeEndObject();
  }

  private void writeCsv(OutputStream out) throws IOException {
    var rows = new TextLines(out);
    rows.field("vm_id").field("hops");
    for (String name : Rules.CSV_HEADER) {
      rows.field(name);
    }
    rows.end();
    attackers.forEach((vm, hops, rule) -> {
      rows.field(graph.environment().vmIds(), vm).field(Integer.toString(hops));
      Rules.fields(rows, graph.environment().rule(rule));
      end(rows);
    });
    rows.flush();
  }

  private void writeText(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    attackers.forEach((vm, hops, rule) -> {
      lines.text(graph.environment().vmIds(), vm);
      lines.words(hops == 1 ? ": 1 hop, by " : ": " + hops + " hops, first by ");
      Rules.text(lines, graph.environment().rule(rule));
      end(lines);
    });
    lines.flush();
  }

  private static void end(TextLines lines) {
    try {
      lines.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
