package io.surfacescan.engine;

import io.surfacescan.engine.FlowGraph.Kind;
import io.surfacescan.model.Environment;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Guesses how many pairs of an attacker and a VM each rule loses, to find those worth working out:
/// never a claim.
///
/// 1. Draw VMs, as victims and as attackers, each with a chance that grows with its pairs. The
///    dominators of a drawn VM give the exact loss of every rule for that VM.
/// 2. Add the losses up. This finds rules that many attacks pass, but overrates the last hop before
///    a drawn VM.
/// 3. For the most promising rules, multiply two exact numbers: the attackers that a holder of the
///    destination tag loses, and the victims that a holder of the source tag loses.
///
/// Example: 3 attackers lose their only way to a database through rule r, and a jump host loses 4
/// victims without r: the estimate is 3 · 4 = 12 pairs.
///
/// The draws are the same each time, and the work is bounded by steps, not by a clock, so that the
/// same environment always has the same estimates.
final class LossEstimates {
  /// VMs drawn on each side.
  private static final int DRAWN_MOST = 256;

  /// Rules looked at from their own ends.
  private static final int PROMISING_MOST = 512;

  /// Nodes and edges of flow graphs, in each of the two parts.
  private static final long WORK_MOST = 1 << 25;

  /// 2^64 by the golden ratio: its multiples, modulo 2^64, are spread evenly however many are
  /// taken.
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /// What is asked of one end of the pairs: of the VMs attacked, or of the attackers.
  private final class Side {
    final boolean attacked;

    /// The number of pairs that a VM of a class is in.
    final IntUnaryOperator pairsOfVm;

    /// Per candidate, the parts that were lost of each VM drawn.
    final double[] parts = new double[count];

    /// Per candidate, what a holder of its tag loses.
    final int[] alone = new int[count];

    /// Per tag, the class of a holder that is in the fewest pairs.
    final int[] holders;

    final boolean[] looked = new boolean[environment.tagCount()];

    Side(boolean attacked, IntUnaryOperator pairsOfVm) {
      this.attacked = attacked;
      this.pairsOfVm = pairsOfVm;
      this.holders = holders();
    }

    private int[] holders() {
      int[] found = new int[environment.tagCount()];
      Arrays.fill(found, -1);
      var tags = graph.classes().tags();
      for (int vmClass = 0; vmClass < graph.classes().size(); vmClass++) {
        for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
          int before = found[tags.value(i)];
          if (before < 0 || pairsOfVm.applyAsInt(vmClass) < pairsOfVm.applyAsInt(before)) {
            found[tags.value(i)] = vmClass;
          }
        }
      }
      return found;
    }

    FlowGraph flow(int vmClass) {
      int vm = graph.vmAt(graph.classStart(vmClass));
      var flow = attacked ? FlowGraph.to(graph, vm, deadline) : FlowGraph.from(graph, vm, deadline);
      work += flow.nodeCount() + (long) flow.edgeCount();
      return flow;
    }

    /// Per class, the pairs of all before and of itself.
    long[] sums() {
      long[] sums = new long[graph.classes().size()];
      long sum = 0;
      for (int vmClass = 0; vmClass < sums.length; vmClass++) {
        sum += (long) graph.counted(vmClass) * pairsOfVm.applyAsInt(vmClass);
        sums[vmClass] = sum;
      }
      return sums;
    }

    /// @param place of the pair, less than all pairs
    void draw(long[] sums, long place) {
      var flow = flow(firstAbove(sums, place));
      int[] lost = Dominators.of(flow, Dominators.NO_NODE, deadline).dominated();
      for (int node = 0; node < lost.length; node++) {
        if (flow.kind(node) == Kind.RULE) {
          parts[candidateOfRule[flow.rule(node)]] += lost[node] / (double) lost[FlowGraph.ROOT];
        }
      }
    }

