package io.surfacescan.engine;

import io.surfacescan.engine.TopK.Leader;
import io.surfacescan.model.Environment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The rules without which the most attacks of all are gone: by pairs of an attacker and a VM that
/// it attacks.
///
/// @param pairs how many such pairs there are
/// @param ruleCount how many candidates there are: distinct tag pairs of rules whose tags are both
///   carried
/// @param exactCount for how many candidates the loss is known exactly
/// @param rules those of exact loss that lose anything, the highest loss first, and behind them the
///   others, the highest bound first; ties by source tag, then destination tag, in code-point order
/// @param othersLoseAtMost a bound on the loss of every candidate whose loss is not known exactly;
///   0 if there is none
/// @param proven whether the rules are the top: no candidate that is not known exactly could take a
///   place among them
/// @param complete false if the deadline passed before as many were worked out as were asked for
public record EnvironmentChokepoints(
    long pairs,
    int ruleCount,
    int exactCount,
    List<Rule> rules,
    long othersLoseAtMost,
    boolean proven,
    boolean complete) {
  /// All rules of one tag pair, removed together.
  ///
  /// @param rules ascending, at least one
  /// @param pairsLost how many pairs of an attacker and a VM are no longer attacks
  /// @param exact whether that is the exact number, and not a bound that it does not exceed
  public record Rule(List<Integer> rules, long pairsLost, boolean exact) {
    public Rule {
      rules = List.copyOf(rules);
    }
  }

  /// For how many rules the loss is usually worked out.
  public static final int USUAL_EXACT = 20;

  /// How far a way round a rule is looked for before all sizes are worked out without the rule.
  private static final int DETOUR_STEPS = 1 << 15;

  public EnvironmentChokepoints {
    rules = List.copyOf(rules);
  }

  /// The best rules, the most promising ones worked out exactly.
  ///
  /// What is claimed rests on a bound of the loss: a VM that uses the rule attacks every VM that
  /// carries its destination tag, and a VM that is attacked over it is attacked by every VM that
  /// carries its source tag, so that the loss is at most the product of the smallest surface and
  /// the smallest blast radius, each with the VM itself. That bound is far from the loss where many
  /// ways lead around, so the order in which candidates are taken is that of [LossEstimates], and
  /// of the bound where those know nothing. A candidate with short ways round it loses nothing; for
  /// any other the graph is built and all sizes are found without it.
  ///
  /// Cost: a graph and all sizes for each of `exact` candidates, and the estimates if there are
  /// more candidates. Stops earlier where no other candidate can be among the best.
  ///
  /// @param sizes of the graph
  /// @param top how many rules are named at most, at least 1
  /// @param exact for how many rules the loss is worked out without them, at least 1
  /// @param progress hears of rules worked out, of `exact`
  public static EnvironmentChokepoints of(
      AttackGraph graph,
      SurfaceSizes sizes,
      int top,
      int exact,
      Deadline deadline,
      Progress progress) {
    return of(graph, sizes, top, exact, DETOUR_STEPS, deadline, progress);
  }

  static EnvironmentChokepoints of(
      AttackGraph graph,
      SurfaceSizes sizes,
      int top,
      int exact,
      int detourSteps,
      Deadline deadline,
      Progress progress) {
    if (top < 1 || exact < 1) {
      throw new IllegalArgumentException("top or exact is below 1: " + top + ", " + exact);
    }
    return new Search(graph, sizes, top).run(exact, detourSteps, deadline, progress);
  }

  private static final class Search {
    private final AttackGraph graph;
    private final Environment environment;
    private final SurfaceSizes sizes;
    private final int top;
    private final long pairs;

    /// The candidates: some rule of each tag pair.
    private final int[] candidates;

    /// Per candidate, what it loses at most.
    private final long[] bounds;

    Search(AttackGraph graph, SurfaceSizes sizes, int top) {
      this.graph = graph;
      this.environment = graph.environment();
      this.sizes = sizes;
      this.top = top;
      pairs = sizes.pairs();
      candidates = candidates();
      bounds = bounds();
    }

    private int[] candidates() {
      var rules = graph.rules().bySource();
      int[] first = new int[rules.rules().length];
      int count = 0;
      for (int rule : rules.rules()) {
        boolean isNew = count == 0 || !isSamePair(first[count - 1], rule);
        if (isNew) {
          first[count++] = rule;
        }
      }
      return Arrays.copyOf(first, count);
    }

    private boolean isSamePair(int rule, int other) {
      return environment.sourceTag(rule) == environment.sourceTag(other)
          && environment.destTag(rule) == environment.destTag(other);
    }

    private long[] bounds() {
      int[] leastAttackers = new int[environment.tagCount()];
      int[] leastVictims = new int[environment.tagCount()];
      Arrays.fill(leastAttackers, Integer.MAX_VALUE);
      Arrays.fill(leastVictims, Integer.MAX_VALUE);
      var tags = graph.classes().tags();
      for (int vmClass = 0; vmClass < graph.classes().size(); vmClass++) {
        int vm = graph.vmAt(graph.classStart(vmClass));
        int attackers = sizes.attackers(vm);
        int victims = sizes.victims(vm);
        for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
          leastAttackers[tags.value(i)] = Math.min(leastAttackers[tags.value(i)], attackers);
          leastVictims[tags.value(i)] = Math.min(leastVictims[tags.value(i)], victims);
        }
      }
      long[] found = new long[candidates.length];
      for (int i = 0; i < found.length; i++) {
        long users = leastAttackers[environment.destTag(candidates[i])] + 1L;
        long reached = leastVictims[environment.sourceTag(candidates[i])] + 1L;
        found[i] = Math.min(pairs, users * reached);
      }
      return found;
    }

    EnvironmentChokepoints run(int exact, int detourSteps, Deadline deadline, Progress progress) {
      var detours = new Detours(graph);
      var best = new TopK(top, this::compareNames);
      boolean[] known = new boolean[candidates.length];
      int workedOut = 0;
      boolean complete = true;
      try {
        for (int candidate : byEstimate(exact, deadline)) {
          if (workedOut == exact) {
            break;
          }
          if (bounds[candidate] >= best.lossToEnter()) {
            deadline.check();
            int source = environment.sourceTag(candidates[candidate]);
            int dest = environment.destTag(candidates[candidate]);
            if (!detours.areFound(source, dest, detourSteps)) {
              best.offer(candidate, loss(source, dest, deadline));
              progress.at(++workedOut, exact);
            }
            known[candidate] = true;
          }
        }
        ruleOut(known, detours, detourSteps, deadline);
      } catch (DeadlinePassed e) {
        complete = false;
      }
      return answer(best, known, complete);
    }

    /// Finds ways round those of the highest bounds, which then say nothing any more.
    private void ruleOut(boolean[] known, Detours detours, int detourSteps, Deadline deadline) {
      for (int candidate : inOrder(new long[candidates.length])) {
        if (!known[candidate]) {
          deadline.check();
          int source = environment.sourceTag(candidates[candidate]);
          int dest = environment.destTag(candidates[candidate]);
          if (bounds[candidate] == 0 || !detours.areFound(source, dest, detourSteps)) {
            return;
          }
          known[candidate] = true;
        }
      }
    }

    private EnvironmentChokepoints answer(TopK best, boolean[] known, boolean complete) {
      var rules = new ArrayList<Rule>(best.list(leader -> rule(leader, true)));
      long others = 0;
      int exactCount = 0;
      for (int candidate = 0; candidate < known.length; candidate++) {
        boolean isExact = known[candidate] || bounds[candidate] == 0;
        exactCount += isExact ? 1 : 0;
        others = isExact ? others : Math.max(others, bounds[candidate]);
      }
      boolean proven = others == 0 || others < best.lossToEnter();
      var byBound = new TopK(top, this::compareNames);
      for (int candidate = 0; candidate < known.length; candidate++) {
        if (!known[candidate]) {
          byBound.offer(candidate, bounds[candidate]);
        }
      }
      byBound.list(leader -> rule(leader, false)).stream()
          .limit(top - (long) rules.size())
          .forEach(rules::add);
      return new EnvironmentChokepoints(
          pairs, candidates.length, exactCount, rules, others, proven, complete);
    }

    private int[] byEstimate(int exact, Deadline deadline) {
      // If all are worked out, there is nothing to choose.
      long[] estimates =
          exact < candidates.length
              ? LossEstimates.of(graph, sizes, candidates, deadline)
              : new long[candidates.length];
      return inOrder(estimates);
    }

    /// The highest estimates first, ties by bound.
    private int[] inOrder(long[] estimates) {
      return IntStream.range(0, candidates.length)
          .boxed()
          .sorted(
              Comparator.<Integer>comparingLong(candidate -> -estimates[candidate])
                  .thenComparingLong(candidate -> -bounds[candidate])
                  .thenComparing(this::compareNames))
          .mapToInt(Integer::intValue)
          .toArray();
    }

    private int compareNames(int candidate, int other) {
      return graph.rules().compareTagPairs(candidates[candidate], candidates[other]);
    }

    private long loss(int source, int dest, Deadline deadline) {
      var without = graph.without(source, dest, MemoryBudget.usual(environment.vmCount()));
      return pairs - SurfaceSizes.of(without, deadline, Progress.NONE).pairs();
    }

    private Rule rule(Leader leader, boolean exact) {
      int rule = candidates[leader.candidate()];
      var all = graph.rules().ofPair(environment.sourceTag(rule), environment.destTag(rule));
      return new Rule(all, leader.loss(), exact);
    }
  }
}
