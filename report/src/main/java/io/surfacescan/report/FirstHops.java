package io.surfacescan.report;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.FoundByHop;
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
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Why each attacker of a VM or group is one: the hops of a shortest path and the rule of its first
/// hop; or why each victim is one, with the rule of the last.
///
/// JSON is an array of `{"vm_id", "name", "hops", "first_rule": {"fw_id", "source_tag",
/// "dest_tag"}}` (`last_rule` for victims); a text line reads `web (vm-1): 2 hops, first by fw-1
/// (ssh -> dev)`.
///
/// @param vms the VMs to list, some of those found, in the order of the answer
public record FirstHops(AttackGraph graph, FoundByHop found, Way way, VmSequence vms)
    implements Document {
  /// Which of the two it is.
  public enum Way {
    ATTACKERS("first"),
    VICTIMS("last");

    private final String end;

    Way(String end) {
      this.end = end;
    }
  }

  private record Row(int vm, int hops, int rule) {}

  @Override
  public void write(OutputStream out, Format format) throws IOException {
    new Rendering(graph.environment(), way.end)
        .write(
            out,
            format,
            rows -> vms.forEach(vm -> rows.accept(new Row(vm, found.hops(vm), found.rule(vm)))));
  }

  private record Rendering(Environment environment, String end) implements RowFormat<Row> {
    @Override
    public List<String> header() {
      return List.of(
          "vm_id",
          "hops",
          Rules.CSV_HEADER.get(0),
          Rules.CSV_HEADER.get(1),
          Rules.CSV_HEADER.get(2),
          "name");
    }

    @Override
    public void json(JsonGenerator json, Row row) {
      json.writeStartObject();
      Json.vm(json, environment, row.vm);
      json.writeNumberProperty("hops", row.hops);
      json.writeName(end + "_rule");
      Rules.json(json, environment.rule(row.rule));
      json.writeEndObject();
    }

    @Override
    public void fields(TextLines line, Row row) {
      line.field(environment.vmIds(), row.vm).field(Integer.toString(row.hops));
      Rules.fields(line, environment.rule(row.rule));
      line.fieldOrNone(environment.vmName(row.vm));
    }

    @Override
    public void text(TextLines line, Row row) {
      line.vm(environment, row.vm);
      line.words(row.hops == 1 ? ": 1 hop, by " : ": " + row.hops + " hops, " + end + " by ");
      Rules.text(line, environment.rule(row.rule));
    }
  }
}
