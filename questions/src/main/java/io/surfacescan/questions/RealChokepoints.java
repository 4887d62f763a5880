package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Chokepoints;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.DeadlinePassed;
import io.surfacescan.engine.EnvironmentChokepoints;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.SurfaceSizes;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Origin;
import io.surfacescan.model.TooLarge;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.lowering.Lowered;
import io.surfacescan.reachability.lowering.RuleRemovals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The real rules without which a VM loses the most attackers, or the environment the most attacks.
///
/// What is lost without one is found by working out anew what it may be about, so it is exact: a
/// rule between tags may come from several real ones, and one real rule may be behind many.
///
/// @param all how many attackers or pairs there are; addresses outside are not counted
/// @param rules those that lose something, the highest loss first, ties by id; at most [#MOST]
/// @param total how many real rules may lose something
/// @param compared how many of them were compared: if those are all, no other loses more
/// @param isWhole whether the loss of each candidate was worked out in time
public record RealChokepoints(
    long all, List<Rule> rules, int total, int compared, boolean isWhole) {
  /// For how many rules the loss is shown.
  public static final int MOST = 10;

  /// A real rule, removed.
  ///
  /// @param lost how many attackers or pairs are lost
  /// @param cutsInternet whether the internet can attack the VM with it and not without it
  /// @param isExact whether that is the exact number, and not what is lost at least
  public record Rule(Origin rule, long lost, boolean cutsInternet, boolean isExact) {
    private static final Comparator<Rule> MOST_LOST_FIRST =
        Comparator.comparingLong(Rule::lost)
            .reversed()
            .thenComparing(rule -> !rule.cutsInternet())
            .thenComparing(rule -> rule.rule().id());

    private boolean isNothing() {
      return isExact && lost == 0 && !cutsInternet;
    }
  }

  public RealChokepoints {
    rules = List.copyOf(rules);
  }

  static RealChokepoints of(
      long all, List<Rule> rules, int limit, int total, int compared, boolean isWhole) {
    rules.removeIf(Rule::isNothing);
    rules.sort(Rule.MOST_LOST_FIRST);
    var best = rules.stream().limit(Math.min(limit, MOST)).toList();
    return new RealChokepoints(all, best, total, compared, isWhole);
  }

  /// Those of a VM. Cost: a lowering of the real environment, and of each candidate what it touches
  /// and a search over classes.
  ///
  /// @param found the chokepoints between tags
  static RealChokepoints ofVm(
      Context context, Lowered real, RuleFilter filter, Chokepoints found, int limit) {
    return ofVm(context, real, filter, found, limit, context.deadline());
  }

  /// As the other.
  ///
  /// @param deadline for what is worked out anew
  static RealChokepoints ofVm(
      Context context,
      Lowered real,
      RuleFilter filter,
      Chokepoints found,
      int limit,
      Deadline deadline) {
    return new RealChokepointsOfVm(context, real, filter, found).search(limit, deadline);
  }

  /// Those of the environment. Cost: as [#ofVm], and the attackers of all VMs for each candidate.
  ///
  /// @param found the chokepoints between tags
  static RealChokepoints ofAll(
      Context context, Lowered real, RuleFilter filter, EnvironmentChokepoints found, int limit) {
    var deadline = context.deadline();
    long pairs = context.exposures().pairs();
    var first = new LinkedHashSet<String>();
    found.rules().stream()
        .filter(candidate -> candidate.pairsLost() > 0)
        .forEach(candidate -> first.addAll(originIds(context.environment(), candidate.rules())));
    var rules = new ArrayList<Rule>();
    var candidates = placed(real.model(), first).stream().limit(MOST).toList();
    int total = candidates.size();
    try {
      var removals = removals(real, filter, deadline);
      var taking = removals.takingPart();
      total = taking.size();
      candidates = firstOf(first, taking, MOST);
      var progress = context.progress().apply("removing");
      for (Origin candidate : candidates) {
        var without = AttackGraph.of(removals.without(candidate.id()).environment());
        long after = SurfaceSizes.of(without, deadline, Progress.NONE).pairs();
        rules.add(new Rule(candidate, pairs - after, false, true));
        progress.at(rules.size(), candidates.size());
      }
    } catch (DeadlinePassed | TooLarge e) {
      candidates.stream()
          .skip(rules.size())
          .forEach(candidate -> rules.add(new Rule(candidate, 0, false, false)));
      return of(pairs, rules, limit, total, rules.size(), false);
    }
    return of(pairs, rules, limit, total, rules.size(), true);
  }

  static RuleRemovals removals(Lowered real, RuleFilter filter, Deadline deadline) {
    return RuleRemovals.of(real, filter.services(), !filter.isCertain(), deadline::check);
  }

  /// Some rules: those that matter most between tags come first.
  static List<Origin> firstOf(Set<String> first, List<Origin> taking, int most) {
    Map<String, Integer> places = new HashMap<>();
    first.forEach(id -> places.put(id, places.size()));
    return taking.stream()
        .sorted(Comparator.comparingInt(rule -> places.getOrDefault(rule.id(), first.size())))
        .limit(most)
        .toList();
  }

  /// The real rules with these ids, of those that stand somewhere.
  static List<Origin> placed(ReachabilityModel model, Set<String> ids) {
    var rules = model.realRules();
    return ids.stream()
        .map(id -> Optional.ofNullable(rules.get(id)))
        .flatMap(Optional::stream)
        .filter(rule -> rule.place().isPresent())
        .toList();
  }

  /// The real rules that rules between tags name; a route, if they name none.
  static Set<String> originIds(Environment environment, List<Integer> rules) {
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
}
