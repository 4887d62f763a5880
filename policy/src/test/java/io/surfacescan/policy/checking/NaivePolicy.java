package io.surfacescan.policy.checking;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmKind;
import io.surfacescan.policy.Demand;
import io.surfacescan.policy.Ends;
import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.Selector;
import io.surfacescan.testkit.NaiveOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a policy means, executed word by word: every pair of VMs is held against every rule. It
/// shares nothing with the check but the facts of a policy.
final class NaivePolicy {
  private final Environment environment;

  NaivePolicy(Environment environment) {
    this.environment = environment;
  }

  /// The VMs that break a rule about attacks, or a limit.
  Set<Integer> broken(PolicyRule rule) {
    return switch (rule.demand()) {
      case Demand.Forbid forbid ->
          attacked(rule, forbid.services(), forbid.maxHops(), forbid.ends(), forbid.except());
      case Demand.AllowOnly allow -> beyond(rule, allow);
      case Demand.Limit limit -> beyond(rule, limit);
      case Demand.NoNew _, Demand.Lint _ -> throw new IllegalArgumentException();
    };
  }

  private NaiveOracle oracle(PolicyRule rule, Services services) {
    return NaiveOracle.of(
        environment.keepingRules(at -> {
          var details = environment.ruleDetails(at);
          return details.services().meets(services)
              && !(rule.isCertain() && details.assumed().isPresent());
        }));
  }

  private Set<Integer> attacked(
      PolicyRule rule, Services services, int maxHops, Ends ends, List<Ends> exceptions) {
    return attacked(rule, services, maxHops, picked(ends.from()), picked(ends.to()), exceptions);
  }

  private Set<Integer> attacked(
      PolicyRule rule,
      Services services,
      int maxHops,
      Set<Integer> from,
      Set<Integer> to,
      List<Ends> exceptions) {
    var oracle = oracle(rule, services);
    var attacked = new TreeSet<Integer>();
    for (int target : to) {
      for (int attacker : oracle.attackersWithin(target, maxHops).keySet()) {
        if (from.contains(attacker) && !isExcepted(exceptions, attacker, target)) {
          attacked.add(target);
        }
      }
    }
    return attacked;
  }

  private boolean isExcepted(List<Ends> exceptions, int from, int to) {
    return exceptions.stream()
        .anyMatch(exception ->
            (exception.from().isEmpty() || picked(exception.from()).contains(from))
                && (exception.to().isEmpty() || picked(exception.to()).contains(to)));
  }

