package io.surfacescan.spark;

import java.io.Serializable;
import java.util.Arrays;

/// Which tags are joined by classes and rules, and which are carried at all: a forest over their
/// numbers (R. Tarjan, *Efficiency of a Good But Not Linear Set Union Algorithm*, J. ACM 22(2),
/// 1975).
///
/// Forests of parts are added up in any order, to the same sets. Memory: 5 bytes a tag.
final class JoinedTags implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] parents;
  private final boolean[] carried;

  JoinedTags(int count) {
    parents = new int[count];
    carried = new boolean[count];
    Arrays.setAll(parents, tag -> tag);
  }

  /// Joins the tags of a class, which are carried.
  JoinedTags addClass(int[] tags) {
    for (int tag : tags) {
      carried[tag] = true;
      join(tags[0], tag);
    }
    return this;
  }

  JoinedTags addAll(JoinedTags others) {
    for (int tag = 0; tag < parents.length; tag++) {
      join(tag, others.parents[tag]);
      carried[tag] |= others.carried[tag];
    }
    return this;
  }

  boolean isCarried(int tag) {
    return carried[tag];
  }

  /// Joins two sets under the lower of their roots.
  void join(int tag, int other) {
    int root = root(tag);
    int otherRoot = root(other);
    parents[Math.max(root, otherRoot)] = Math.min(root, otherRoot);
  }

  /// The lowest tag of the set.
  int root(int tag) {
    int root = tag;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }
}
