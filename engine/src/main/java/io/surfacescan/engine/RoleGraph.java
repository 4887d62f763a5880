package io.surfacescan.engine;

import io.surfacescan.model.IntLists;
import java.util.Arrays;

/// The graph whose paths are attacks: nodes are the roles that tags play, edges are rules and
/// classes.
///
/// `S(t)` exists if a live rule starts at tag t, `D(t)` if one ends at it. Rule (s, d) is the edge
/// `S(s) -> D(d)`. A class that holds d and s is the edge `D(d) -> S(s)`. Because those edges pass
/// only through classes that exist, a bridge over a VM that holds both tags is found, and one over
/// a tag that nobody carries is not.
///
/// A class with many roles would need the product of its destination and source roles in edges;
/// beyond [#MAX_PAIR_EDGES] it gets one hub node instead.
record RoleGraph(int[] sourceNode, int[] destNode, Adjacency edges) {
  static final int MAX_PAIR_EDGES = 64;
  static final int NO_NODE = -1;

  static RoleGraph of(LiveRules rules, IntLists classes, int tagCount, int maxPairEdges) {
    int[] sourceNode = new int[tagCount];
    int[] destNode = new int[tagCount];
    Arrays.fill(sourceNode, NO_NODE);
    Arrays.fill(destNode, NO_NODE);
    int nodes = 0;
    for (int tag = 0; tag < tagCount; tag++) {
      if (rules.startsAt(tag)) {
        sourceNode[tag] = nodes++;
      }
      if (rules.endsAt(tag)) {
        destNode[tag] = nodes++;
      }
    }
    var edges = new Edges(rules, classes, sourceNode, destNode, nodes, maxPairEdges);
    return new RoleGraph(sourceNode, destNode, edges.adjacency());
  }

  /// Walks all edges twice, once to count and once to keep them: they are never held in another
  /// form.
  private static final class Edges {
    private final LiveRules rules;
    private final IntLists classes;
    private final int[] sourceNode;
    private final int[] destNode;
    private final int roleCount;
    private final int maxPairEdges;

    Edges(
        LiveRules rules,
        IntLists classes,
        int[] sourceNode,
        int[] destNode,
        int roleCount,
        int maxPairEdges) {
      this.rules = rules;
      this.classes = classes;
      this.sourceNode = sourceNode;
      this.destNode = destNode;
      this.roleCount = roleCount;
      this.maxPairEdges = maxPairEdges;
    }

    interface Consumer {
      void edge(int from, int to);
    }

    Adjacency adjacency() {
      var builder = new Adjacency.Builder(roleCount + hubCount());
      forEach((from, to) -> builder.announce(from));
      builder.startAdding();
      forEach(builder::add);
      return builder.build();
    }

    private int hubCount() {
      int hubs = 0;
      for (int vmClass = 0; vmClass < classes.size(); vmClass++) {
        hubs += needsHub(vmClass) ? 1 : 0;
      }
      return hubs;
    }

    private boolean needsHub(int vmClass) {
      long sources = 0;
      long dests = 0;
      for (int i = classes.start(vmClass); i < classes.end(vmClass); i++) {
        sources += sourceNode[classes.value(i)] == NO_NODE ? 0 : 1;
        dests += destNode[classes.value(i)] == NO_NODE ? 0 : 1;
      }
      return sources * dests > maxPairEdges;
    }

    private void forEach(Consumer consumer) {
      for (int tag = 0; tag < sourceNode.length; tag++) {
        forEachRuleEdge(tag, consumer);
      }
      int hub = roleCount;
      for (int vmClass = 0; vmClass < classes.size(); vmClass++) {
        if (needsHub(vmClass)) {
          forEachHubEdge(vmClass, hub++, consumer);
        } else {
          forEachPairEdge(vmClass, consumer);
        }
      }
    }

    private void forEachRuleEdge(int source, Consumer consumer) {
      int previous = NO_NODE;
      for (int i = rules.bySource().start(source); i < rules.bySource().end(source); i++) {
        int dest = rules.bySource().otherTag(i);
        if (dest != previous) {
          consumer.edge(sourceNode[source], destNode[dest]);
        }
        previous = dest;
      }
    }

    private void forEachHubEdge(int vmClass, int hub, Consumer consumer) {
      for (int i = classes.start(vmClass); i < classes.end(vmClass); i++) {
        int tag = classes.value(i);
        if (destNode[tag] != NO_NODE) {
          consumer.edge(destNode[tag], hub);
        }
        if (sourceNode[tag] != NO_NODE) {
          consumer.edge(hub, sourceNode[tag]);
        }
      }
    }

    private void forEachPairEdge(int vmClass, Consumer consumer) {
      for (int i = classes.start(vmClass); i < classes.end(vmClass); i++) {
        int dest = destNode[classes.value(i)];
        if (dest == NO_NODE) {
          continue;
        }
        for (int j = classes.start(vmClass); j < classes.end(vmClass); j++) {
          int source = sourceNode[classes.value(j)];
          if (source != NO_NODE) {
            consumer.edge(dest, source);
          }
        }
      }
    }
  }
}
