package io.surfacescan.report;

import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.engine.SurfaceGroups.Edge;
import io.surfacescan.engine.SurfaceGroups.Group;
import io.surfacescan.engine.SurfaceGroups.Others;
import io.surfacescan.engine.SurfaceGroups.Tagged;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Drawing;
import io.surfacescan.report.format.Drawn;
import io.surfacescan.report.format.DrawnText;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.JsonDocument;
import io.surfacescan.report.format.RowFormat;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.VmLabel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// An attack surface or blast radius as groups and the rules between them.
///
/// JSON is `{"vm_id", "name", "direction", "total", "hops", "group_count", "truncated", "groups":
/// […], "edges": […]}`. A group is `{"id", "hop", "tag", "vms", "carrying", "sample"}`, or, of
/// several folded into one, `{"id", "hop_from", "hop_to", "folded_groups", "vms", "carrying",
/// "sample"}`. An edge is `{"from", "to", "vms", "rule_count", "rules"}`, in the direction of the
/// attack; its ends are ids of groups, or `target` or `source` for the VM asked about. NDJSON and
/// CSV list the groups. Text has the groups hop by hop, each with its edges.
public record SurfacePicture(Environment environment, SurfaceGroups surface) implements Drawn {
  @Override
  public void write(OutputStream out, Format format) throws IOException {
    switch (format) {
      case JSON -> Json.write(out, this::writeJson);
      case NDJSON, CSV -> new Rows().write(out, format, surface.groups()::forEach);
      case TEXT -> writeText(out);
    }
  }

  private boolean isInwards() {
    return surface.direction() == SurfaceGroups.Direction.IN;
  }

  /// The id of a group; no tag can be taken for that of a folded one, which has no hop in front.
  private String id(Group group) {
    return switch (group) {
      case Tagged tagged -> tagged.hop() + ":" + environment.tag(tagged.tag());
      case Others others -> "others-" + hops(others);
    };
  }

  private static String hops(Group group) {
    return group.fromHop() == group.toHop()
        ? Integer.toString(group.fromHop())
        : group.fromHop() + "-" + group.toHop();
  }

  private String id(int place) {
    if (place == SurfaceGroups.THE_VM) {
      return isInwards() ? "target" : "source";
    }
    return id(surface.groups().get(place));
  }

  private int from(Edge edge) {
    return isInwards() ? edge.far() : edge.near();
  }

  private int to(Edge edge) {
    return isInwards() ? edge.near() : edge.far();
  }

