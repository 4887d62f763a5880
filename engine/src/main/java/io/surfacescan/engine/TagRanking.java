package io.surfacescan.engine;

import io.surfacescan.engine.Chokepoints.Tag;
import io.surfacescan.engine.Chokepoints.Tags;
import io.surfacescan.model.Environment;
import java.util.Arrays;

/// Tags by the attackers lost without them, worked out only for those that could be among the best.
///
/// A tag is two nodes of the flow graph. What either dominates is lost for certain; what is neither
/// below the one nor below the other in the tree of shortest ways is not lost. Where the two bounds
/// meet, or where one node dominates the other, the loss is known; else it is searched for.
final class TagRanking {
  private final Environment environment;
  private final FlowGraph flow;
  private final RootedTree dominance;
  private final RootedTree shortest;

  /// @param dominators of the whole graph
  TagRanking(Environment environment, FlowGraph flow, Dominators dominators, RootedTree shortest) {
    this.environment = environment;
    this.flow = flow;
    // A dominator is on the shortest way too, so its number is lower, as the tree wants it.
    this.dominance = RootedTree.of(dominators.parents(), flow.weights());
    this.shortest = shortest;
  }

  Tags best(int top, Deadline deadline) {
    // One more than is named tells whether there are others.
    int found = top + 1;
    long[] candidates = candidates(found);
    var best = new TopK(found, environment.tags()::compare);
    for (long candidate : candidates) {
      if (isKnown((int) candidate)) {
        best.offer((int) candidate, leastLoss((int) candidate));
      }
    }
    var removal = new TagRemoval(flow, shortest);
    int recomputed = 0;
    boolean complete = true;
    for (int i = candidates.length - 1; i >= 0 && complete; i--) {
      int tag = (int) candidates[i];
      if (candidates[i] >>> Integer.SIZE < best.lossToEnter()) {
        break;
      }
      if (!isKnown(tag)) {
        complete = !deadline.passed();
        if (complete) {
          best.offer(tag, removal.loss(flow.source(tag), flow.dest(tag), best.lossToEnter()));
          recomputed++;
        }
      }
    }
    var tags = best.list(leader -> new Tag(leader.candidate(), (int) leader.loss()));
    boolean more = tags.size() > top;
    return new Tags(more ? tags.subList(0, top) : tags, more, recomputed, complete);
  }

  /// The tags that could be among the best, as the most they could lose in the high half and the
  /// tag in the low half; ascending.
  private long[] candidates(int found) {
    long least = leastToBeBest(found);
    long[] candidates = new long[environment.tagCount()];
    int count = 0;
    for (int tag = 0; tag < environment.tagCount(); tag++) {
      int most = mostLoss(tag);
      if (most >= least) {
        candidates[count++] = (long) most << Integer.SIZE | tag;
      }
    }
    Arrays.sort(candidates, 0, count);
    return Arrays.copyOf(candidates, count);
  }

  /// So many tags lose at least this for certain.
  private long leastToBeBest(int found) {
    var certain = new TopK(found, Integer::compare);
    for (int tag = 0; tag < environment.tagCount(); tag++) {
      certain.offer(tag, leastLoss(tag));
    }
    return certain.lossToEnter();
  }

  private int leastLoss(int tag) {
    return weightBelowRoles(dominance, tag);
  }

  private int mostLoss(int tag) {
    return weightBelowRoles(shortest, tag);
  }

  private int weightBelowRoles(RootedTree tree, int tag) {
    int source = flow.source(tag);
    int dest = flow.dest(tag);
    if (source == FlowGraph.NO_NODE) {
      return dest == FlowGraph.NO_NODE ? 0 : tree.weights()[dest];
    }
    return dest == FlowGraph.NO_NODE ? tree.weights()[source] : tree.weightBelow(source, dest);
  }

  private boolean isKnown(int tag) {
    int source = flow.source(tag);
    int dest = flow.dest(tag);
    return source == FlowGraph.NO_NODE
        || dest == FlowGraph.NO_NODE
        || dominance.isBelow(source, dest)
        || dominance.isBelow(dest, source)
        || leastLoss(tag) == mostLoss(tag);
  }
}
