package io.surfacescan.engine;

import io.surfacescan.engine.AttackRoutes.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;

/// A member of one group and another VM, a member of a second group, with a path between them that
/// is as short as any.
///
/// Of equally near ones `from` is the VM of lowest rank, then `to` is. With a VM to go over, both
/// ends are those nearest to it.
public record NearestPair(int from, int to) {
  /// Cost: two breadth-first searches over what can attack the one group and over what the member
  /// found can attack.
  ///
  /// @param conditions a VM to go over is never one of the two ends
  /// @return empty if no member of the first can attack another VM of the second
  public static Optional<NearestPair> of(
      AttackGraph graph, VmGroup from, VmGroup to, Conditions conditions) {
    var avoided = conditions.avoided();
    if (conditions.via().isPresent()) {
      return over(graph, from, to, avoided, conditions.via().getAsInt());
    }
    var attackers = GroupByHop.attackers(graph, to, Integer.MAX_VALUE, avoided);
    var sources = nearest(graph, from, attackers::hops, 1);
    if (sources.isEmpty()) {
      return Optional.empty();
    }
    int source = sources.getFirst();
    var victims = VmsByHop.victims(graph, source, attackers.hops(source), avoided);
    return Optional.of(new NearestPair(source, nearest(graph, to, victims::hops, 1).getFirst()));
  }

  private static Optional<NearestPair> over(
      AttackGraph graph, VmGroup from, VmGroup to, Exclusions avoided, int via) {
    var attackers = VmsByHop.attackers(graph, via, Integer.MAX_VALUE, avoided);
    var victims = VmsByHop.victims(graph, via, Integer.MAX_VALUE, avoided);
    Optional<NearestPair> best = Optional.empty();
    int least = Integer.MAX_VALUE;
    // If one VM is the nearest on both sides, the second of one side is needed.
    for (int source : nearest(graph, from, attackers::hops, 2)) {
      for (int target : nearest(graph, to, victims::hops, 2)) {
        int hops = attackers.hops(source) + victims.hops(target);
        if (source != target && hops < least) {
          least = hops;
          best = Optional.of(new NearestPair(source, target));
        }
      }
    }
    return best;
  }

  /// The members with the least hops, then of the lowest rank, nearest first.
  ///
  /// @param hops of a VM, 0 if there is no path
  private static List<Integer> nearest(
      AttackGraph graph, VmGroup group, IntUnaryOperator hops, int most) {
    var found = new ArrayList<Integer>();
    while (found.size() < most) {
      var next = nearestBut(graph, group, hops, found);
      if (next.isEmpty()) {
        break;
      }
      found.add(next.getAsInt());
    }
    return found;
  }

  private static OptionalInt nearestBut(
      AttackGraph graph, VmGroup group, IntUnaryOperator hops, List<Integer> without) {
    long least = Long.MAX_VALUE;
    for (int place = 0; place < group.size(); place++) {
      int vm = group.vm(place);
      int away = hops.applyAsInt(vm);
      if (away > 0 && !without.contains(vm)) {
        least = Math.min(least, (long) away << 32 | graph.rankOf(vm));
      }
    }
    return least == Long.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(graph.vmAt((int) least));
  }
}