  private Set<Integer> beyond(PolicyRule rule, Demand.AllowOnly allow) {
    var from = picked(allow.ends().from());
    var to = picked(allow.ends().to());
    var others = new TreeSet<Integer>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      var kind = environment.vmKind(vm);
      boolean isOther =
          allow.restrictsTo()
              ? kind != VmKind.EXTERNAL_SINK && !from.contains(vm)
              : !kind.isExternal() && !to.contains(vm);
      if (isOther) {
        others.add(vm);
      }
    }
    var broken =
        attacked(
            rule,
            Services.ALL,
            allow.maxHops(),
            allow.restrictsTo() ? others : from,
            allow.restrictsTo() ? to : others,
            allow.except());
    var rest = Services.ALL.minus(allow.services());
    if (!rest.isEmpty()) {
      broken.addAll(attacked(rule, rest, allow.maxHops(), from, to, allow.except()));
    }
    return broken;
  }

  private Set<Integer> beyond(PolicyRule rule, Demand.Limit limit) {
    var oracle = oracle(rule, limit.services());
    var of = picked(limit.of());
    var all = inside();
    double share = limit.value() * all.size() / 100;
    return switch (limit.bound()) {
      case ATTACKERS -> those(of, vm -> count(oracle.attackers(vm).keySet()) > limit.value());
      case ATTACKERS_SHARE -> those(of, vm -> count(oracle.attackers(vm).keySet()) > share);
      case BLAST_RADIUS -> those(of, vm -> count(oracle.victims(vm).keySet()) > limit.value());
      case BLAST_RADIUS_SHARE -> those(of, vm -> count(oracle.victims(vm).keySet()) > share);
      case INTERNET_HOPS ->
          attacked(rule, limit.services(), (int) limit.value() - 1, internet(), of, List.of());
      case REACHABLE -> {
        var reached = new TreeSet<Integer>();
        for (int vm : of) {
          reached.addAll(oracle.victims(vm).keySet());
        }
        reached.retainAll(all);
        yield reached.size() > limit.value() ? reached : Set.of();
      }
    };
  }

  private static Set<Integer> those(Set<Integer> vms, IntPredicate like) {
    return vms.stream().filter(like::test).collect(Collectors.toCollection(TreeSet::new));
  }

  private long count(Set<Integer> vms) {
    return vms.stream().filter(vm -> !environment.vmKind(vm).isExternal()).count();
  }

  private Set<Integer> inside() {
    return those(
        IntStream.range(0, environment.vmCount()).boxed().collect(Collectors.toSet()),
        vm -> !environment.vmKind(vm).isExternal());
  }

  private Set<Integer> internet() {
    return picked(List.of(Selector.of("internet", new Place("p", 1, 1)).orElseThrow()));
  }

  Set<Integer> picked(List<Selector> selectors) {
    var picked = new TreeSet<Integer>();
    for (var selector : selectors) {
      for (int vm = 0; vm < environment.vmCount(); vm++) {
        if (picks(selector, vm)) {
          picked.add(vm);
        }
      }
    }
    return picked;
  }

  private boolean picks(Selector selector, int vm) {
    String value = selector.value();
    var view = environment.vm(vm);
    var details = environment.vmDetails(vm);
    return switch (selector.kind()) {
      case ID -> view.id().equals(value);
      case VM -> view.id().equals(value);
      case NAME -> view.name().filter(name -> isLike(value, name)).isPresent();
      case TAG -> view.tags().stream().anyMatch(tag -> isLike(value, tag));
      case KIND -> details.kind().code().equals(value);
      case SCOPE -> details.scope().filter(scope -> isLike(value, scope)).isPresent();
      case LABEL ->
          details.labels().stream()
              .anyMatch(label ->
                  value.contains("=") ? isLike(value, label) : label.startsWith(value + "="));
      case INTERNET -> isInternet(environment, vm);
      case ANY -> !details.kind().isExternal();
    };
  }

  /// The addresses outside that no rule tells apart, of IPv4 or of IPv6.
  static boolean isInternet(Environment environment, int vm) {
    String id = environment.vmId(vm);
    return (id.equals("internet") || id.equals("internet-ipv6"))
        && environment.vmKind(vm) == VmKind.EXTERNAL;
  }

  /// By all ways to take the stars, one after the other.
  private static boolean isLike(String pattern, String text) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    if (pattern.charAt(0) == '*') {
      return isLike(pattern.substring(1), text)
          || (!text.isEmpty() && isLike(pattern, text.substring(1)));
    }
    return !text.isEmpty()
        && text.charAt(0) == pattern.charAt(0)
        && isLike(pattern.substring(1), text.substring(1));
  }

  /// A few names of VMs, tags and so on, from which policies are made.
  static List<String> selectors(Environment environment) {
    var all = new ArrayList<String>(List.of("any", "internet", "kind:vm", "kind:database"));
    all.addAll(List.of("scope:scope-1", "scope:s*", "label:app", "label:tier=*", "tag:*1*"));
    for (int vm = 0; vm < Math.min(5, environment.vmCount()); vm++) {
      all.add("id:" + environment.vmId(vm));
    }
    for (int tag = 0; tag < Math.min(12, environment.tagCount()); tag++) {
      all.add("tag:" + environment.tag(tag));
    }
    return all;
  }
}
