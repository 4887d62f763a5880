package io.surfacescan.report.format;

import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Draws answers in the language of Graphviz.
final class DotWriter {
  private DotWriter() {}

  static void write(Document document, OutputStream out) throws IOException {
    var graph = document.picture().orElseThrow();
    var lines = new TextLines(out);
    lines.words("digraph " + graph.name() + " {").end();
    lines.words("  rankdir=LR;").end();
    lines.words(graph.isRounded() ? "  node [shape=box, style=rounded];" : "  node [shape=box];");
    lines.end();
    for (var node : graph.nodes()) {
      lines.words("  " + node.id() + label(node.labels()));
      lines.words(node.isSubject() ? ", style=bold];" : "];").end();
    }
    for (var edge : graph.edges()) {
      lines.words("  " + edge.from() + " -> " + edge.to() + label(edge.labels()) + "];").end();
    }
    lines.words("}").end();
    lines.flush();
  }

  private static String label(List<Graph.Label> labels) {
    return " [label=\"" + Graph.Label.all(labels, "\\n", DotWriter::escaped) + "\"";
  }

  /// A backslash starts an escape and `&` an HTML entity, inside quotes too.
  private static String escaped(String text) {
    return TerminalText.plain(text)
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("&", "&amp;");
  }
}
