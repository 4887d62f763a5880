package io.surfacescan.engine;

import java.util.Arrays;

/// Which nodes of a flow graph no way from its root, node 0, can leave out.
///
/// T. Lengauer, R. E. Tarjan, *A Fast Algorithm for Finding Dominators in a Flowgraph*, ACM TOPLAS
/// 1(1), 1979, in the version with path compression alone, O(edges x log nodes), without its
/// recursion. Each bucket is emptied when its own node's turn comes, as in L. Georgiadis, R. E.
/// Tarjan, R. F. Werneck, *Finding Dominators in Practice*, JGAA 10(1), 2006.
///
/// @param parents per node, the last other node that all ways to it have in common; the root for
///   the root, [#UNREACHED] for nodes that no way leads to
/// @param dominated per node, the weights of all nodes that it dominates, itself included; 0 if no
///   way leads to it
record Dominators(int[] parents, int[] dominated) {
  static final int UNREACHED = -1;

  /// No node is left out.
  static final int NO_NODE = -1;

  /// The dominators of all nodes that the root reaches without one of them.
  ///
  /// @param leftOut another node than the root, or [#NO_NODE]
  /// @throws DeadlinePassed if it did
  static Dominators of(FlowGraph flow, int leftOut, Deadline deadline) {
    var search = new DepthFirst(flow.successors(), leftOut);
    deadline.check();
    int[] dominators = new LengauerTarjan(flow.predecessors(), search, deadline).run();
    int[] parents = new int[flow.nodeCount()];
    Arrays.fill(parents, UNREACHED);
    int[] dominated = new int[flow.nodeCount()];
    for (int number = search.count - 1; number >= 0; number--) {
      int node = search.nodes[number];
      int parent = search.nodes[dominators[number]];
      parents[node] = parent;
      dominated[node] += flow.weights()[node];
      if (number > 0) {
        dominated[parent] += dominated[node];
      }
    }
    return new Dominators(parents, dominated);
  }

  /// Numbers the nodes in the order in which a depth-first search enters them.
  private static final class DepthFirst {
    static final int UNSEEN = -1;

    final int[] nodes;
    final int[] numbers;

    /// Per number, the number of the node from which it was entered.
    final int[] parents;

    int count;

    DepthFirst(Adjacency graph, int leftOut) {
      nodes = new int[graph.nodeCount()];
      numbers = new int[graph.nodeCount()];
      parents = new int[graph.nodeCount()];
      Arrays.fill(numbers, UNSEEN);
      int[] nextEdge = Arrays.copyOf(graph.starts(), graph.nodeCount());
      int[] path = new int[graph.nodeCount()];
      int depth = 0;
      path[depth++] = enter(FlowGraph.ROOT, UNSEEN);
      while (depth > 0) {
        int node = path[depth - 1];
        if (nextEdge[node] == graph.end(node)) {
          depth--;
          continue;
        }
        int target = graph.target(nextEdge[node]++);
        if (numbers[target] == UNSEEN && target != leftOut) {
          path[depth++] = enter(target, numbers[node]);
        }
      }
    }

    private int enter(int node, int parent) {
      parents[count] = parent;
      nodes[count] = node;
      numbers[node] = count++;
      return node;
    }
  }

  /// Nodes are meant by their depth-first numbers.
  private static final class LengauerTarjan {
    private static final int NONE = -1;
    private static final int DEADLINE_STEPS = 1 << 14;

    /// Where the facts about a node stand in `facts`, side by side because they are asked for
    /// together, of nodes far apart.
    private static final int FACTS = 4;

    /// The lowest node from which a way leads here over higher numbers only.
    private static final int SEMIDOMINATOR = 0;

    /// In the forest of nodes that had their turn: a node nearer to the root of its tree, at first
    /// the depth-first parent.
    private static final int ANCESTOR = 1;

    /// The node of lowest semidominator between here and the ancestor.
    private static final int LABEL = 2;

    private final Adjacency predecessors;
    private final DepthFirst search;
    private final Deadline deadline;
    private final int[] facts;

    /// The first node whose semidominator this is, and per node the next one.
    private final int[] buckets;

    private final int[] nextInBucket;
    private final int[] dominators;
    private final int[] compressed;

    LengauerTarjan(Adjacency predecessors, DepthFirst search, Deadline deadline) {
      this.predecessors = predecessors;
      this.search = search;
      this.deadline = deadline;
      int count = search.count;
      facts = new int[Math.multiplyExact(FACTS, count)];
      buckets = new int[count];
      nextInBucket = new int[count];
      dominators = new int[count];
      compressed = new int[count];
      for (int node = 0; node < count; node++) {
        set(node, SEMIDOMINATOR, node);
        set(node, ANCESTOR, search.parents[node]);
        set(node, LABEL, node);
        buckets[node] = NONE;
      }
    }

    private int get(int node, int fact) {
      return facts[FACTS * node + fact];
    }

    private void set(int node, int fact, int value) {
      facts[FACTS * node + fact] = value;
    }

    int[] run() {
      for (int node = search.count - 1; node > 0; node--) {
        if (node % DEADLINE_STEPS == 0) {
          deadline.check();
        }
        emptyBucket(node);
        int semidominator = semidominator(node);
        set(node, SEMIDOMINATOR, semidominator);
        nextInBucket[node] = buckets[semidominator];
        buckets[semidominator] = node;
      }
      // What is left in the root's bucket is dominated by the root, 0, as all start out.
      for (int node = 1; node < search.count; node++) {
        if (dominators[node] != get(node, SEMIDOMINATOR)) {
          dominators[node] = dominators[dominators[node]];
        }
      }
      return dominators;
    }

    private void emptyBucket(int semidominator) {
      for (int node = buckets[semidominator]; node != NONE; node = nextInBucket[node]) {
        int lowest = lowestAbove(node, semidominator);
        dominators[node] = get(lowest, SEMIDOMINATOR) < semidominator ? lowest : semidominator;
      }
    }

    private int semidominator(int node) {
      int lowest = node;
      int place = search.nodes[node];
      for (int i = predecessors.start(place); i < predecessors.end(place); i++) {
        int predecessor = search.numbers[predecessors.target(i)];
        if (predecessor != DepthFirst.UNSEEN) {
          lowest = Math.min(lowest, get(lowestAbove(predecessor, node), SEMIDOMINATOR));
        }
      }
      return lowest;
    }

    /// The node of lowest semidominator from here up to its highest ancestor that had its turn
    /// before `turn`; the node itself if it had not.
    private int lowestAbove(int node, int turn) {
      if (get(node, ANCESTOR) <= turn) {
        return get(node, LABEL);
      }
      int depth = 0;
      int top = node;
      for (int above = get(top, ANCESTOR); above > turn; above = get(top, ANCESTOR)) {
        compressed[depth++] = top;
        top = above;
      }
      int ancestor = get(top, ANCESTOR);
      int lowest = get(top, LABEL);
      while (depth > 0) {
        int below = compressed[--depth];
        int label = get(below, LABEL);
        if (get(lowest, SEMIDOMINATOR) < get(label, SEMIDOMINATOR)) {
          set(below, LABEL, lowest);
        } else {
          lowest = label;
        }
        set(below, ANCESTOR, ancestor);
      }
      return lowest;
    }
  }
}
