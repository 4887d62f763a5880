package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.Chokepoints;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.DeadlinePassed;
import io.surfacescan.engine.EnvironmentChokepoints;
import io.surfacescan.engine.Exclusions;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.GroupSurface;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.Ranks;
import io.surfacescan.engine.VmGroup;
import io.surfacescan.engine.VmsByHop;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Origin;
import io.surfacescan.model.TooLarge;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.reachability.Lowered;
import io.surfacescan.reachability.Lowering;
import io.surfacescan.reachability.ReachabilityModel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// The real rules without which a VM loses the most attackers, or the environment the most attacks.
///
/// Candidates are the real rules behind the rules between tags that matter most. What is lost
/// without one is found by lowering the real environment again without it, so it is exact: a rule
/// between tags may come from several real ones, and one real rule may be behind many.
///
/// @param all how many attackers or pairs there are; addresses outside are not counted
/// @param rules those that lose something, the highest loss first, ties by id
/// @param isWhole whether the loss of each candidate was worked out in time
public record RealChokepoints(long all, List<Rule> rules, boolean isWhole) {
  /// For how many rules the loss is worked out.
  public static final int MOST = 10;

  /// How many candidates are compared by what they lose between tags.
  private static final int CANDIDATES_MOST = 64;

  /// For how long bounds are looked for, in seconds, and by how many looks at a pair for each rule.
  private static final int BOUNDS_SECONDS = 1;

  private static final int BOUND_PAIRS_MOST = 200;

  /// A real rule, removed.
  ///
  /// @param lost how many attackers or pairs are lost
  /// @param cutsInternet whether the internet can attack the VM with it and not without it
  /// @param isExact whether that is the exact number, and not what is lost at least
  public record Rule(Origin rule, long lost, boolean cutsInternet, boolean isExact) {}

  public RealChokepoints {
    rules = List.copyOf(rules);
  }

  /// Those of a VM. Cost: for each of at most [#MOST] candidates a lowering of the real environment
  /// and a graph.
  ///
  /// @param found the chokepoints between tags
  static RealChokepoints ofVm(
      Context context, Lowered real, RuleFilter filter, Chokepoints found, int limit) {
    return ofVm(context, real, filter, found, limit, context.deadline());
  }

  /// As the other.
  ///
  /// @param deadline for what is lowered again
  static RealChokepoints ofVm(
      Context context,
      Lowered real,
      RuleFilter filter,
      Chokepoints found,
      int limit,
      Deadline deadline) {
    return new OfVm(context, real, filter, found.vm()).run(found, limit, deadline);
  }

  /// Those of the environment. Cost: as [#ofVm], and the exposure of all VMs for each candidate.
  ///
  /// @param found the chokepoints between tags
  static RealChokepoints ofAll(
      Context context, Lowered real, RuleFilter filter, EnvironmentChokepoints found, int limit) {
    var environment = context.environment();
    Map<String, Long> scores = new LinkedHashMap<>();
    for (var candidate : found.rules()) {
      for (String id : originIds(environment, candidate.rules())) {
        scores.merge(id, candidate.pairsLost(), Long::sum);
      }
    }
    long pairs = context.exposures().pairs();
    return workedOut(
        context,
        context.deadline(),
        real,
        filter,
        best(scores, real.model()),
        limit,
        pairs,
        (graph, rule) -> {
          long after = Exposures.of(graph, context.deadline(), Progress.NONE).pairs();
          return new Rule(rule, pairs - after, false, true);
        },
        rule -> new Rule(rule, 0, false, false));
  }

  /// The real rules that rules between tags name; a route, if they name none.
  private static Set<String> originIds(Environment environment, List<Integer> rules) {
    var ids = new LinkedHashSet<String>();
    for (int rule : rules) {
      var origins = environment.ruleDetails(rule).origins();
      origins.forEach(origin -> ids.add(origin.id()));
      if (origins.isEmpty() && environment.hasRuleId(rule)) {
        ids.add(environment.ruleIds().get(rule).replaceFirst("~[^~]*$", ""));
      }
    }
    return ids;
  }

