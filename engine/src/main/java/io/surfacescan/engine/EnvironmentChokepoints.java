package io.surfacescan.engine;

import io.surfacescan.engine.Leaders.Leader;
import io.surfacescan.model.Environment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

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
///   0 if there is none. If it is no more than the loss of the last exact rule listed, no other one
///   belongs before that.
/// @param complete false if the deadline passed before as many were worked out as were asked for
public record EnvironmentChokepoints(
    long pairs,
    int ruleCount,
    int exactCount,
    List<Rule> rules,
    long othersLoseAtMost,
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
  /// Candidates are taken in the order of a bound on their loss: whoever uses the rule attacks
  /// every VM that carries its destination tag, and whoever is attacked over it is attacked by
  /// every VM that carries its source tag, so that the loss is at most the product of the smallest
  /// surface and the smallest blast radius, each with the VM itself. A candidate with short ways
  /// round it loses nothing; for any other the graph is built and all sizes are found without it.
  ///
  /// Cost: a graph and all sizes for each of `exact` candidates. Stops earlier where no other
  /// candidate can be among the best.
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
    private final int top;
    private final long pairs;

    /// The candidates: some rule of each tag pair.
    private final int[] candidates;

    /// Per candidate, what it loses at most.
    private final long[] bounds;

    Search(AttackGraph graph, SurfaceSizes sizes, int top) {
      this.graph = graph;
      this.environment = graph.environment();
      this.top = top;
      pairs = sizes.pairs();
      candidates = candidates();
      bounds = bounds(sizes);
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

    private long[] bounds(SurfaceSizes sizes) {
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
      var order = byBound();
      var detours = new Detours(graph);
      var best = new Leaders(top, this::compareNames);
      int known = 0;
      int workedOut = 0;
      boolean complete = true;
      while (known < order.length
          && workedOut < exact
          && bounds[order[known]] >= best.lossToEnter()) {
        int rule = candidates[order[known]];
        int source = environment.sourceTag(rule);
        int dest = environment.destTag(rule);
        try {
          deadline.check();
          if (!detours.areFound(source, dest, detourSteps)) {
            best.offer(order[known], loss(source, dest, deadline));
            progress.at(++workedOut, exact);
          }
        } catch (DeadlinePassed e) {
          complete = false;
          break;
        }
        known++;
      }
      var rules = new ArrayList<Rule>(best.list(leader -> rule(leader, true)));
      int end = known;
      for (; end < order.length && bounds[order[end]] > 0; end++) {
        if (rules.size() < top) {
          rules.add(rule(new Leader(order[end], bounds[order[end]]), false));
        }
      }
      int exactCount = known + order.length - end;
      long others = known < order.length ? bounds[order[known]] : 0;
      return new EnvironmentChokepoints(pairs, order.length, exactCount, rules, others, complete);
    }

    private Integer[] byBound() {
      var order = new Integer[candidates.length];
      Arrays.setAll(order, i -> i);
      Arrays.sort(
          order,
          Comparator.<Integer>comparingLong(candidate -> -bounds[candidate])
              .thenComparing(this::compareNames));
      return order;
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
