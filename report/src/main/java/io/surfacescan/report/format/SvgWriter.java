package io.surfacescan.report.format;

import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Draws answers as SVG: columns from left to right, one for each distance from the subject, with
/// nodes as cards and edges as curves between them. What is longer than a card is cut there, and
/// whole in the title that a pointer shows.
final class SvgWriter {
  /// The look of a picture, of classes alone, so that a strict page needs no style within it.
  static final String STYLE =
      ".picture text{font:12px system-ui,sans-serif;fill:#1b2733}"
          + ".picture .ground{fill:#fff}"
          + ".picture .card{fill:#f2f6f9;stroke:#5b7283}"
          + ".picture .subject{fill:#fdeedd;stroke:#a85b00;stroke-width:2}"
          + ".picture .name{font-weight:600}"
          + ".picture .edge{fill:none;stroke:#5b7283;stroke-width:1.5;stroke-opacity:.7}"
          + ".picture .head{fill:#5b7283}"
          + "@media (prefers-color-scheme:dark){"
          + ".picture text{fill:#e8eef2}.picture .ground{fill:#14191d}"
          + ".picture .card{fill:#1f282e;stroke:#8ba3b3}"
          + ".picture .subject{fill:#3a2a15;stroke:#e0a050}"
          + ".picture .edge{stroke:#8ba3b3}.picture .head{fill:#8ba3b3}}";

  private static final int CARD_WIDTH = 210;
  private static final int CARD_HEIGHT = 44;
  private static final int COLUMN_WIDTH = 300;
  private static final int ROW_HEIGHT = 58;
  private static final int MARGIN = 16;

  /// More nodes and edges than these are not drawn, but counted below the picture.
  private static final int NODES_MOST = 530;

  private static final int EDGES_MOST = 1_000;

  /// With more edges than this, only their titles say what stands on them.
  private static final int LABELLED_EDGES_MOST = 8;

  private static final int CARD_CHARACTERS = 25;
  private static final int TITLE_CHARACTERS = 150;

  private final Graph graph;
  private final List<Graph.Node> nodes;
  private final Map<String, Integer> places = new HashMap<>();

  /// Per node, its column from the left, and its place in it from the top.
  private final int[] columns;

  private final int[] rows;
  private int[] rowCounts = {};

  private SvgWriter(Graph graph) {
    this.graph = graph;
    this.nodes = graph.nodes().subList(0, Math.min(graph.nodes().size(), NODES_MOST));
    for (int node = 0; node < nodes.size(); node++) {
      places.put(nodes.get(node).id(), node);
    }
    this.columns = new int[nodes.size()];
    this.rows = new int[nodes.size()];
    layOut();
  }

  static void write(Document document, OutputStream out) throws IOException {
    var svg = new Markup();
    draw(document.picture().orElseThrow(), svg, true);
    svg.tags("\n");
    out.write(svg.utf8());
  }

  /// @param isAlone whether it is a file of its own, with its look in it
  static void draw(Graph graph, Markup svg, boolean isAlone) {
    new SvgWriter(graph).draw(svg, isAlone);
  }

  private void layOut() {
    int[] distances = distances();
    int farthest = Arrays.stream(distances).max().orElse(0);
    boolean isTowardsSubject =
        graph.edges().stream()
            .anyMatch(edge -> isSubject(edge.to()) && !edge.from().equals(edge.to()));
    rowCounts = new int[farthest + 1];
    for (int node = 0; node < columns.length; node++) {
      columns[node] = isTowardsSubject ? farthest - distances[node] : distances[node];
      rows[node] = rowCounts[columns[node]]++;
    }
  }

  private boolean isSubject(String id) {
    var place = places.get(id);
    return place != null && nodes.get(place).isSubject();
  }

  /// The edges between each node and the subject, else the first node; nodes without a way to it
  /// stand beyond the farthest.
  private int[] distances() {
    var neighbours = new ArrayList<List<Integer>>();
    nodes.forEach(ignored -> neighbours.add(new ArrayList<>()));
    for (var edge : graph.edges()) {
      var from = places.get(edge.from());
      var to = places.get(edge.to());
      if (from != null && to != null) {
        neighbours.get(from).add(to);
        neighbours.get(to).add(from);
      }
    }
    int[] distances = new int[nodes.size()];
    Arrays.fill(distances, -1);
    int start = 0;
    for (int node = nodes.size() - 1; node >= 0; node--) {
      start = nodes.get(node).isSubject() ? node : start;
    }
    int farthest = 0;
    var waiting = new ArrayDeque<Integer>();
    if (!nodes.isEmpty()) {
      distances[start] = 0;
      waiting.add(start);
    }
    while (!waiting.isEmpty()) {
      int node = waiting.remove();
      farthest = Math.max(farthest, distances[node]);
      for (int next : neighbours.get(node)) {
        if (distances[next] < 0) {
          distances[next] = distances[node] + 1;
          waiting.add(next);
        }
      }
    }
    for (int node = 0; node < distances.length; node++) {
      distances[node] = distances[node] < 0 ? farthest + 1 : distances[node];
    }
    return distances;
  }

  private int x(int node) {
    return MARGIN + columns[node] * COLUMN_WIDTH;
  }

