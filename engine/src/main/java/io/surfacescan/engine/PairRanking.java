package io.surfacescan.engine;

import io.surfacescan.engine.Chokepoints.Pair;
import io.surfacescan.engine.Chokepoints.Pairs;
import io.surfacescan.engine.FlowGraph.Kind;
import io.surfacescan.engine.TopK.Leader;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Pairs of rules by the attackers lost without both, if that is more than without the best rule
/// alone; found greedily.
///
/// Without the first rule, the dominators of what is left give the loss of every second one. The
/// first may be worth nothing alone, because there is a way round it: so half of those tried have
/// the most attackers below them in the tree of shortest ways, and the others are the best alone.
final class PairRanking {
  /// The most rules that get the best partner looked for.
  private static final int TRIED_MOST = 8;

  /// A partner costs the dominators of the whole flow graph once more; all together may cost so
  /// many nodes and edges, but for the first one.
  private static final int WORK_MOST = 1 << 23;

  /// Two nodes of the flow graph, in the order of their names, and what is lost without both.
  private record Found(int first, int second, int loss) {}

  private final FlowGraph flow;

  /// Per node, what is lost without it alone.
  private final int[] losses;

  private final RootedTree shortest;

  PairRanking(FlowGraph flow, int[] losses, RootedTree shortest) {
    this.flow = flow;
    this.losses = losses;
    this.shortest = shortest;
  }

  Pairs best(int top, Deadline deadline) {
    var found =
        new TreeSet<Found>(
            Comparator.comparingInt(Found::loss)
                .reversed()
                .thenComparing(Found::first, flow::compareRules)
                .thenComparing(Found::second, flow::compareRules));
    int bestAlone = 0;
    for (int node : highest(losses, 1)) {
      bestAlone = losses[node];
    }
    if (bestAlone == losses[FlowGraph.ROOT]) {
      return new Pairs(List.of(), false, 0, true);
    }
    int tried = 0;
    boolean complete = true;
    for (int first : promising()) {
      try {
        deadline.check();
        addBestWith(first, Dominators.of(flow, first, deadline), bestAlone, found);
      } catch (DeadlinePassed e) {
        complete = false;
        break;
      }
      tried++;
    }
    var best = found.stream().limit(top).map(this::pair).toList();
    return new Pairs(best, found.size() > top, tried, complete);
  }

  private Pair pair(Found found) {
    return new Pair(flow.rules(found.first), flow.rules(found.second), found.loss);
  }

  /// In turn one with many below it and one that is good alone.
  private Set<Integer> promising() {
    long cost = flow.nodeCount() + (long) flow.edgeCount();
    int most = Math.clamp(WORK_MOST / cost, 1, TRIED_MOST);
    var below = highest(shortest.weights(), most);
    var alone = highest(losses, most);
    var promising = new LinkedHashSet<Integer>();
    for (int i = 0; i < below.size(); i++) {
      promising.add(below.get(i));
      if (i < alone.size()) {
        promising.add(alone.get(i));
      }
    }
    return promising.stream().limit(most).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private List<Integer> highest(int[] values, int most) {
    var highest = new TopK(most, flow::compareRules);
    for (int node = 0; node < flow.nodeCount(); node++) {
      if (flow.kind(node) == Kind.RULE) {
        highest.offer(node, values[node]);
      }
    }
    return highest.list(Leader::candidate);
  }

  private void addBestWith(int first, Dominators without, int bestAlone, Set<Found> found) {
    int lostFirst = losses[FlowGraph.ROOT] - without.dominated()[FlowGraph.ROOT];
    var best = new TopK(1, flow::compareRules);
    for (int second = 0; second < flow.nodeCount(); second++) {
      if (flow.kind(second) == Kind.RULE) {
        int lostThen = without.dominated()[second];
        if (lostThen > 0 && lostFirst + lostThen > bestAlone) {
          best.offer(second, lostFirst + lostThen);
        }
      }
    }
    for (var partner : best.list(leader -> leader)) {
      int second = partner.candidate();
      boolean inOrder = flow.compareRules(first, second) < 0;
      int loss = (int) partner.loss();
      found.add(inOrder ? new Found(first, second, loss) : new Found(second, first, loss));
    }
  }
}
