package io.surfacescan.engine;

import java.util.ArrayList;
import java.util.Comparator;

/// The groups drawn, numbered in the order of the answer: by hop; of one hop the largest first and
/// the folded one last.
final class DrawnNodes {
  private final GroupSelection selection;

  /// Per group, its node.
  private final int[] nodeOfGroup;

  /// Per node, its group, or -1 - f for that of the folded hops f.
  private final int[] keys;

  /// @param bound above the numbers of all groups
  DrawnNodes(GroupCounts groups, GroupSelection selection, int bound) {
    this.selection = selection;
    this.keys = order(groups);
    this.nodeOfGroup = new int[bound];
    int[] nodeOfFolded = new int[selection.foldedHops().size()];
    for (int node = 0; node < keys.length; node++) {
      if (keys[node] >= 0) {
        nodeOfGroup[keys[node]] = node;
      } else {
        nodeOfFolded[-1 - keys[node]] = node;
      }
    }
    for (int place = 0; place < groups.groupCount(); place++) {
      int group = groups.group(place);
      if (!selection.isKept(group)) {
        nodeOfGroup[group] = nodeOfFolded[selection.foldedAt(groups.hopOf(group))];
      }
    }
  }

  private int[] order(GroupCounts groups) {
    var order = new ArrayList<Integer>();
    for (int group : selection.kept()) {
      order.add(group);
    }
    for (int folded = 0; folded < selection.foldedHops().size(); folded++) {
      order.add(-1 - folded);
    }
    // Stable: of one hop, the largest stay first and the folded ones last.
    order.sort(
        Comparator.comparingInt(
            key -> key >= 0 ? groups.hopOf(key) : selection.foldedHops().get(-1 - key)[0]));
    return order.stream().mapToInt(key -> key).toArray();
  }

  int count() {
    return keys.length;
  }

  boolean anyFolded() {
    return !selection.foldedHops().isEmpty();
  }

  boolean isFolded(int node) {
    return keys[node] < 0;
  }

  /// The group of a node that is not folded.
  int group(int node) {
    return keys[node];
  }

  /// The first and the last hop of a folded node.
  int[] foldedHops(int node) {
    return selection.foldedHops().get(-1 - keys[node]);
  }

  int of(int group) {
    return nodeOfGroup[group];
  }
}
