package io.surfacescan.engine;

/// A tree over weighted nodes, laid out so that whatever is below a node stands side by side.
///
/// @param nodes the nodes in preorder
/// @param firsts per node, its place in `nodes`; all below it follow
/// @param ends per node, the place after the last one below it
/// @param weights per node, the weights of all below it, its own included
record RootedTree(int[] nodes, int[] firsts, int[] ends, int[] weights) {
  /// @param parents per node, a node of lower number; node 0 is the root
  static RootedTree of(int[] parents, int[] weightOfNode) {
    int count = parents.length;
    int[] sizes = new int[count];
    int[] weights = weightOfNode.clone();
    for (int node = count - 1; node > 0; node--) {
      sizes[node]++;
      sizes[parents[node]] += sizes[node];
      weights[parents[node]] += weights[node];
    }
    sizes[0]++;
    int[] nodes = new int[count];
    int[] firsts = new int[count];
    int[] ends = new int[count];
    // Per node, where the next of its children goes.
    int[] next = new int[count];
    for (int node = 0; node < count; node++) {
      int first = node == 0 ? 0 : next[parents[node]];
      if (node > 0) {
        next[parents[node]] += sizes[node];
      }
      next[node] = first + 1;
      nodes[first] = node;
      firsts[node] = first;
      ends[node] = first + sizes[node];
    }
    return new RootedTree(nodes, firsts, ends, weights);
  }

  /// Whether a node stands below another, or is it.
  boolean isBelow(int node, int above) {
    return firsts[above] <= firsts[node] && firsts[node] < ends[above];
  }

  /// The weights below two nodes, each counted once.
  int weightBelow(int node, int other) {
    if (isBelow(other, node)) {
      return weights[node];
    }
    return isBelow(node, other) ? weights[other] : weights[node] + weights[other];
  }
}