  /// Columns with fewer cards stand in the middle.
  private int y(int node) {
    int most = Arrays.stream(rowCounts).max().orElse(0);
    int free = (most - rowCounts[columns[node]]) * ROW_HEIGHT / 2;
    return MARGIN + free + rows[node] * ROW_HEIGHT;
  }

  private void draw(Markup svg, boolean isAlone) {
    int width = 2 * MARGIN + Math.max(0, rowCounts.length - 1) * COLUMN_WIDTH + CARD_WIDTH;
    int most = Arrays.stream(rowCounts).max().orElse(0);
    String rest = rest();
    int height = 2 * MARGIN + most * ROW_HEIGHT + (rest.isEmpty() ? 0 : 20);
    svg.tags(isAlone ? "<svg xmlns=\"http://www.w3.org/2000/svg\"" : "<svg");
    svg.tags(" viewBox=\"0 0 " + width + " " + height + "\"");
    svg.number("width", width).number("height", height);
    svg.tags(" class=\"picture\" role=\"img\" aria-label=\"" + graph.name() + "\">\n");
    svg.tags(isAlone ? "<style>" + STYLE + "</style>\n" : "");
    svg.tags(
        "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\""
            + " markerHeight=\"7\" orient=\"auto\"><path class=\"head\" d=\"M0 0L8 4L0 8z\"/></marker>"
            + "</defs>\n");
    svg.tags("<rect class=\"ground\"").number("width", width).number("height", height);
    svg.tags("/>\n");
    graph.edges().stream().limit(EDGES_MOST).forEach(edge -> drawEdge(svg, edge));
    for (int node = 0; node < nodes.size(); node++) {
      drawNode(svg, node);
    }
    if (!rest.isEmpty()) {
      svg.tags("<text").number("x", MARGIN).number("y", height - MARGIN);
      svg.tags(">" + rest + "</text>\n");
    }
    svg.tags("</svg>");
  }

  private String rest() {
    int moreNodes = graph.nodes().size() - nodes.size();
    int moreEdges = Math.max(0, graph.edges().size() - EDGES_MOST);
    return moreNodes + moreEdges == 0
        ? ""
        : "Not drawn: " + moreNodes + " more cards, " + moreEdges + " more lines";
  }

  private void drawNode(Markup svg, int place) {
    var node = nodes.get(place);
    int x = x(place);
    int y = y(place);
    svg.tags("<g><title>").text(title(node.labels()), TITLE_CHARACTERS).tags("</title>");
    svg.tags(node.isSubject() ? "<rect class=\"subject\"" : "<rect class=\"card\"");
    svg.number("x", x).number("y", y).number("width", CARD_WIDTH).number("height", CARD_HEIGHT);
    svg.number("rx", graph.isRounded() ? 8 : 2).tags("/>");
    boolean isOneLine = node.labels().size() < 2;
    for (int line = 0; line < Math.min(2, node.labels().size()); line++) {
      int base = y + (isOneLine ? 27 : 18 + 17 * line);
      svg.tags(line == 0 ? "<text class=\"name\"" : "<text");
      svg.number("x", x + 10).number("y", base).tags(">");
      svg.labels(node.labels().subList(line, line + 1), CARD_CHARACTERS).tags("</text>");
    }
    svg.tags("</g>\n");
  }

  private void drawEdge(Markup svg, Graph.Edge edge) {
    var from = places.get(edge.from());
    var to = places.get(edge.to());
    if (from == null || to == null) {
      return;
    }
    boolean isForwards = columns[from] < columns[to];
    boolean isWithin = columns[from] == columns[to];
    int startX = x(from) + (isForwards || isWithin ? CARD_WIDTH : 0);
    int startY = y(from) + CARD_HEIGHT / 2 - (from.equals(to) ? 10 : 0);
    int endX = x(to) + (isForwards ? 0 : CARD_WIDTH);
    int endY = y(to) + CARD_HEIGHT / 2 + (from.equals(to) ? 10 : 0);
    int bend = isWithin ? 40 : Math.abs(endX - startX) / 2;
    int firstX = startX + (isForwards || isWithin ? bend : -bend);
    int secondX = endX + (isForwards ? -bend : bend);
    svg.tags("<g><title>").text(title(edge.labels()), TITLE_CHARACTERS).tags("</title>");
    svg.tags("<path class=\"edge\" marker-end=\"url(#head)\" d=\"M" + startX + " " + startY);
    svg.tags("C" + firstX + " " + startY + " " + secondX + " " + endY);
    svg.tags(" " + endX + " " + endY + "\"/>");
    if (graph.edges().size() <= LABELLED_EDGES_MOST && !edge.labels().isEmpty() && !isWithin) {
      svg.tags("<text text-anchor=\"middle\"").number("x", (startX + endX) / 2);
      svg.number("y", (startY + endY) / 2 - 4).tags(">");
      svg.labels(edge.labels().subList(0, 1), 16).tags("</text>");
    }
    svg.tags("</g>\n");
  }

  private static String title(List<Graph.Label> labels) {
    return Graph.Label.all(labels, ", ", TerminalText::plain);
  }
}