    void look(int candidate) {
      int tag = tag(rules[candidate]);
      if (looked[tag]) {
        return;
      }
      looked[tag] = true;
      var flow = flow(holders[tag]);
      int[] lost = Dominators.of(flow, Dominators.NO_NODE, deadline).dominated();
      for (int node = 0; node < lost.length; node++) {
        if (flow.kind(node) == Kind.RULE && tag(flow.rule(node)) == tag) {
          alone[candidateOfRule[flow.rule(node)]] = lost[node];
        }
      }
    }

    private int tag(int rule) {
      return attacked ? environment.destTag(rule) : environment.sourceTag(rule);
    }
  }

  private final AttackGraph graph;
  private final Environment environment;
  private final int[] rules;
  private final int count;
  private final Deadline deadline;
  private final int[] candidateOfRule;
  private final Side attacked;
  private final Side attackers;
  private long work;

  private LossEstimates(AttackGraph graph, SurfaceSizes sizes, int[] rules, Deadline deadline) {
    this.graph = graph;
    this.environment = graph.environment();
    this.rules = rules;
    this.count = rules.length;
    this.deadline = deadline;
    candidateOfRule = candidateOfRule();
    attacked = new Side(true, vmClass -> sizes.attackers(graph.vmAt(graph.classStart(vmClass))));
    attackers = new Side(false, vmClass -> sizes.victims(graph.vmAt(graph.classStart(vmClass))));
  }

  /// Per candidate, a guess of its loss; 0 for those that nothing is known about.
  ///
  /// Cost: dominators of a few hundred VMs, fewer where much leads to them.
  ///
  /// @param rules the candidates, a rule of each tag pair
  /// @throws DeadlinePassed if it did
  static long[] of(AttackGraph graph, SurfaceSizes sizes, int[] rules, Deadline deadline) {
    return new LossEstimates(graph, sizes, rules, deadline).estimates(sizes.pairs());
  }

  private int[] candidateOfRule() {
    int[] found = new int[environment.ruleCount()];
    int candidate = -1;
    for (int rule : graph.rules().bySource().rules()) {
      boolean isNext =
          candidate < 0
              || environment.sourceTag(rule) != environment.sourceTag(rules[candidate])
              || environment.destTag(rule) != environment.destTag(rules[candidate]);
      if (isNext) {
        candidate++;
      }
      found[rule] = candidate;
    }
    return found;
  }

  private long[] estimates(long pairs) {
    long[] estimates = new long[count];
    if (pairs > 0) {
      int draws = draw(pairs);
      work = 0;
      for (int candidate : promising()) {
        if (work > WORK_MOST) {
          break;
        }
        attacked.look(candidate);
        attackers.look(candidate);
        long product = (long) attacked.alone[candidate] * attackers.alone[candidate];
        // The holders looked at may have ways of their own, which others have not; what both sides
        // saw of those drawn is no accident.
        double seen = Math.min(attacked.parts[candidate], attackers.parts[candidate]) / draws;
        estimates[candidate] = Math.max(product, (long) (seen * pairs));
      }
    }
    return estimates;
  }

  /// @return how many VMs were drawn on each side
  private int draw(long pairs) {
    long[] attackedSums = attacked.sums();
    long[] attackerSums = attackers.sums();
    int most = Math.min(DRAWN_MOST, environment.vmCount());
    int draws = 0;
    while (draws < most && work <= WORK_MOST) {
      draws++;
      long place = Math.unsignedMultiplyHigh(draws * GOLDEN, pairs);
      attacked.draw(attackedSums, place);
      attackers.draw(attackerSums, place);
    }
    return draws;
  }

  private int[] promising() {
    var most = new TopK(PROMISING_MOST, Integer::compare);
    for (int candidate = 0; candidate < count; candidate++) {
      double parts = Math.max(attacked.parts[candidate], attackers.parts[candidate]);
      // One that no drawn VM loses anything by comes last, but if there is room it comes.
      most.offer(candidate, 1 + (long) Math.scalb(parts, Integer.SIZE));
    }
    return most.list(TopK.Leader::candidate).stream().mapToInt(Integer::intValue).toArray();
  }

  private static int firstAbove(long[] sums, long place) {
    int low = 0;
    int high = sums.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sums[middle] > place) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
