package io.surfacescan.questions;

import io.surfacescan.model.Edits.RuleScope;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import io.surfacescan.testkit.NaiveGates;
import io.surfacescan.testkit.RandomWorlds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which endpoints of a small real environment attack which, packet by packet and hop by hop.
final class NaiveReach {
  /// Per endpoint, those that attack it directly.
  private final List<BitSet> direct = new ArrayList<>();

  NaiveReach(ReachabilityModel model) {
    var gates = new NaiveGates(model, true);
    var endpoints = model.endpoints();
    for (var to : endpoints) {
      var attackers = new BitSet();
      for (int from = 0; from < endpoints.size(); from++) {
        var source = endpoints.get(from);
        if (!source.equals(to)
            && RandomWorlds.packets().stream()
                .anyMatch(packet -> gates.pass(source.interfaces(), to.interfaces(), packet))) {
          attackers.set(from);
        }
      }
      direct.add(attackers);
    }
  }

  BitSet attackers(int vm) {
    var found = new BitSet();
    var pending = new ArrayDeque<>(List.of(vm));
    while (!pending.isEmpty()) {
      var more = (BitSet) direct.get(pending.pop()).clone();
      more.andNot(found);
      found.or(more);
      more.stream().forEach(pending::add);
    }
    found.clear(vm);
    return found;
  }

  /// How many of some attackers there are.
  int left(int vm, BitSet some) {
    var left = attackers(vm);
    left.and(some);
    return left.cardinality();
  }

  long pairs() {
    long pairs = 0;
    for (int vm = 0; vm < direct.size(); vm++) {
      pairs += attackers(vm).cardinality();
    }
    return pairs;
  }

  /// The model without some rules and links, and with others narrowed, made anew.
  static ReachabilityModel edited(
      ReachabilityModel model, Set<String> removed, List<RuleScope> narrowed) {
    var edited = new ReachabilityModel.Builder();
    model.endpoints().forEach(edited::endpoint);
    model.outsides().forEach(edited::outside);
    model.links().stream().filter(link -> !removed.contains(link.id())).forEach(edited::link);
    for (Gate gate : model.gates()) {
      var tiers = new ArrayList<Tier>();
      for (Tier tier : gate.tiers()) {
        var rules = new ArrayList<GateRule>();
        for (GateRule rule : tier.rules()) {
          if (!removed.contains(rule.id())) {
            rules.add(narrowed(rule, narrowed));
          }
        }
        tiers.add(new Tier(tier.name(), tier.subjects(), rules, tier.otherwise()));
      }
      edited.gate(
          new Gate(
              gate.id(),
              gate.name(),
              gate.direction(),
              gate.guards(),
              gate.exempt(),
              tiers,
              gate.allowsOtherwise()));
    }
    return edited.build();
  }

  private static GateRule narrowed(GateRule rule, List<RuleScope> narrowed) {
    var services = rule.services();
    var names = rule.portNames();
    var peers = rule.peers();
    for (RuleScope scope : narrowed) {
      if (scope.rule().equals(rule.id())) {
        services = services.and(scope.services());
        names = names.stream().map(name -> name.within(scope.services())).toList();
        if (!scope.peers().isEmpty()) {
          peers = Selector.allOf(new Selector.Within(scope.peers()), peers);
        }
      }
    }
    return new GateRule(
        rule.id(), Optional.empty(), rule.action(), rule.targets(), peers, services, names, "");
  }
}
