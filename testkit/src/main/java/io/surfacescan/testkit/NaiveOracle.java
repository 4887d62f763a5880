package io.surfacescan.testkit;

import io.surfacescan.model.Environment;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Vm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What "attacks" means, executed word by word: every pair of VMs is held against every rule, and a
/// breadth-first walk goes from VM to VM.
///
/// It shares nothing with the engine but the meaning: no classes of VMs, no graph of tags, only the
/// views [Vm] and [FirewallRule]. VMs and rules are named by their indexes in the environment.
/// Memory and time grow with the square of the VMs; for more than some hundreds it is the wrong
/// tool.
public final class NaiveOracle {
  private final Environment environment;
  private final List<Vm> vms = new ArrayList<>();
  private final List<FirewallRule> rules;

  /// For each VM and each other one, the rules that let the first attack the second directly.
  private final List<List<NavigableSet<Integer>>> allowing = new ArrayList<>();

  private NaiveOracle(Environment environment) {
    this.environment = environment;
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      vms.add(environment.vm(vm));
    }
    rules = environment.rules();
    for (int from = 0; from < vms.size(); from++) {
      var row = new ArrayList<NavigableSet<Integer>>();
      for (int to = 0; to < vms.size(); to++) {
        row.add(allowing(from, to));
      }
      allowing.add(row);
    }
  }

  public static NaiveOracle of(Environment environment) {
    return new NaiveOracle(environment);
  }

  public Environment environment() {
    return environment;
  }

  private NavigableSet<Integer> allowing(int from, int to) {
    var found = new TreeSet<Integer>();
    for (int rule = 0; rule < rules.size(); rule++) {
      if (from != to
          && vms.get(from).tags().contains(rules.get(rule).sourceTag())
          && vms.get(to).tags().contains(rules.get(rule).destTag())) {
        found.add(rule);
      }
    }
    return found;
  }

  /// The rules that let the first VM attack the second in one hop; empty if none does.
  public NavigableSet<Integer> rules(int from, int to) {
    return allowing.get(from).get(to);
  }

  public boolean attacksDirectly(int from, int to) {
    return !rules(from, to).isEmpty();
  }

  /// The attack surface: every attacker of the VM, with its hops.
  public NavigableMap<Integer, Integer> attackers(int vm) {
    return attackersWithin(vm, Integer.MAX_VALUE);
  }

  /// The attackers that need at most so many hops, with their hops.
  public NavigableMap<Integer, Integer> attackersWithin(int vm, int maxHops) {
    return breadthFirst(vm, maxHops, (next, reached) -> attacksDirectly(next, reached));
  }

  /// The blast radius: every VM that this one attacks, with the hops it takes.
  public NavigableMap<Integer, Integer> victims(int vm) {
    return victimsWithin(vm, Integer.MAX_VALUE);
  }

  /// The part of the blast radius that takes at most so many hops, with the hops.
  public NavigableMap<Integer, Integer> victimsWithin(int vm, int maxHops) {
    return breadthFirst(vm, maxHops, (next, reached) -> attacksDirectly(reached, next));
  }

  private interface Step {
    boolean leads(int next, int reached);
  }

  private NavigableMap<Integer, Integer> breadthFirst(int start, int maxHops, Step step) {
    var hops = new TreeMap<Integer, Integer>();
    hops.put(start, 0);
    Set<Integer> level = Set.of(start);
    for (int hop = 1; hop <= maxHops && !level.isEmpty(); hop++) {
      var nextLevel = new TreeSet<Integer>();
      for (int next = 0; next < vms.size(); next++) {
        for (int reached : level) {
          if (step.leads(next, reached) && !hops.containsKey(next)) {
            nextLevel.add(next);
          }
        }
      }
      for (int next : nextLevel) {
        hops.put(next, hop);
      }
      level = nextLevel;
    }
    hops.remove(start);
    return hops;
  }

  /// Who attacks some other member of a group: the attackers of each member, with the least hops of
  /// all.
  public NavigableMap<Integer, Integer> attackersOfAny(Collection<Integer> group) {
    return leastOfAll(group, this::attackers);
  }

  /// Whom some other member of a group attacks: the victims of each member, with the least hops.
  public NavigableMap<Integer, Integer> victimsOfAny(Collection<Integer> group) {
    return leastOfAll(group, this::victims);
  }

  private static NavigableMap<Integer, Integer> leastOfAll(
      Collection<Integer> group, Function<Integer, NavigableMap<Integer, Integer>> hopsOf) {
    var least = new TreeMap<Integer, Integer>();
    for (int member : group) {
      hopsOf.apply(member).forEach((vm, hops) -> least.merge(vm, hops, Math::min));
    }
    return least;
  }

  /// The VMs that carry a tag.
  public NavigableSet<Integer> carrying(String tag) {
    var found = new TreeSet<Integer>();
    for (int vm = 0; vm < vms.size(); vm++) {
      if (vms.get(vm).tags().contains(tag)) {
        found.add(vm);
      }
    }
    return found;
  }

  /// The hops of a shortest attack path; empty if there is none, or if both are the same VM.
  public OptionalInt pathLength(int from, int to) {
    Integer hops = attackers(to).get(from);
    return hops == null ? OptionalInt.empty() : OptionalInt.of(hops);
  }

  /// All rules that allow the first hop of some shortest attack path; empty if there is no path.
  public SortedSet<Integer> firstRules(int from, int to) {
    var first = new TreeSet<Integer>();
    int length = pathLength(from, to).orElse(0);
    for (int next = 0; next < vms.size() && length > 0; next++) {
      int left = next == to ? 0 : pathLength(next, to).orElse(Integer.MAX_VALUE);
      if (left == length - 1) {
        first.addAll(rules(from, next));
      }
    }
    return first;
  }

  /// The ids of VMs, in the order of their code points.
  public NavigableSet<String> ids(Collection<Integer> indexes) {
    return indexes.stream().map(environment::vmId).collect(Collectors.toCollection(TreeSet::new));
  }
}
