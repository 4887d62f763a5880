package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.Chokepoints;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.DeadlinePassed;
import io.surfacescan.engine.GroupSurface;
import io.surfacescan.engine.Ranks;
import io.surfacescan.engine.VmGroup;
import io.surfacescan.model.Origin;
import io.surfacescan.model.TooLarge;
import io.surfacescan.questions.RealChokepoints.Rule;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.lowering.Lowered;
import io.surfacescan.reachability.lowering.Reach.Attackers;
import io.surfacescan.reachability.lowering.RuleRemovals;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Looks for the real rules without which a VM loses the most attackers.
///
/// Candidates are the rules that may let something through on a way to the VM: first those behind
/// the chokepoints between tags, and those before the VM, then those about most pairs.
final class RealChokepointsOfVm {
  /// How many candidates are compared.
  private static final int COMPARED_MOST = 64;

  /// When time is up, for how long bounds are looked for, and by how many looks at a pair for each
  /// rule.
  private static final long BOUNDS_MS = 300;

  private static final int BOUND_PAIRS_MOST = 200;

  private final Lowered real;
  private final RuleFilter filter;
  private final Chokepoints found;
  private final int vm;
  private final AttackGraph graph;
  private final Context context;

  RealChokepointsOfVm(Context context, Lowered real, RuleFilter filter, Chokepoints found) {
    this.context = context;
    this.real = real;
    this.filter = filter;
    this.found = found;
    vm = found.vm();
    graph = context.graph();
  }

  RealChokepoints search(int limit, Deadline deadline) {
    boolean isEndpoint = vm < real.model().endpoints().size();
    if (!isEndpoint || AttackSurface.of(graph, vm).attackers().isEmpty()) {
      return new RealChokepoints(0, List.of(), 0, 0, true);
    }
    var first = first();
    var candidates = RealChokepoints.placed(real.model(), first);
    int total = candidates.size();
    var rules = new ArrayList<Rule>();
    var progress = context.progress().apply("removing");
    try {
      var removals = RealChokepoints.removals(real, filter, deadline);
      var whole = removals.whole().attackers(vm);
      var taking = removals.takingPart(whole);
      total = taking.size();
      candidates = RealChokepoints.firstOf(first, taking, COMPARED_MOST);
      for (Origin candidate : candidates) {
        rules.add(loss(candidate, whole, removals));
        progress.at(rules.size(), candidates.size());
      }
      return RealChokepoints.of(whole.count(), rules, limit, total, candidates.size(), true);
    } catch (DeadlinePassed | TooLarge e) {
      int compared = rules.size();
      rules.addAll(bounds(candidates.stream().skip(compared).limit(limit).toList()));
      return RealChokepoints.of(attackers().cardinality(), rules, limit, total, compared, false);
    }
  }

  private Rule loss(Origin rule, Attackers whole, RuleRemovals removals) {
    var without = removals.without(rule.id()).attackers(vm);
    var lost = (BitSet) whole.endpoints().clone();
    lost.andNot(without.endpoints());
    boolean cuts = whole.hasInternet() && !without.hasInternet();
    return new Rule(rule, lost.cardinality(), cuts, true);
  }

  /// The real rules behind the best rules and pairs between tags, and behind those that end at the
  /// VM.
  private Set<String> first() {
    var environment = context.environment();
    var ids = new LinkedHashSet<String>();
    found.rules().forEach(rule -> ids.addAll(RealChokepoints.originIds(environment, rule.rules())));
    found
        .pairs()
        .best()
        .forEach(pair -> {
          ids.addAll(RealChokepoints.originIds(environment, pair.first()));
          ids.addAll(RealChokepoints.originIds(environment, pair.second()));
        });
    var tags = new BitSet();
    var lists = environment.tagLists();
    int list = environment.tagListOf(vm);
    for (int i = lists.start(list); i < lists.end(list); i++) {
      tags.set(lists.value(i));
    }
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      if (tags.get(environment.destTag(rule))) {
        ids.addAll(RealChokepoints.originIds(environment, List.of(rule)));
      }
    }
    return ids;
  }

  /// What is lost at least: attackers that do not attack one of those that attack it directly
  /// without the rule. Direct attackers that were not looked at count as left.
  private List<Rule> bounds(List<Origin> candidates) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BOUNDS_MS);
    BooleanSupplier passed = () -> System.nanoTime() - end > 0;
    var attackers = attackers();
    var direct = vmsOf(AttackSurface.within(graph, vm, 1).attackers());
    var bounds = new ArrayList<Rule>();
    for (Origin candidate : candidates) {
      int lost = 0;
      if (!passed.getAsBoolean() && !direct.isEmpty()) {
        var model = real.model().without(Set.of(candidate.id()));
        lost = attackers.cardinality() - left(direct, attackers, model, passed).cardinality();
      }
      bounds.add(new Rule(candidate, lost, false, false));
    }
    return bounds;
  }

  /// The attackers that are endpoints, by their numbers.
  private BitSet attackers() {
    return endpoints(AttackSurface.of(graph, vm).attackers());
  }

  private BitSet endpoints(Ranks ranks) {
    var endpoints = new BitSet();
    for (int each : vmsOf(ranks)) {
      if (each < real.model().endpoints().size()) {
        endpoints.set(each);
      }
    }
    return endpoints;
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

  private BitSet left(
      List<Integer> direct, BitSet attackers, ReachabilityModel model, BooleanSupplier passed) {
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
      attacking.or(endpoints(GroupSurface.of(graph, group).attackers()));
      left.stream().filter(each -> each < real.model().endpoints().size()).forEach(attacking::set);
      attacking.clear(vm);
      attacking.and(attackers);
    }
    return attacking;
  }
}
