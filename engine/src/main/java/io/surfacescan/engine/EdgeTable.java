package io.surfacescan.engine;

import io.surfacescan.engine.SurfaceGroups.Edge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// The rules between nodes, and the VMs that can use them. The VM asked about is the last of the
/// near ends.
final class EdgeTable {
  /// Stands for the VM asked about among the nodes at near ends.
  final int theVm;

  /// Per far node and near one, the rules.
  private final int[] ruleCount;

  /// Per far node and near one, the first rules, ascending.
  private final int[][] firstRules;

  /// Per far node and near one, the VMs.
  private final int[] vms;

  /// Per far node and near one, who stands for addresses outside.
  private final int[] externals;

  EdgeTable(int nodes) {
    theVm = nodes;
    ruleCount = new int[nodes * (nodes + 1)];
    firstRules = new int[ruleCount.length][];
    vms = new int[ruleCount.length];
    externals = new int[ruleCount.length];
  }

  private int edge(int far, int near) {
    return far * (theVm + 1) + near;
  }

  void addRule(int far, int near, int rule) {
    int edge = edge(far, near);
    int count = ruleCount[edge]++;
    if (count == 0) {
      firstRules[edge] = new int[SurfaceGroups.RULES_MOST];
    }
    int[] first = firstRules[edge];
    int at = Math.min(count, first.length);
    if (at == first.length && rule > first[at - 1]) {
      return;
    }
    at = Math.min(at, first.length - 1);
    while (at > 0 && first[at - 1] > rule) {
      first[at] = first[at - 1];
      at--;
    }
    first[at] = rule;
  }

  void setUsers(int far, int near, int inside, int outside) {
    vms[edge(far, near)] = inside;
    externals[edge(far, near)] = outside;
  }

  void addUsers(int far, int near, int inside, int outside) {
    vms[edge(far, near)] += inside;
    externals[edge(far, near)] += outside;
  }

  List<Edge> all() {
    var edges = new ArrayList<Edge>();
    for (int edge = 0; edge < ruleCount.length; edge++) {
      if (ruleCount[edge] > 0) {
        int near = edge % (theVm + 1);
        edges.add(
            new Edge(
                edge / (theVm + 1),
                near == theVm ? SurfaceGroups.THE_VM : near,
                vms[edge],
                externals[edge],
                ruleCount[edge],
                firstRules(edge)));
      }
    }
    return Collections.unmodifiableList(edges);
  }

  private List<Integer> firstRules(int edge) {
    int shown = Math.min(ruleCount[edge], SurfaceGroups.RULES_MOST);
    return Arrays.stream(firstRules[edge], 0, shown).boxed().toList();
  }
}
