package io.surfacescan.engine;

import io.surfacescan.model.Environment;
import io.surfacescan.testkit.NaiveOracle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/// Shortest routes by their definition: from VM to VM by the rules that are not avoided, and then
/// the groups of the VMs on each shortest path.
final class NaiveRoutes {
  static final int FAR = Integer.MAX_VALUE;

  private final Environment environment;
  private final NaiveOracle oracle;
  private final Set<Integer> avoidedRules;

  NaiveRoutes(NaiveOracle oracle, Set<Integer> rules, Set<Integer> tags) {
    this.environment = oracle.environment();
    this.oracle = oracle;
    this.avoidedRules = new HashSet<>(rules);
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      if (tags.contains(environment.sourceTag(rule)) || tags.contains(environment.destTag(rule))) {
        avoidedRules.add(rule);
      }
    }
  }

  boolean isAvoided(int rule) {
    return avoidedRules.contains(rule);
  }

  NavigableSet<Integer> rules(int from, int to) {
    var rules = new TreeSet<>(oracle.rules(from, to));
    rules.removeAll(avoidedRules);
    return rules;
  }

  /// Per VM, its hops to this one; [#FAR] if it cannot attack it.
  int[] hopsTo(int to) {
    int[] hops = new int[environment.vmCount()];
    Arrays.fill(hops, FAR);
    hops[to] = 0;
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int from = 0; from < hops.length; from++) {
        for (int next = 0; next < hops.length; next++) {
          if (hops[next] < FAR && hops[next] + 1 < hops[from] && !rules(from, next).isEmpty()) {
            hops[from] = hops[next] + 1;
            changed = true;
          }
        }
      }
    }
    return hops;
  }

  /// Per VM, the hops to it from this one.
  int[] hopsFrom(int from) {
    int[] hops = new int[environment.vmCount()];
    for (int to = 0; to < hops.length; to++) {
      hops[to] = hopsTo(to)[from];
    }
    return hops;
  }

  /// Per VM, the tags that rules give a meaning: it is the name of its group.
  List<Set<String>> groups() {
    var carried = new HashSet<String>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      carried.addAll(environment.vm(vm).tags());
    }
    var meaning = new HashSet<String>();
    for (var rule : environment.rules()) {
      if (carried.contains(rule.sourceTag()) && carried.contains(rule.destTag())) {
        meaning.add(rule.sourceTag());
        meaning.add(rule.destTag());
      }
    }
    var groups = new ArrayList<Set<String>>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      var group = new TreeSet<>(environment.vm(vm).tags());
      group.retainAll(meaning);
      groups.add(group);
    }
    return groups;
  }

  /// Every shortest route as the VMs of lowest rank of its groups, in the order of their ranks; the
  /// ends are not among them. None if there is no path.
  List<List<Integer>> routes(AttackGraph graph, int from, int to) {
    int[] hops = hopsTo(to);
    if (hops[from] == FAR) {
      return List.of();
    }
    var groups = groups();
    var lowestOfGroup = new HashMap<Set<String>, Integer>();
    for (int rank = environment.vmCount() - 1; rank >= 0; rank--) {
      lowestOfGroup.put(groups.get(graph.vmAt(rank)), rank);
    }
    var found = new HashMap<Integer, Set<List<Integer>>>();
    var byHops = new ArrayList<Integer>();
    for (int vm = 0; vm < hops.length; vm++) {
      if (hops[vm] <= hops[from]) {
        byHops.add(vm);
      }
    }
    byHops.sort(Comparator.comparingInt(vm -> hops[vm]));
    for (int vm : byHops) {
      found.put(vm, onwards(vm, to, hops, groups, lowestOfGroup, found));
    }
    var routes = new ArrayList<List<Integer>>(found.getOrDefault(from, Set.of()));
    routes.sort((left, right) -> {
      for (int i = 0; i < left.size(); i++) {
        int compared = Integer.compare(left.get(i), right.get(i));
        if (compared != 0) {
          return compared;
        }
      }
      return 0;
    });
    return routes.stream().map(route -> route.stream().map(graph::vmAt).toList()).toList();
  }

  private Set<List<Integer>> onwards(
      int vm,
      int to,
      int[] hops,
      List<Set<String>> groups,
      Map<Set<String>, Integer> lowestOfGroup,
      Map<Integer, Set<List<Integer>>> found) {
    if (vm == to) {
      return Set.of(List.of());
    }
    var routes = new HashSet<List<Integer>>();
    for (int next = 0; next < hops.length; next++) {
      if (hops[next] == hops[vm] - 1 && !rules(vm, next).isEmpty()) {
        if (next == to) {
          routes.add(List.of());
          continue;
        }
        for (var rest : found.getOrDefault(next, Set.of())) {
          var route = new ArrayList<Integer>();
          route.add(lowestOfGroup.get(groups.get(next)));
          route.addAll(rest);
          routes.add(route);
        }
      }
    }
    return routes;
  }
}
