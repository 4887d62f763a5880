package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.FoundByHop;
import io.surfacescan.engine.Ranks;
import io.surfacescan.model.Environment;
import io.surfacescan.model.TextOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.function.IntConsumer;

/// VMs in an order: all VMs of a set of ranks, or a page of them. Immutable.
///
/// Every order but the engine's costs a pass over the set and 4 bytes a VM of it.
public sealed interface VmSequence {
  int size();

  /// Names the VMs in order.
  void forEach(IntConsumer vm);

  /// The VMs from a place on, at most `limit` of them.
  ///
  /// @param from counted from 0; beyond the end there are none
  VmSequence page(int from, int limit);

  /// In the engine's order.
  static VmSequence inEngineOrder(AttackGraph graph, Ranks ranks) {
    return new InEngineOrder(graph, ranks);
  }

  /// As the VMs stand in the input.
  static VmSequence inInputOrder(AttackGraph graph, Ranks ranks) {
    var vms = new BitSet(graph.environment().vmCount());
    forEach(graph, ranks, vms::set);
    return new Listed(vms.stream().toArray(), 0, ranks.size());
  }

  /// By the code points of their ids or names.
  static VmSequence by(AttackGraph graph, Ranks ranks, TextOrder order) {
    var places = new BitSet(graph.environment().vmCount());
    forEach(graph, ranks, vm -> places.set(order.placeOf(vm)));
    int[] vms = places.stream().map(order::at).toArray();
    return new Listed(vms, 0, vms.length);
  }

  private static Comparator<Integer> byName(Environment environment) {
    var names = environment.vmNames();
    return Comparator.<Integer, Boolean>comparing(vm -> names.start(vm) == names.end(vm))
        .thenComparing(names::compare)
        .thenComparing(environment.vmIds()::compare);
  }

  /// By hops, then in the engine's order.
  static VmSequence byHops(AttackGraph graph, FoundByHop found) {
    return byHops(graph, found, found.ranks());
  }

  /// As the other, of some of the VMs found.
  static VmSequence byHops(AttackGraph graph, FoundByHop found, Ranks kept) {
    int[] next = new int[found.mostHops() + 2];
    forEachHops(graph, found, kept, (vm, hops) -> next[hops + 1]++);
    for (int hops = 1; hops < next.length; hops++) {
      next[hops] += next[hops - 1];
    }
    int[] vms = new int[kept.size()];
    forEachHops(graph, found, kept, (vm, hops) -> vms[next[hops]++] = vm);
    return new Listed(vms, 0, vms.length);
  }

  /// By hops, then by name in code-point order, VMs without a name last, then by id.
  static VmSequence nearestFirst(AttackGraph graph, FoundByHop found) {
    return nearestFirst(graph, found, found.ranks());
  }

  /// As the other, of some of the VMs found.
  static VmSequence nearestFirst(AttackGraph graph, FoundByHop found, Ranks kept) {
    var vms = new ArrayList<Integer>(kept.size());
    forEachHops(graph, found, kept, (vm, ignored) -> vms.add(vm));
    vms.sort(
        Comparator.<Integer>comparingInt(found::hops).thenComparing(byName(graph.environment())));
    return of(vms.stream().mapToInt(vm -> vm).toArray());
  }

  /// In this order.
  ///
  /// @param vms not to be changed afterwards
  static VmSequence of(int[] vms) {
    return new Listed(vms, 0, vms.length);
  }

  private static void forEachHops(
      AttackGraph graph, FoundByHop found, Ranks kept, FoundByHop.Consumer consumer) {
    if (kept.size() == found.size()) {
      found.forEachHops(consumer);
      return;
    }
    found.forEachHops((vm, hops) -> {
      if (kept.contains(graph.rankOf(vm))) {
        consumer.vm(vm, hops);
      }
    });
  }

  private static void forEach(AttackGraph graph, Ranks ranks, IntConsumer vm) {
    for (int interval = 0; interval < ranks.intervalCount(); interval++) {
      for (int rank = ranks.from(interval); rank < ranks.to(interval); rank++) {
        vm.accept(graph.vmAt(rank));
      }
    }
  }

  /// Some ranks.
  record InEngineOrder(AttackGraph graph, Ranks ranks) implements VmSequence {
    @Override
    public int size() {
      return ranks.size();
    }

    @Override
    public void forEach(IntConsumer vm) {
      VmSequence.forEach(graph, ranks, vm);
    }

    @Override
    public VmSequence page(int from, int limit) {
      return from >= size()
          ? new InEngineOrder(graph, Ranks.NONE)
          : new InEngineOrder(graph, ranks.page(ranks.at(from), limit));
    }
  }

  /// A part of an array.
  final class Listed implements VmSequence {
    private final int[] vms;
    private final int from;
    private final int to;

    private Listed(int[] vms, int from, int to) {
      this.vms = vms;
      this.from = from;
      this.to = to;
    }

    @Override
    public int size() {
      return to - from;
    }

    @Override
    public void forEach(IntConsumer vm) {
      Arrays.stream(vms, from, to).forEach(vm);
    }

    @Override
    public VmSequence page(int start, int limit) {
      int first = Math.min(size(), start);
      return new Listed(vms, from + first, from + first + Math.min(limit, size() - first));
    }
  }
}
