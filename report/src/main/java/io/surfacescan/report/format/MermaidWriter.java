package io.surfacescan.report.format;

import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Draws answers as Mermaid flowcharts.
final class MermaidWriter {
  private MermaidWriter() {}

  static void write(Document document, OutputStream out) throws IOException {
    var graph = document.picture().orElseThrow();
    var lines = new TextLines(out);
    lines.words("flowchart LR").end();
    for (var node : graph.nodes()) {
      String label = label(node.labels());
      lines.words("  " + node.id() + (node.isSubject() ? "([" + label + "])" : "[" + label + "]"));
      lines.end();
    }
    for (var edge : graph.edges()) {
      lines.words("  " + edge.from() + " -->|" + label(edge.labels()) + "| " + edge.to()).end();
    }
    lines.flush();
  }

  private static String label(List<Graph.Label> labels) {
    return "\"" + Graph.Label.all(labels, "<br/>", MermaidWriter::escaped) + "\"";
  }

  /// Some punctuation is read as Markdown, HTML or the end of a statement even inside quotes: all
  /// ASCII but letters, digits and the harmless is written as `#` code `;`.
  private static String escaped(String text) {
    var drawn = new StringBuilder();
    TerminalText.plain(text)
        .codePoints()
        .forEach(c -> {
          if (c >= 0x80 || isHarmless(c)) {
            drawn.appendCodePoint(c);
          } else {
            drawn.append('#').append(c).append(';');
          }
        });
    return drawn.toString();
  }

  private static boolean isHarmless(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || " -./:()".indexOf(c) >= 0;
  }
}
