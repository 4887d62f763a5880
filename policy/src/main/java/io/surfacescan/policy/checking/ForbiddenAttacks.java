package io.surfacescan.policy.checking;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import io.surfacescan.policy.Demand;
import io.surfacescan.policy.Ends;
import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.Selector;
import io.surfacescan.questions.arguments.RuleFilter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the rules of a policy forbid, as pairs of sets of VMs. Not thread-safe.
///
/// An exception for both ends takes pairs out, not VMs. So the VMs attacked are divided by the
/// exceptions that name them, and each part loses the attackers of its own exceptions.
final class ForbiddenAttacks {
  private final Environment environment;
  private final VmSelection selection;
  private final Map<RuleFilter, BitSet> avoided = new HashMap<>();

  ForbiddenAttacks(Environment environment, VmSelection selection) {
    this.environment = environment;
    this.selection = selection;
  }

  /// The parts of a rule that forbids attacks.
  List<AttackPart> of(PolicyRule rule, Demand.Forbid forbid) {
    return parts(
        pick(rule, forbid.ends().from()),
        pick(rule, forbid.ends().to()),
        forbid.maxHops(),
        avoided(forbid.services(), rule.isCertain()),
        rule,
        forbid.except());
  }

  /// All attacks by, or on, the end that is restricted but those allowed: those of others, and
  /// those over other services.
  List<AttackPart> of(PolicyRule rule, Demand.AllowOnly allow) {
    var from = pick(rule, allow.ends().from());
    var to = pick(rule, allow.ends().to());
    var all = avoided(Services.ALL, rule.isCertain());
    var parts = new ArrayList<AttackPart>();
    if (allow.restrictsTo()) {
      var others = AttackPart.union(selection.inside(), selection.outside());
      others.andNot(from);
      parts.addAll(parts(others, to, allow.maxHops(), all, rule, allow.except()));
    } else {
      var others = AttackPart.difference(selection.inside(), to);
      parts.addAll(parts(from, others, allow.maxHops(), all, rule, allow.except()));
    }
    var otherServices = Services.ALL.minus(allow.services());
    if (!otherServices.isEmpty()) {
      var beyond = avoided(otherServices, rule.isCertain());
      parts.addAll(parts(from, to, allow.maxHops(), beyond, rule, allow.except()));
    }
    return parts;
  }

  /// Attacks from the internet over fewer hops than a limit asks for.
  List<AttackPart> nearInternet(PolicyRule rule, Demand.Limit limit, BitSet internet) {
    return parts(
        internet,
        pick(rule, limit.of()),
        (int) limit.count() - 1,
        avoided(limit.services(), rule.isCertain()),
        rule,
        List.of());
  }

  /// All attacks of a group.
  List<AttackPart> byGroup(PolicyRule rule, Demand.Limit limit) {
    return parts(
        pick(rule, limit.of()),
        selection.inside(),
        Demand.ANY_HOPS,
        avoided(limit.services(), rule.isCertain()),
        rule,
        List.of());
  }

  private BitSet pick(PolicyRule rule, List<Selector> selectors) {
    return selection.of(selectors, rule.mayBeEmpty());
  }

  private BitSet avoided(Services services, boolean isCertain) {
    return avoided(new RuleFilter(services, isCertain));
  }

  /// The firewall rules that a filter leaves out; shared, and not to be changed.
  BitSet avoided(RuleFilter of) {
    return avoided.computeIfAbsent(
        of,
        filter -> {
          var out = new BitSet();
          if (!environment.hasRuleDetails() || filter.equals(RuleFilter.NONE)) {
            return out;
          }
          for (int rule = 0; rule < environment.ruleCount(); rule++) {
            out.set(rule, !filter.letsThrough(environment, rule));
          }
          return out;
        });
  }

  private List<AttackPart> parts(
      BitSet from, BitSet to, int maxHops, BitSet without, PolicyRule rule, List<Ends> exceptions) {
    if (exceptions.isEmpty()) {
      var part = new AttackPart(from, to, maxHops, without);
      return part.isEmpty() ? List.of() : List.of(part);
    }
    var attackers = (BitSet) from.clone();
    var attacked = (BitSet) to.clone();
    var pairs = new ArrayList<BitSet[]>();
    for (var exception : exceptions) {
      var exceptFrom = pick(rule, exception.from());
      var exceptTo = pick(rule, exception.to());
      if (exception.to().isEmpty()) {
        attackers.andNot(exceptFrom);
      } else if (exception.from().isEmpty()) {
        attacked.andNot(exceptTo);
      } else {
        pairs.add(new BitSet[] {exceptFrom, exceptTo});
      }
    }
    List<AttackPart> parts = List.of(new AttackPart(attackers, attacked, maxHops, without));
    for (var pair : pairs) {
      parts = parts.stream().flatMap(part -> part.without(pair[0], pair[1]).stream()).toList();
    }
    return parts.stream()
        .filter(part -> !part.isEmpty())
        .sorted(Comparator.comparingInt(part -> part.to().nextSetBit(0)))
        .toList();
  }
}
