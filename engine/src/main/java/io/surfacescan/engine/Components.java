package io.surfacescan.engine;

import java.util.Arrays;

/// The strongly connected components of a graph, numbered in topological order: an edge between two
/// components leads from the lower number to the higher.
///
/// R. Tarjan, *Depth-First Search and Linear Graph Algorithms*, SIAM J. Comput. 1(2), 1972, with
/// the recursion unrolled into arrays: a chain of a million roles is an ordinary input. Linear in
/// nodes and edges.
///
/// @param ofNode the component of each node
/// @param count the number of components
record Components(int[] ofNode, int count) {
  static Components of(Adjacency graph) {
    return new Search(graph).run();
  }

  /// Per component, the components that have an edge to it, each once.
  Adjacency predecessors(Adjacency graph) {
    var builder = new Adjacency.Builder(count);
    for (int node = 0; node < graph.nodeCount(); node++) {
      for (int edge = graph.start(node); edge < graph.end(node); edge++) {
        if (ofNode[node] != ofNode[graph.target(edge)]) {
          builder.announce(ofNode[graph.target(edge)]);
        }
      }
    }
    builder.startAdding();
    for (int node = 0; node < graph.nodeCount(); node++) {
      for (int edge = graph.start(node); edge < graph.end(node); edge++) {
        if (ofNode[node] != ofNode[graph.target(edge)]) {
          builder.add(ofNode[graph.target(edge)], ofNode[node]);
        }
      }
    }
    return withoutRepeats(builder.build());
  }

  private Adjacency withoutRepeats(Adjacency graph) {
    int[] seenFor = new int[count];
    Arrays.fill(seenFor, -1);
    int[] starts = new int[count + 1];
    int[] targets = new int[graph.targets().length];
    int kept = 0;
    for (int component = 0; component < count; component++) {
      for (int edge = graph.start(component); edge < graph.end(component); edge++) {
        int predecessor = graph.target(edge);
        if (seenFor[predecessor] != component) {
          seenFor[predecessor] = component;
          targets[kept++] = predecessor;
        }
      }
      starts[component + 1] = kept;
    }
    return new Adjacency(starts, Arrays.copyOf(targets, kept));
  }

  private static final class Search {
    private static final int UNSEEN = 0;

    private final Adjacency graph;

    /// When a node was first seen, from 1; lowered to the earliest node on the stack that it
    /// reaches.
    private final int[] low;

    private final int[] nextEdge;

    /// Nodes whose component is still open, in the order seen.
    private final int[] open;

    private int openCount;

    /// The nodes from the root of the search to the present one.
    private final int[] path;

    private int depth;
    private int seen;
    private final int[] component;
    private int components;

    Search(Adjacency graph) {
      this.graph = graph;
      int nodes = graph.nodeCount();
      low = new int[nodes];
      nextEdge = Arrays.copyOf(graph.starts(), nodes);
      open = new int[nodes];
      path = new int[nodes];
      component = new int[nodes];
      Arrays.fill(component, -1);
    }

    Components run() {
      int[] seenAt = new int[graph.nodeCount()];
      for (int root = 0; root < graph.nodeCount(); root++) {
        if (seenAt[root] == UNSEEN) {
          searchFrom(root, seenAt);
        }
      }
      // Tarjan closes a component after all that it reaches: counted from the end, that is a
      // topological order.
      for (int node = 0; node < component.length; node++) {
        component[node] = components - 1 - component[node];
      }
      return new Components(component, components);
    }

    private void searchFrom(int root, int[] seenAt) {
      enter(root, seenAt);
      while (depth > 0) {
        int node = path[depth - 1];
        if (nextEdge[node] == graph.end(node)) {
          leave(node, seenAt);
          continue;
        }
        int target = graph.target(nextEdge[node]++);
        if (seenAt[target] == UNSEEN) {
          enter(target, seenAt);
        } else if (component[target] < 0) {
          low[node] = Math.min(low[node], seenAt[target]);
        }
      }
    }

    private void enter(int node, int[] seenAt) {
      seenAt[node] = ++seen;
      low[node] = seen;
      open[openCount++] = node;
      path[depth++] = node;
    }

    private void leave(int node, int[] seenAt) {
      depth--;
      if (depth > 0) {
        int parent = path[depth - 1];
        low[parent] = Math.min(low[parent], low[node]);
      }
      if (low[node] == seenAt[node]) {
        int member;
        do {
          member = open[--openCount];
          component[member] = components;
        } while (member != node);
        components++;
      }
    }
  }
}
