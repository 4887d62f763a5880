package io.surfacescan.testkit;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import io.surfacescan.reachability.lowering.Lowered;
import io.surfacescan.reachability.lowering.Lowering;
import io.surfacescan.reachability.lowering.Reach;
import io.surfacescan.reachability.lowering.RuleRemovals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Holds [RuleRemovals] against a lowering of the whole model without the rule, for real rules by
/// lot and every endpoint.
public final class RemovalsByWholeLowering {
  private final Lowered lowered;
  private final Services asked;
  private final boolean atMost;
  private int rules;
  private long lost;

  private RemovalsByWholeLowering(Lowered lowered, Services asked, boolean atMost) {
    this.lowered = lowered;
    this.asked = asked;
    this.atMost = atMost;
  }

  /// Checks rules by lot.
  ///
  /// @param rulesMost how many rules
  /// @param asked only what these services may do
  /// @param atMost whether what is not known counts
  /// @throws AssertionError if they differ
  public static RemovalsByWholeLowering check(
      Lowered lowered, Services asked, boolean atMost, int rulesMost, long seed) {
    var check = new RemovalsByWholeLowering(lowered, asked, atMost);
    check.run(rulesMost, seed);
    return check;
  }

  /// How many rules were taken out.
  public int rules() {
    return rules;
  }

  /// How many attackers were lost, with all rules and endpoints together.
  public long lost() {
    return lost;
  }

  private void run(int rulesMost, long seed) {
    var removals = RuleRemovals.of(lowered, asked, atMost, () -> {});
    var before = new Closure(asked(lowered.environment()));
    hold("with all rules", lowered, before, removals.whole(), before);
    var ids = new ArrayList<>(lowered.model().ruleIds());
    Collections.shuffle(ids, new Random(seed));
    for (String id : ids.subList(0, Math.min(rulesMost, ids.size()))) {
      var after = Lowering.of(lowered.model().without(Set.of(id)));
      var closure = new Closure(asked(after.environment()));
      hold("without " + id, after, closure, removals.without(id), before);
      rules++;
    }
  }

  private Environment asked(Environment environment) {
    return environment.keepingRules(rule -> {
      var details = environment.ruleDetails(rule);
      return details.services().meets(asked) && (atMost || details.assumed().isEmpty());
    });
  }

  private void hold(String what, Lowered after, Closure expected, Reach found, Closure before) {
    var compact = new Closure(found.environment());
    for (int vm = 0; vm < lowered.model().endpoints().size(); vm++) {
      var attackers = endpoints(expected, vm);
      var reached = found.attackers(vm);
      String place = what + ", attackers of " + lowered.environment().vmId(vm) + ": ";
      hold(place, attackers, reached.endpoints());
      hold(place + "in the environment, ", attackers, endpoints(compact, vm));
      if (reached.hasInternet() != hasInternet(after, expected.attackers(vm))) {
        throw new AssertionError(place + "of the internet: " + reached.hasInternet());
      }
      lost += endpoints(before, vm).cardinality() - attackers.cardinality();
    }
  }

  private static void hold(String what, BitSet expected, BitSet found) {
    if (!expected.equals(found)) {
      throw new AssertionError(what + "expected " + expected + ", but found " + found);
    }
  }

  private BitSet endpoints(Closure closure, int vm) {
    var endpoints = new BitSet();
    closure.attackers(vm).stream()
        .filter(each -> each < lowered.model().endpoints().size())
        .forEach(endpoints::set);
    return endpoints;
  }

  /// Whether addresses that the whole environment has as the internet are among attackers. Without
  /// a rule they may belong to VMs of other names.
  private boolean hasInternet(Lowered after, BitSet attackers) {
    int endpoints = lowered.model().endpoints().size();
    for (int vm : lowered.environment().internet()) {
      var internet = lowered.externals().get(vm - endpoints);
      for (int i = 0; i < after.externals().size(); i++) {
        var other = after.externals().get(i);
        if (attackers.get(endpoints + i)
            && other.outside().equals(internet.outside())
            && other.ranges().stream()
                .anyMatch(range -> internet.ranges().stream().anyMatch(range::meets))) {
          return true;
        }
      }
    }
    return false;
  }

  /// Who attacks whom, VM by VM.
  private static final class Closure {
    /// By VM, those that attack it directly.
    private final BitSet[] direct;

    Closure(Environment environment) {
      Map<String, BitSet> carriers = new HashMap<>();
      for (int vm = 0; vm < environment.vmCount(); vm++) {
        for (String tag : environment.vm(vm).tags()) {
          carriers.computeIfAbsent(tag, _ -> new BitSet()).set(vm);
        }
      }
      direct = new BitSet[environment.vmCount()];
      Arrays.setAll(direct, _ -> new BitSet());
      var none = new BitSet();
      for (var rule : environment.rules()) {
        var sources = carriers.getOrDefault(rule.sourceTag(), none);
        carriers.getOrDefault(rule.destTag(), none).stream().forEach(vm -> direct[vm].or(sources));
      }
      for (int vm = 0; vm < direct.length; vm++) {
        direct[vm].clear(vm);
      }
    }

    BitSet attackers(int vm) {
      var found = new BitSet();
      var pending = new ArrayDeque<>(List.of(vm));
      while (!pending.isEmpty()) {
        var more = (BitSet) direct[pending.pop()].clone();
        more.andNot(found);
        found.or(more);
        more.stream().forEach(pending::add);
      }
      found.clear(vm);
      return found;
    }
  }
}
