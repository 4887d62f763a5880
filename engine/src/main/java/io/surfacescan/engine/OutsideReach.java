package io.surfacescan.engine;

import io.surfacescan.model.Services;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// The VMs that addresses outside can attack: each with the hops of a shortest path, the services
/// of its last hop and a rule of its first.
///
/// The hops are those of [VmsByHop]. From there on it is a pass over the classes by their hops: the
/// last rule to a class starts at a tag that some class one hop nearer carries, whose first rule is
/// its own too.
public final class OutsideReach {
  private static final int NONE = -1;

  private final AttackGraph graph;

  /// The VMs that stand for the addresses.
  private final int[] outside;

  /// Per class, its hops (0: not met).
  private final int[] hopsOfClass;

  private final int[] firstRuleOfClass;
  private final Services[] servicesOfClass;

  /// Per hops, the VMs that far away, without addresses outside.
  private final int[] vmsByHops;

  private OutsideReach(AttackGraph graph, int[] outside) {
    this.graph = graph;
    this.outside = outside;
    this.hopsOfClass = new int[graph.classes().size()];
    this.firstRuleOfClass = new int[hopsOfClass.length];
    this.servicesOfClass = new Services[hopsOfClass.length];
    Arrays.fill(servicesOfClass, Services.NONE);
    for (int one : outside) {
      add(VmsByHop.victims(graph, one, Integer.MAX_VALUE));
    }
    this.vmsByHops = new int[1 + Arrays.stream(hopsOfClass).max().orElse(0)];
    for (int vmClass = 0; vmClass < hopsOfClass.length; vmClass++) {
      vmsByHops[hopsOfClass[vmClass]] += graph.counted(vmClass);
    }
    for (int one : outside) {
      vmsByHops[hopsOfClass[graph.classOf(one)]] -= graph.isExternal(one) ? 0 : 1;
    }
    vmsByHops[0] = 0;
  }

  /// Cost: for each of the VMs as for [VmsByHop], and a pass over the rules that end at the classes
  /// met.
  ///
  /// @param outside the VMs that stand for the addresses; what any of them attacks is attacked
  public static OutsideReach of(AttackGraph graph, int... outside) {
    return new OutsideReach(graph, outside.clone());
  }

  private void add(VmsByHop found) {
    int[] classes = found.classes();
    int[] hops = Arrays.stream(classes).map(found::hopsOfClass).toArray();
    int[] order = CountingSort.order(hops, 1 + Arrays.stream(hops).max().orElse(0));
    int[] firstRules = new int[hopsOfClass.length];
    // Per tag, the first class that carries it, in the order of hops.
    int[] carrier = new int[graph.environment().tagCount()];
    Arrays.fill(carrier, NONE);
    var tags = graph.classes().tags();
    Map<Integer, Services> known = new HashMap<>();
    int level = 0;
    for (int place : order) {
      int vmClass = classes[place];
      if (hops[place] != level) {
        level = hops[place];
        known.clear();
      }
      int last = found.ruleOfClass(vmClass);
      firstRules[vmClass] =
          level == 1 ? last : firstRules[carrier[graph.environment().sourceTag(last)]];
      for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
        carrier[tags.value(i)] = carrier[tags.value(i)] < 0 ? vmClass : carrier[tags.value(i)];
      }
      boolean isNearer = hopsOfClass[vmClass] == 0 || level < hopsOfClass[vmClass];
      if (isNearer) {
        hopsOfClass[vmClass] = level;
        firstRuleOfClass[vmClass] = firstRules[vmClass];
        servicesOfClass[vmClass] = services(found, vmClass, known);
      } else if (level == hopsOfClass[vmClass]) {
        servicesOfClass[vmClass] = servicesOfClass[vmClass].or(services(found, vmClass, known));
      }
    }
  }

  /// What the rules let through from the tags expanded one hop before.
  private Services services(VmsByHop found, int vmClass, Map<Integer, Services> known) {
    int level = found.hopsOfClass(vmClass) - 1;
    var services = Services.NONE;
    var tags = graph.classes().tags();
    for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
      services =
          services.or(known.computeIfAbsent(tags.value(i), tag -> servicesTo(found, tag, level)));
    }
    return services;
  }

  private Services servicesTo(VmsByHop found, int tag, int level) {
    var services = Services.NONE;
    var rules = graph.rules().byDest();
    for (int i = rules.start(tag); i < rules.end(tag); i++) {
      if (found.levelOfTag(rules.otherTag(i)) == level) {
        services = services.or(graph.environment().services(rules.rule(i)));
      }
    }
    return services;
  }

  /// The hops to a VM; 0 if it cannot be attacked.
  public int hops(int vm) {
    return IntStream.of(outside).anyMatch(one -> one == vm) ? 0 : hopsOfClass[graph.classOf(vm)];
  }

  /// What the last hop to a VM is for, on the shortest paths together.
  public Services services(int vm) {
    return hops(vm) == 0 ? Services.NONE : servicesOfClass[graph.classOf(vm)];
  }

  /// A rule that allows the first hop of a shortest path to a VM that can be attacked.
  public int firstRule(int vm) {
    return firstRuleOfClass[graph.classOf(vm)];
  }

  /// How many VMs can be attacked, without addresses outside.
  public int size() {
    return Arrays.stream(vmsByHops).sum();
  }

  /// The most hops to a VM.
  public int mostHops() {
    return vmsByHops.length - 1;
  }

  /// How many VMs are so many hops away, without addresses outside.
  public int vmsAt(int hops) {
    return vmsByHops[hops];
  }

  /// The first VMs by hops, then in input order, without addresses outside.
  ///
  /// Cost: a pass over the VMs for each hop, until there are enough.
  public int[] vms(int most) {
    int[] vms = new int[Math.min(most, size())];
    int count = 0;
    for (int hops = 1; count < vms.length; hops++) {
      for (int vm = 0; vm < graph.environment().vmCount() && count < vms.length; vm++) {
        if (hops(vm) == hops && !graph.isExternal(vm)) {
          vms[count++] = vm;
        }
      }
    }
    return vms;
  }
}
