package io.surfacescan.report;

import io.surfacescan.engine.AttackPath;
import io.surfacescan.model.Environment;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.report.format.Drawing;
import io.surfacescan.report.format.DrawnText;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.VmLabel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Attack paths as a picture: a node per VM, an edge per direct attack, labelled with the rules
/// that allow it. What several paths share is drawn once, in the order in which they come to it.
final class PathDrawing {
  private record Edge(int from, int to) {}

  private final Environment environment;

  /// The nodes, each with its number.
  private final Map<Integer, Integer> nodes = new LinkedHashMap<>();

  private final Map<Edge, List<Integer>> rules = new LinkedHashMap<>();

  /// @param from drawn even if no path starts there
  /// @param to drawn even if no path ends there
  PathDrawing(Environment environment, int from, int to, List<AttackPath> paths) {
    this.environment = environment;
    add(from);
    for (var path : paths) {
      for (var hop : path.hops()) {
        add(hop.to());
        rules.putIfAbsent(new Edge(hop.from(), hop.to()), hop.rules());
      }
    }
    add(to);
  }

  private PathDrawing(Environment environment) {
    this.environment = environment;
  }

  /// A picture of no VM.
  static PathDrawing none(Environment environment) {
    return new PathDrawing(environment);
  }

  private void add(int vm) {
    nodes.putIfAbsent(vm, nodes.size());
  }

  void write(OutputStream out, Drawing drawing) throws IOException {
    var lines = new TextLines(out);
    switch (drawing) {
      case DOT -> writeDot(lines);
      case MERMAID -> writeMermaid(lines);
    }
    lines.flush();
  }

  private void writeDot(TextLines lines) throws IOException {
    lines.words("digraph path {").end();
    lines.words("  rankdir=LR;").end();
    lines.words("  node [shape=box];").end();
    for (var node : nodes.entrySet()) {
      String label = DrawnText.dot(VmLabel.of(environment, node.getKey()));
      lines.words("  n" + node.getValue() + " [label=\"" + label + "\"];").end();
    }
    for (var edge : rules.entrySet()) {
      String label = label(edge.getValue(), DrawnText::dot, "\\n");
      lines.words("  " + arrow(edge.getKey(), " -> ") + " [label=\"" + label + "\"];").end();
    }
    lines.words("}").end();
  }

  private void writeMermaid(TextLines lines) throws IOException {
    lines.words("flowchart LR").end();
    for (var node : nodes.entrySet()) {
      String label = DrawnText.mermaid(VmLabel.of(environment, node.getKey()));
      lines.words("  n" + node.getValue() + "[\"" + label + "\"]").end();
    }
    for (var edge : rules.entrySet()) {
      String label = label(edge.getValue(), DrawnText::mermaid, "<br/>");
      lines.words("  " + arrow(edge.getKey(), " -->|\"" + label + "\"| ")).end();
    }
  }

  private String arrow(Edge edge, String between) {
    return "n" + nodes.get(edge.from()) + between + "n" + nodes.get(edge.to());
  }

  private String label(List<Integer> allowing, UnaryOperator<String> escape, String lineBreak) {
    return allowing.stream()
        .map(rule -> escape.apply(words(environment.rule(rule))))
        .collect(Collectors.joining(lineBreak));
  }

  /// As [Rules#text].
  private static String words(FirewallRule rule) {
    return rule.id().orElse("a rule without id")
        + " ("
        + rule.sourceTag()
        + " -> "
        + rule.destTag()
        + ")";
  }
}
