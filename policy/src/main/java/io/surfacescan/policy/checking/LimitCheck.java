package io.surfacescan.policy.checking;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Chokepoints;
import io.surfacescan.engine.DeadlinePassed;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.Progress;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Place;
import io.surfacescan.policy.Demand.Bound;
import io.surfacescan.policy.Demand.Limit;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.Verdict;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.text.Counted;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Finds VMs with more attackers, or a larger blast radius, than a policy allows. VMs with the same
/// tags have one cause together.
///
/// What stands for addresses outside is not counted. Not thread-safe: the sizes of all surfaces are
/// kept for the rules after.
final class LimitCheck {
  private final AttackGraph graph;
  private final Causes causes;
  private final CheckOptions options;
  private final Map<RuleFilter, Exposures> exposures = new HashMap<>();

  LimitCheck(AttackGraph graph, Causes causes, CheckOptions options) {
    this.graph = graph;
    this.causes = causes;
    this.options = options;
  }

  private Environment environment() {
    return graph.environment();
  }

  private Exposures exposures(RuleFilter filter) {
    return exposures.computeIfAbsent(
        filter, some -> Exposures.of(some.apply(graph), options.deadline(), Progress.NONE));
  }

  /// The verdict on a rule.
  ///
  /// @param of the VMs that the limit is about
  /// @param inside how many VMs there are
  Verdict verdict(PolicyRule rule, Limit limit, BitSet of, int inside) {
    var sizes = exposures(new RuleFilter(limit.services(), rule.isCertain()));
    boolean isRadius =
        limit.bound() == Bound.BLAST_RADIUS || limit.bound() == Bound.BLAST_RADIUS_SHARE;
    double most = limit.bound().isShare() ? limit.value() * inside / 100 : limit.value();
    Map<String, List<Integer>> byTags = new LinkedHashMap<>();
    Map<Integer, String> keyOfList = new HashMap<>();
    long affected = 0;
    for (int vm = of.nextSetBit(0); vm >= 0; vm = of.nextSetBit(vm + 1)) {
      if (size(sizes, vm, isRadius) > most) {
        affected++;
        int at = vm;
        String key = keyOfList.computeIfAbsent(environment().tagListOf(vm), _ -> key(at));
        byTags.computeIfAbsent(key, _ -> new ArrayList<>()).add(vm);
      }
    }
    // Stable: of equal sizes the group whose VM comes first.
    var groups =
        byTags.values().stream()
            .sorted(
                Comparator.comparingInt(
                    (List<Integer> group) -> -size(sizes, group.getFirst(), isRadius)))
            .toList();
    var findings = new ArrayList<Finding>();
    long explained = 0;
    for (var group : groups.stream().limit(options.findingsMost()).toList()) {
      int size = size(sizes, group.getFirst(), isRadius);
      findings.add(finding(rule, limit, group, size, sizes.graph(), isRadius, most));
      explained += group.size();
    }
    return new Verdict(rule, affected, "VM", findings, affected - explained, false);
  }

  private static int size(Exposures sizes, int vm, boolean isRadius) {
    return isRadius ? sizes.victims(vm) : sizes.attackers(vm);
  }

  private Finding finding(
      PolicyRule rule,
      Limit limit,
      List<Integer> group,
      int size,
      AttackGraph seen,
      boolean isRadius,
      double most) {
    int vm = group.getFirst();
    String bound =
        limit.bound().isShare()
            ? String.format(Locale.ROOT, "%s%% of all VMs", plain(limit.value()))
            : plain(most);
    String who = new Words(environment()).vm(vm);
    String message =
        (isRadius
                ? who + " can attack " + Counted.of(size, "VM")
                : Counted.of(size, "VM") + " can attack " + who)
            + ", and at most "
            + bound
            + " may";
    var best = isRadius ? Optional.<Chokepoints.Rule>empty() : best(seen, vm);
    var rules = best.map(one -> original(seen, limit, rule, one.rules())).orElse(List.of());
    var cause = rules.isEmpty() ? Optional.<Causes.Cause>empty() : Optional.of(causes.of(rules));
    List<Place> places = cause.map(causes::places).orElse(List.of());
    String remedy =
        cause.isPresent()
            ? "remove or narrow "
                + causes.words(cause.get())
                + "; that takes "
                + Counted.of(best.get().attackersLost(), "attacker")
                + " away"
            : isRadius
                ? "take tags from it, or divide what it can attack"
                : "take tags from it; no single rule takes attackers away";
    return new Finding(
        rule,
        Fingerprint.of(rule.id(), key(vm)),
        message,
        remedy,
        Optional.empty(),
        rules,
        Causes.first(places),
        Causes.others(places),
        group.size(),
        group.stream().limit(options.examplesMost()).toList(),
        Optional.empty(),
        false);
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  /// The tags, whatever their order.
  private String key(int vm) {
    return String.join("\n", new TreeSet<>(environment().vm(vm).tags()));
  }

  private Optional<Chokepoints.Rule> best(AttackGraph seen, int vm) {
    try {
      return Chokepoints.of(seen, vm, 1, options.deadline()).rules().stream().findFirst();
    } catch (DeadlinePassed e) {
      // The finding stands without a remedy.
      return Optional.empty();
    }
  }

  /// The rules of a filtered environment, as those of the whole one.
  private List<Integer> original(
      AttackGraph seen, Limit limit, PolicyRule rule, List<Integer> rules) {
    if (seen.environment() == environment()) {
      return rules;
    }
    var all = new ArrayList<Integer>();
    for (int at = 0; at < environment().ruleCount(); at++) {
      var details = environment().ruleDetails(at);
      if (details.services().meets(limit.services())
          && !(rule.isCertain() && details.assumed().isPresent())) {
        all.add(at);
      }
    }
    return rules.stream().map(all::get).toList();
  }
}
