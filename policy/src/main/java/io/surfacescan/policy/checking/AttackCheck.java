package io.surfacescan.policy.checking;

import static io.surfacescan.policy.checking.AttackPart.difference;
import static io.surfacescan.policy.checking.AttackPart.group;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackPath;
import io.surfacescan.engine.AttackRoutes;
import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.DeadlinePassed;
import io.surfacescan.engine.Exclusions;
import io.surfacescan.engine.GroupAttacks;
import io.surfacescan.engine.NearestPair;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.Verdict;
import io.surfacescan.policy.checking.Causes.Cause;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Finds why forbidden attacks are possible.
///
/// A shortest forbidden attack is taken. Of its hops the one is the cause without which the fewest
/// VMs can still be attacked; of equal ones the last, next to what is attacked. That is the first
/// finding. Then the same is asked again as if its rules were gone, until nothing is left. So the
/// findings together name what has to be changed, and each counts the VMs that it alone takes out
/// of reach once those before it are changed: their sum is the number of VMs affected.
///
/// Example: rules internet -> web, web -> db, internet -> vpn, vpn -> db; `db` must not be reached.
/// The first finding is web -> db, which takes nobody out of reach yet, the second vpn -> db, which
/// does.
final class AttackCheck {
  private final AttackGraph graph;
  private final Causes causes;
  private final Words words;
  private final CheckOptions options;

  AttackCheck(AttackGraph graph, Causes causes, Words words, CheckOptions options) {
    this.graph = graph;
    this.causes = causes;
    this.words = words;
    this.options = options;
  }

  /// The verdict on a rule, with the causes that are found in time.
  ///
  /// @param attacked per part, the VMs that are attacked
  Verdict verdict(PolicyRule rule, List<AttackPart> parts, List<BitSet> attacked) {
    var remaining = union(attacked);
    if (remaining.isEmpty()) {
      return Verdict.held(rule);
    }
    int affected = remaining.cardinality();
    var findings = new ArrayList<Finding>();
    var cut = new BitSet();
    var left = attacked;
    try {
      while (!remaining.isEmpty() && findings.size() < options.findingsMost()) {
        options.deadline().check();
        var path = path(parts, left, cut);
        var best = best(path, parts, remaining, cut);
        findings.add(finding(rule, path, best, remaining));
        cut = AttackPart.union(cut, best.cause.all());
        left = best.left;
        remaining = union(left);
      }
    } catch (DeadlinePassed e) {
      // The verdict holds; what is not explained is counted.
      return new Verdict(rule, affected, "VM", findings, remaining.cardinality(), false);
    }
    return new Verdict(rule, affected, "VM", findings, remaining.cardinality(), false);
  }

  private static BitSet union(List<BitSet> sets) {
    var all = new BitSet();
    sets.forEach(all::or);
    return all;
  }

  /// A shortest attack of the first part that has any.
  private AttackPath path(List<AttackPart> parts, List<BitSet> attacked, BitSet cut) {
    int at = 0;
    while (attacked.get(at).isEmpty()) {
      at++;
    }
    var part = parts.get(at);
    var conditions =
        new Conditions(
            Exclusions.ofRules(AttackPart.union(part.avoided(), cut)), OptionalInt.empty());
    var ends =
        NearestPair.of(graph, group(part.from()), group(attacked.get(at)), conditions)
            .orElseThrow();
    return AttackRoutes.of(graph, ends.from(), ends.to(), conditions, 1, options.deadline())
        .routes()
        .getFirst();
  }

  /// What is left without a cause.
  ///
  /// @param left per part, the VMs that are still attacked
  private record Cut(Cause cause, List<BitSet> left, int remaining) {}

  private Cut best(AttackPath path, List<AttackPart> parts, BitSet remaining, BitSet cut) {
    var candidates = new ArrayList<Cause>();
    var queries = new ArrayList<GroupAttacks.Query>();
    for (var hop : path.hops()) {
      var cause = causes.of(hop.rules());
      candidates.add(cause);
      var without = AttackPart.union(cut, cause.all());
      // Parts of one rule mostly share what they avoid: then so do their queries.
      var avoided = new IdentityHashMap<BitSet, BitSet>();
      for (var part : parts) {
        var all = avoided.computeIfAbsent(part.avoided(), some -> AttackPart.union(some, without));
        queries.add(part.of(remaining, all).query());
      }
    }
    var found = GroupAttacks.attacked(graph, queries, options.deadline());
    Optional<Cut> best = Optional.empty();
    for (int i = 0; i < candidates.size(); i++) {
      var left = List.copyOf(found.subList(i * parts.size(), (i + 1) * parts.size()));
      int count = union(left).cardinality();
      if (best.isEmpty() || count <= best.get().remaining) {
        best = Optional.of(new Cut(candidates.get(i), left, count));
      }
    }
    return best.orElseThrow();
  }

  /// An export has no rule to remove where nothing restricts an attack.
  private String change(AttackPath path, Cause cause) {
    if (causes.isRule(cause)) {
      return "remove or narrow " + causes.words(cause);
    }
    int reached =
        path.hops().stream()
            .filter(hop -> hop.rules().equals(cause.rules()))
            .findFirst()
            .orElseThrow()
            .to();
    return "restrict by a new rule who reaches " + words.vm(reached);
  }

  private Finding finding(PolicyRule rule, AttackPath path, Cut cut, BitSet remaining) {
    var ended = difference(remaining, union(cut.left));
    var examples = ended.stream().limit(options.examplesMost()).boxed().toList();
    var places = causes.places(cut.cause);
    return new Finding(
        rule,
        Fingerprint.of(rule.id(), cut.cause.key()),
        words.attack(path),
        words.remedy(change(path, cut.cause), ended.cardinality(), remaining.cardinality()),
        Optional.of(path),
        cut.cause.rules(),
        Causes.first(places),
        Causes.others(places),
        ended.cardinality(),
        examples.isEmpty() ? List.of(path.to()) : examples,
        Optional.empty(),
        false);
  }
}
