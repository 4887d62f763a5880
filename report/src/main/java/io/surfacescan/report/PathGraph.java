package io.surfacescan.report;

import static java.util.Objects.requireNonNull;

import io.surfacescan.engine.AttackPath;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Graph;
import io.surfacescan.report.format.Graph.Label;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.VmLabel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Attack paths as a picture: a node per VM, an edge per direct attack, labelled with the rules
/// that allow it. What several paths share is drawn once, in the order in which they come to it.
final class PathGraph {
  /// Without a VM.
  static final Graph NONE = new Graph("path", false, List.of(), List.of());

  private final Environment environment;
  private final List<Graph.Node> nodes = new ArrayList<>();
  private final List<Graph.Edge> edges = new ArrayList<>();

  /// By VM, the id of its node.
  private final Map<Integer, String> ids = new HashMap<>();

  private PathGraph(Environment environment) {
    this.environment = environment;
  }

  /// @param from drawn even if no path starts there
  /// @param to drawn even if no path ends there
  static Graph of(Environment environment, int from, int to, List<AttackPath> paths) {
    var graph = new PathGraph(environment);
    var drawn = new HashSet<List<Integer>>();
    graph.addNode(from);
    for (var path : paths) {
      path.hops().forEach(hop -> graph.add(hop, drawn));
    }
    graph.addNode(to);
    return new Graph("path", false, graph.nodes, graph.edges);
  }

  private void add(AttackPath.Hop hop, Set<List<Integer>> drawn) {
    addNode(hop.to());
    if (drawn.add(List.of(hop.from(), hop.to()))) {
      var labels =
          hop.rules().stream().map(rule -> Label.text(Rules.words(environment, rule))).toList();
      edges.add(new Graph.Edge(id(hop.from()), id(hop.to()), labels));
    }
  }

  private void addNode(int vm) {
    if (ids.putIfAbsent(vm, "n" + ids.size()) == null) {
      nodes.add(new Graph.Node(id(vm), List.of(Label.text(VmLabel.of(environment, vm))), false));
    }
  }

  private String id(int vm) {
    return requireNonNull(ids.get(vm));
  }
}
