package io.surfacescan.report;

import io.surfacescan.engine.AttackPath;
import io.surfacescan.model.Environment;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// A shortest attack path hop by hop, each with every rule that allows it; or that there is none.
///
/// JSON is `{"from", "to", "reachable", "hops": [{"from", "to", "rules": […]}]}`, without hops if
/// there is no path. NDJSON has one hop a line, CSV one row per hop and rule.
///
/// @param path from the one VM to the other, if there is any
public record PathHops(Environment environment, int from, int to, Optional<AttackPath> path)
    implements Document {
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
    json.writeStringProperty("from", environment.vmId(from));
    json.writeStringProperty("to", environment.vmId(to));
    json.writeBooleanProperty("reachable", path.isPresent());
    json.writeArrayPropertyStart("hops");
    hops().forEach(hop -> hop(json, hop));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeNdjson(JsonGenerator json) {
    for (var hop : hops()) {
      hop(json, hop);
      json.writeRaw('\n');
    }
  }

  private List<AttackPath.Hop> hops() {
    return path.map(AttackPath::hops).orElse(List.of());
  }

  private void hop(JsonGenerator json, AttackPath.Hop hop) {
    json.writeStartObject();
    json.writeStringProperty("from", environment.vmId(hop.from()));
    json.writeStringProperty("to", environment.vmId(hop.to()));
    json.writeArrayPropertyStart("rules");
    hop.rules().forEach(rule -> Rules.json(json, environment.rule(rule)));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeCsv(OutputStream out) throws IOException {
    var rows = new TextLines(out);
    rows.field("hop").field("from").field("to");
    for (String name : Rules.CSV_HEADER) {
      rows.field(name);
    }
    rows.end();
    int number = 0;
    for (var hop : hops()) {
      number++;
      for (int rule : hop.rules()) {
        rows.field(Integer.toString(number));
        rows.field(environment.vmIds(), hop.from()).field(environment.vmIds(), hop.to());
        Rules.fields(rows, environment.rule(rule));
        rows.end();
      }
    }
    rows.flush();
  }

  private void writeText(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    lines.text(environment.vmIds(), from);
    if (path.isEmpty()) {
      lines.words(" cannot attack ").text(environment.vmIds(), to);
      lines.end();
      lines.flush();
      return;
    }
    lines.words(" attacks ").text(environment.vmIds(), to);
    lines.words(hops().size() == 1 ? " in 1 hop:" : " in " + hops().size() + " hops:");
    lines.end();
    for (var hop : hops()) {
      lines.words("  ").text(environment.vmIds(), hop.from());
      lines.words(" attacks ").text(environment.vmIds(), hop.to()).words(" through ");
      for (int i = 0; i < hop.rules().size(); i++) {
        lines.words(i == 0 ? "" : i + 1 < hop.rules().size() ? ", " : " or ");
        Rules.text(lines, environment.rule(hop.rules().get(i)));
      }
      lines.end();
    }
    lines.flush();
  }
}