  private void writeJson(JsonGenerator json) {
    json.writeStartObject();
    Json.vm(json, environment, surface.vm());
    json.writeStringProperty("direction", isInwards() ? "in" : "out");
    json.writeNumberProperty("total", surface.total());
    json.writeNumberProperty("hops", surface.mostHops());
    json.writeNumberProperty("group_count", surface.groupCount());
    json.writeBooleanProperty("truncated", surface.truncated());
    json.writeArrayPropertyStart("groups");
    surface.groups().forEach(group -> writeGroup(json, group));
    json.writeEndArray();
    json.writeArrayPropertyStart("edges");
    surface.edges().forEach(edge -> writeEdge(json, edge));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeGroup(JsonGenerator json, Group group) {
    json.writeStartObject();
    json.writeStringProperty("id", id(group));
    switch (group) {
      case Tagged tagged -> {
        json.writeNumberProperty("hop", tagged.hop());
        json.writeStringProperty("tag", environment.tag(tagged.tag()));
      }
      case Others others -> {
        json.writeNumberProperty("hop_from", others.fromHop());
        json.writeNumberProperty("hop_to", others.toHop());
        json.writeNumberProperty("folded_groups", others.groups());
      }
    }
    json.writeNumberProperty("vms", group.vms());
    json.writeNumberProperty("carrying", group.carrying());
    JsonDocument.strings(json, "sample", group.sample().stream().map(environment::vmId).toList());
    json.writeEndObject();
  }

  private void writeEdge(JsonGenerator json, Edge edge) {
    json.writeStartObject();
    json.writeStringProperty("from", id(from(edge)));
    json.writeStringProperty("to", id(to(edge)));
    json.writeNumberProperty("vms", edge.vms());
    json.writeNumberProperty("rule_count", edge.ruleCount());
    json.writeArrayPropertyStart("rules");
    edge.rules().forEach(rule -> Rules.json(json, environment.rule(rule)));
    json.writeEndArray();
    json.writeEndObject();
  }

  private final class Rows implements RowFormat<Group> {
    @Override
    public List<String> header() {
      return List.of("id", "hop_from", "hop_to", "tag", "folded_groups", "vms", "carrying");
    }

    @Override
    public void json(JsonGenerator json, Group group) {
      writeGroup(json, group);
    }

    @Override
    public void fields(TextLines line, Group group) {
      line.field(id(group));
      line.field(Integer.toString(group.fromHop())).field(Integer.toString(group.toHop()));
      switch (group) {
        case Tagged tagged -> line.field(environment.tag(tagged.tag())).noField();
        case Others others -> line.noField().field(Integer.toString(others.groups()));
      }
      line.field(Integer.toString(group.vms())).field(Integer.toString(group.carrying()));
    }

    @Override
    public void text(TextLines line, Group group) {
      line.text(id(group));
    }
  }

  private void writeText(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    summary(lines);
    int edge = 0;
    String heading = "";
    for (int place = 0; place < surface.groups().size(); place++) {
      var group = surface.groups().get(place);
      String hops = hops(group);
      if (!hops.equals(heading)) {
        heading = hops;
        lines.words(hops.equals("1") ? "1 hop away" : hops + " hops away");
        lines.end();
      }
      groupLine(lines, group);
      for (; edge < surface.edges().size() && surface.edges().get(edge).far() == place; edge++) {
        edgeLine(lines, surface.edges().get(edge));
      }
    }
    lines.flush();
  }

  private void summary(TextLines lines) throws IOException {
    int total = surface.total();
    lines.vm(environment, surface.vm());
    lines.words(isInwards() ? " can be attacked by " : " can attack ");
    lines.words(total == 0 ? "no other VM" : counted(total, "VM"));
    if (total > 0) {
      lines.words(" over at most " + counted(surface.mostHops(), "hop"));
      lines.words(", in " + counted(surface.groupCount(), "group"));
    }
    lines.end();
  }

  private void groupLine(TextLines lines, Group group) throws IOException {
    lines.words("  ").text(id(group)).words(": " + counted(group.vms(), "VM"));
    switch (group) {
      case Tagged tagged when tagged.carrying() > tagged.vms() ->
          lines.words(", " + (tagged.carrying() - tagged.vms()) + " more counted in other groups");
      case Others others -> lines.words(" of " + counted(others.groups(), "group"));
      case Tagged _ -> {}
    }
    String separator = ": ";
    for (int vm : group.sample()) {
      lines.words(separator).vm(environment, vm);
      separator = ", ";
    }
    lines.words(group.vms() > group.sample().size() ? ", …" : "");
    lines.end();
  }

  private void edgeLine(TextLines lines, Edge edge) throws IOException {
    lines.words(isInwards() ? "    to " : "    from ");
    if (edge.near() == SurfaceGroups.THE_VM) {
      lines.vm(environment, surface.vm());
    } else {
      lines.text(id(edge.near()));
    }
    lines.words(": " + counted(edge.vms(), "VM") + " through ");
    for (int i = 0; i < edge.rules().size(); i++) {
      boolean isLast = i + 1 == edge.ruleCount();
      lines.words(i == 0 ? "" : isLast ? " or " : ", ");
      Rules.text(lines, environment.rule(edge.rules().get(i)));
    }
    int more = edge.ruleCount() - edge.rules().size();
    lines.words(more == 0 ? "" : " or " + counted(more, "more rule"));
    lines.end();
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  @Override
  public void draw(OutputStream out, Drawing drawing) throws IOException {
    var lines = new TextLines(out);
    var form =
        switch (drawing) {
          case DOT -> new Dot(lines);
          case MERMAID -> new Mermaid(lines);
        };
    form.start();
    form.vm("vm", VmLabel.of(environment, surface.vm()));
    for (int place = 0; place < surface.groups().size(); place++) {
      var group = surface.groups().get(place);
      form.group("g" + place, id(group), counted(group.vms(), "VM"));
    }
    for (var edge : surface.edges()) {
      form.edge(
          node(from(edge)),
          node(to(edge)),
          counted(edge.vms(), "VM") + ", " + counted(edge.ruleCount(), "rule"));
    }
    form.end();
    lines.flush();
  }

  private static String node(int place) {
    return place == SurfaceGroups.THE_VM ? "vm" : "g" + place;
  }

  /// A language of drawings.
  private sealed interface Strokes {
    void start() throws IOException;

    void vm(String node, String label) throws IOException;

    void group(String node, String label, String size) throws IOException;

    void edge(String from, String to, String label) throws IOException;

    void end() throws IOException;
  }

  /// Graphviz.
  private record Dot(TextLines lines) implements Strokes {
    @Override
    public void start() throws IOException {
      lines.words("digraph surface {").end();
      lines.words("  rankdir=LR;").end();
      lines.words("  node [shape=box, style=rounded];").end();
    }

    @Override
    public void vm(String node, String label) throws IOException {
      lines.words("  " + node + " [label=\"" + DrawnText.dot(label) + "\", style=bold];").end();
    }

    @Override
    public void group(String node, String label, String size) throws IOException {
      lines.words("  " + node + " [label=\"" + DrawnText.dot(label) + "\\n" + size + "\"];").end();
    }

    @Override
    public void edge(String from, String to, String label) throws IOException {
      lines.words("  " + from + " -> " + to + " [label=\"" + label + "\"];").end();
    }

    @Override
    public void end() throws IOException {
      lines.words("}").end();
    }
  }

  /// A Mermaid flowchart.
  private record Mermaid(TextLines lines) implements Strokes {
    @Override
    public void start() throws IOException {
      lines.words("flowchart LR").end();
    }

    @Override
    public void vm(String node, String label) throws IOException {
      lines.words("  " + node + "([\"" + DrawnText.mermaid(label) + "\"])").end();
    }

    @Override
    public void group(String node, String label, String size) throws IOException {
      lines.words("  " + node + "[\"" + DrawnText.mermaid(label) + "<br/>" + size + "\"]").end();
    }

    @Override
    public void edge(String from, String to, String label) throws IOException {
      lines.words("  " + from + " -->|\"" + label + "\"| " + to).end();
    }

    @Override
    public void end() {}
  }
}
