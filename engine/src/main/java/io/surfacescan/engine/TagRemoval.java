package io.surfacescan.engine;

/// How many attackers are lost when no VM carries a tag any more. Not thread-safe.
///
/// The tag is two nodes of the flow graph, its source and its destination role, and an attacker is
/// lost if every way to it goes over one or the other. Only what stands below them in the tree of
/// shortest ways can be lost, so only that is searched: from what a node outside still leads to.
final class TagRemoval {
  private final FlowGraph flow;
  private final RootedTree shortest;

  /// Per node, whether a way was found that goes round the tag; false again after each question.
  private final boolean[] kept;

  private final int[] keptNodes;
  private int keptCount;
  private int weightLeft;

  TagRemoval(FlowGraph flow, RootedTree shortest) {
    this.flow = flow;
    this.shortest = shortest;
    this.kept = new boolean[flow.nodeCount()];
    this.keptNodes = new int[flow.nodeCount()];
  }

  /// The exact loss, or anything below `least` if it is below it.
  ///
  /// @param source the node of the tag's source role
  /// @param dest the node of its destination role
  int loss(int source, int dest, long least) {
    weightLeft = shortest.weightBelow(source, dest);
    boolean destCovered = shortest.isBelow(dest, source);
    boolean sourceCovered = shortest.isBelow(source, dest);
    if (!sourceCovered) {
      keepBelow(source, source, dest, least);
    }
    if (!destCovered) {
      keepBelow(dest, source, dest, least);
    }
    for (int i = 0; i < keptCount; i++) {
      kept[keptNodes[i]] = false;
    }
    keptCount = 0;
    return weightLeft;
  }

  /// Keeps whatever below the node has a way from outside.
  private void keepBelow(int top, int source, int dest, long least) {
    for (int place = shortest.firsts()[top]; place < shortest.ends()[top]; place++) {
      int node = shortest.nodes()[place];
      if (!kept[node] && node != source && node != dest && isLedToFromOutside(node, source, dest)) {
        int next = keptCount;
        keep(node);
        for (; next < keptCount && weightLeft >= least; next++) {
          keepSuccessors(keptNodes[next], source, dest);
        }
      }
      if (weightLeft < least) {
        return;
      }
    }
  }

  private boolean isLedToFromOutside(int node, int source, int dest) {
    var predecessors = flow.predecessors();
    for (int i = predecessors.start(node); i < predecessors.end(node); i++) {
      int predecessor = predecessors.target(i);
      if (!shortest.isBelow(predecessor, source) && !shortest.isBelow(predecessor, dest)) {
        return true;
      }
    }
    return false;
  }

  private void keepSuccessors(int node, int source, int dest) {
    var successors = flow.successors();
    for (int i = successors.start(node); i < successors.end(node); i++) {
      int successor = successors.target(i);
      if (!kept[successor]
          && successor != source
          && successor != dest
          && (shortest.isBelow(successor, source) || shortest.isBelow(successor, dest))) {
        keep(successor);
      }
    }
  }

  private void keep(int node) {
    kept[node] = true;
    keptNodes[keptCount++] = node;
    weightLeft -= flow.weights()[node];
  }
}