  /// Those with the highest scores, as real rules, which stand somewhere.
  private static List<Origin> best(Map<String, Long> scores, ReachabilityModel model) {
    var rules = model.realRules();
    rules.values().removeIf(rule -> rule.place().isEmpty());
    return scores.entrySet().stream()
        .filter(entry -> entry.getValue() > 0 && rules.containsKey(entry.getKey()))
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST)
        .map(entry -> rules.get(entry.getKey()))
        .toList();
  }

  /// What a graph without a real rule says of it.
  @FunctionalInterface
  private interface Loss {
    Rule of(AttackGraph without, Origin rule);
  }

  /// What is known of a rule without its graph.
  @FunctionalInterface
  private interface Bound {
    Rule of(Origin rule);
  }

  private static RealChokepoints workedOut(
      Context context,
      Deadline deadline,
      Lowered real,
      RuleFilter filter,
      List<Origin> candidates,
      int limit,
      long all,
      Loss loss,
      Bound bound) {
    var progress = context.progress().apply("lowering");
    var rules = new ArrayList<Rule>();
    int done = 0;
    try {
      for (var candidate : candidates) {
        deadline.check();
        rules.add(loss.of(without(real, candidate.id(), filter), candidate));
        done++;
        progress.at(done, candidates.size());
      }
    } catch (DeadlinePassed | TooLarge e) {
      candidates.stream().skip(done).map(bound::of).forEach(rules::add);
    }
    rules.removeIf(rule -> rule.isExact() && rule.lost() == 0 && !rule.cutsInternet());
    rules.sort(
        Comparator.comparingLong(Rule::lost)
            .reversed()
            .thenComparing(rule -> !rule.cutsInternet())
            .thenComparing(rule -> rule.rule().id()));
    var best = rules.stream().limit(limit).toList();
    return new RealChokepoints(all, best, done == candidates.size());
  }

  private static AttackGraph without(Lowered real, String id, RuleFilter filter) {
    var lowered = Lowering.of(real.model().without(Set.of(id)));
    return AttackGraph.of(filter.apply(lowered.environment()));
  }

  private static final class OfVm {
    private final Context context;
    private final Lowered real;
    private final RuleFilter filter;
    private final int vm;
    private final AttackGraph graph;
    private final Environment environment;
    private final BitSet attackers;
    private final boolean hasInternet;

    OfVm(Context context, Lowered real, RuleFilter filter, int vm) {
      this.context = context;
      this.real = real;
      this.filter = filter;
      this.vm = vm;
      graph = context.graph();
      environment = context.environment();
      attackers = attackers(graph);
      hasInternet = isAttackedByInternet(graph);
    }

    /// The endpoints that attack it: they have the same numbers in every lowering.
    private BitSet attackers(AttackGraph some) {
      return vms(some, AttackSurface.of(some, vm).attackers());
    }

    private BitSet vms(AttackGraph some, Ranks ranks) {
      var vms = new BitSet();
      for (int interval = 0; interval < ranks.intervalCount(); interval++) {
        for (int rank = ranks.from(interval); rank < ranks.to(interval); rank++) {
          int found = some.vmAt(rank);
          if (found < real.model().endpoints().size()) {
            vms.set(found);
          }
        }
      }
      return vms;
    }

    private boolean isAttackedByInternet(AttackGraph some) {
      return hasInternet(some, AttackSurface.of(some, vm).attackers());
    }

    private static boolean hasInternet(AttackGraph some, Ranks ranks) {
      return Internet.of(some.environment(), other -> ranks.contains(some.rankOf(other)) ? 1 : 0)
          .map(Internet::isAttacker)
          .orElse(false);
    }

    RealChokepoints run(Chokepoints found, int limit, Deadline deadline) {
      if (vm >= real.model().endpoints().size()) {
        return new RealChokepoints(0, List.of(), true);
      }
      var candidates = best(estimates(found), real.model());
      var bounds = bounds(candidates);
      return workedOut(
          context,
          deadline,
          real,
          filter,
          candidates,
          limit,
          attackers.cardinality(),
          this::loss,
          rule -> new Rule(rule, bounds.getOrDefault(rule.id(), 0L), false, false));
    }

    private Rule loss(AttackGraph without, Origin rule) {
      var lost = (BitSet) attackers.clone();
      lost.andNot(attackers(without));
      boolean cuts = hasInternet && !isAttackedByInternet(without);
      return new Rule(rule, lost.cardinality(), cuts, true);
    }

    /// What is lost without all rules between tags that name a real rule.
    private Map<String, Long> estimates(Chokepoints found) {
      Map<String, BitSet> rulesOf = new HashMap<>();
      for (int rule = 0; rule < environment.ruleCount(); rule++) {
        for (String id : originIds(environment, List.of(rule))) {
          rulesOf.computeIfAbsent(id, _ -> new BitSet()).set(rule);
        }
      }
      Map<String, Long> estimates = new HashMap<>();
      for (String id : candidates(found)) {
        if (context.deadline().passed()) {
          break;
        }
        var rules = rulesOf.getOrDefault(id, new BitSet()).stream().boxed().toList();
        var avoided = Exclusions.of(graph, rules, List.of());
        var left = VmsByHop.attackers(graph, vm, Subject.ANY_HOPS, avoided).ranks();
        boolean cuts = hasInternet && !hasInternet(graph, left);
        int lost = attackers.cardinality() - vms(graph, left).cardinality();
        estimates.put(id, 2L * lost + (cuts ? 1 : 0));
      }
      return estimates;
    }

    /// The real rules behind the best rules and pairs between tags, and behind those that end at
    /// the VM.
    private Set<String> candidates(Chokepoints found) {
      var ids = new LinkedHashSet<String>();
      found.rules().forEach(rule -> ids.addAll(originIds(environment, rule.rules())));
      found
          .pairs()
          .best()
          .forEach(pair -> {
            ids.addAll(originIds(environment, pair.first()));
            ids.addAll(originIds(environment, pair.second()));
          });
      var tags = new BitSet();
      var lists = environment.tagLists();
      int list = environment.tagListOf(vm);
      for (int i = lists.start(list); i < lists.end(list); i++) {
        tags.set(lists.value(i));
      }
      for (int rule = 0; rule < environment.ruleCount(); rule++) {
        if (tags.get(environment.destTag(rule))) {
          ids.addAll(originIds(environment, List.of(rule)));
        }
      }
      var first = new LinkedHashSet<String>();
      ids.stream().limit(CANDIDATES_MOST).forEach(first::add);
      return first;
    }

    /// What is lost at least: attackers that do not attack one of those that attack it directly
    /// without the rule. Direct attackers that were not looked at count as left.
    private Map<String, Long> bounds(List<Origin> candidates) {
      Deadline deadline = context.deadlineIn(BOUNDS_SECONDS);
      Map<String, Long> bounds = new HashMap<>();
      var direct = vmsOf(AttackSurface.within(graph, vm, 1).attackers());
      for (var candidate : candidates) {
        if (deadline.passed() || direct.isEmpty()) {
          break;
        }
        var model = real.model().without(Set.of(candidate.id()));
        var left = left(direct, model, deadline::passed);
        bounds.put(candidate.id(), (long) attackers.cardinality() - left.cardinality());
      }
      return bounds;
    }

    private List<Integer> vmsOf(Ranks ranks) {
      var vms = new ArrayList<Integer>();
      for (int interval = 0; interval < ranks.intervalCount(); interval++) {
        for (int rank = ranks.from(interval); rank < ranks.to(interval); rank++) {
          vms.add(graph.vmAt(rank));
        }
      }
      return vms;
    }

    private BitSet left(List<Integer> direct, ReachabilityModel model, BooleanSupplier passed) {
      var scope = new Explanation.Scope(filter.services(), !filter.isCertain());
      var left = new ArrayList<Integer>();
      int looks = 0;
      for (int attacker : direct) {
        boolean isLooked = looks++ < BOUND_PAIRS_MOST && !passed.getAsBoolean();
        if (!isLooked
            || !Explanation.of(model, real.side(attacker), real.side(vm), scope, () -> {})
                .services()
                .isEmpty()) {
          left.add(attacker);
        }
      }
      var attacking = new BitSet();
      if (!left.isEmpty()) {
        var group = VmGroup.of(left.stream().mapToInt(Integer::intValue).toArray());
        attacking.or(vms(graph, GroupSurface.of(graph, group).attackers()));
        left.stream()
            .filter(each -> each < real.model().endpoints().size())
            .forEach(attacking::set);
        attacking.clear(vm);
        attacking.and(attackers);
      }
      return attacking;
    }
  }
}
