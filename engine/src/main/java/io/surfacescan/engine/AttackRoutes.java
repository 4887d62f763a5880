package io.surfacescan.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The shortest paths from one VM to another, told apart by the groups they go through, under
/// conditions.
///
/// A *group* is the VMs that carry the same tags, as far as rules in force start or end at them:
/// whatever attacks one attacks the others, and whatever one attacks the others attack. Two paths
/// that differ only in the VMs that stand for a group are one *route*. The routes come in the order
/// of the engine: by the first group in which they differ, the one whose VMs have lower ranks
/// first. Of each group the VM of lowest rank is named.
///
/// A path that must go over a VM is a shortest path to it and then a shortest path from it. It may
/// come to a VM twice ([AttackPath#visitedAgain]): the shortest path that does not is a problem of
/// another kind (two disjoint paths, NP-complete in directed graphs: Fortune, Hopcroft and Wyllie,
/// 1980), and an attacker does not mind.
///
/// @param routes none if `from` cannot attack `to` under the conditions; all of one length
/// @param more whether there are routes beyond these
/// @param total how many routes there are, if it was asked for more than one and they could be
///   counted in [#COUNT_STEPS_MOST] steps; [Long#MAX_VALUE] stands for that many or more
public record AttackRoutes(
    int from, int to, List<AttackPath> routes, boolean more, OptionalLong total) {
  /// Routes of a very long path are named as long as all together have no more hops than this.
  public static final int HOPS_MOST = 1_000_000;

  /// The work allowed to count routes, in rules and groups looked at.
  public static final long COUNT_STEPS_MOST = 250_000;

  /// What a path must keep to.
  ///
  /// @param avoided the rules and tags to do without
  /// @param via a VM to go over, neither the first nor the last
  public record Conditions(Exclusions avoided, OptionalInt via) {
    public static final Conditions NONE = new Conditions(Exclusions.NOTHING, OptionalInt.empty());

    public boolean areNone() {
      return avoided.isNothing() && via.isEmpty();
    }
  }

  public AttackRoutes {
    routes = List.copyOf(routes);
  }

  /// The first route, without conditions.
  public static AttackRoutes of(AttackGraph graph, int from, int to) {
    return of(graph, from, to, Conditions.NONE, 1, Deadline.NONE);
  }

  /// The first routes.
  ///
  /// Cost: two breadth-first searches that meet halfway, then per hop of a route the rules of a
  /// group and the groups that hold their tags.
  ///
  /// @param limit at least 1; fewer are named if their hops would be more than [#HOPS_MOST]
  /// @throws DeadlinePassed if it does
  public static AttackRoutes of(
      AttackGraph graph, int from, int to, Conditions conditions, int limit, Deadline deadline) {
    var avoided = conditions.avoided();
    if (conditions.via().isEmpty()) {
      return leg(graph, from, to, avoided, limit, deadline);
    }
    int via = conditions.via().getAsInt();
    var first = leg(graph, from, via, avoided, limit, deadline);
    return first.routes.isEmpty()
        ? none(from, to)
        : first.followedBy(leg(graph, via, to, avoided, limit, deadline), limit);
  }

  /// The hops of each route; 0 if there is none.
  public int hops() {
    return routes.isEmpty() ? 0 : routes.getFirst().hops().size();
  }

  private static AttackRoutes none(int from, int to) {
    return new AttackRoutes(from, to, List.of(), false, OptionalLong.of(0));
  }

  private static AttackRoutes leg(
      AttackGraph graph, int from, int to, Exclusions avoided, int limit, Deadline deadline) {
    if (from == to) {
      return none(from, to);
    }
    return ShortestRoutes.of(graph, from, to, avoided, deadline)
        .map(shortest -> firstOf(shortest, from, to, limit))
        .orElseGet(() -> none(from, to));
  }

  private static AttackRoutes firstOf(ShortestRoutes shortest, int from, int to, int limit) {
    int most = limitFor(shortest.hops(), limit);
    var walk = new RouteWalk(shortest);
    var routes = new ArrayList<AttackPath>();
    boolean more = true;
    while (more && routes.size() < most) {
      routes.add(shortest.path(walk.classes()));
      more = walk.goOn();
    }
    return new AttackRoutes(from, to, routes, more, total(shortest, routes, more, limit));
  }

  private static int limitFor(int hops, int limit) {
    return Math.max(1, Math.min(limit, HOPS_MOST / hops));
  }

  private static OptionalLong total(
      ShortestRoutes shortest, List<AttackPath> routes, boolean more, int limit) {
    if (!more) {
      return OptionalLong.of(routes.size());
    }
    return limit == 1 ? OptionalLong.empty() : RouteCount.of(shortest, COUNT_STEPS_MOST);
  }

  /// Every route of this leg with every route of the next, as far as they are wanted.
  private AttackRoutes followedBy(AttackRoutes next, int limit) {
    if (next.routes.isEmpty()) {
      return none(from, next.to);
    }
    int most = limitFor(hops() + next.hops(), limit);
    var joined = new ArrayList<AttackPath>();
    for (var first : routes) {
      for (var second : next.routes) {
        if (joined.size() < most) {
          joined.add(first.followedBy(second));
        }
      }
    }
    long named = (long) routes.size() * next.routes.size();
    return new AttackRoutes(
        from,
        next.to,
        joined,
        more || next.more || joined.size() < named,
        times(total, next.total));
  }

  private static OptionalLong times(OptionalLong left, OptionalLong right) {
    if (left.isEmpty() || right.isEmpty()) {
      return OptionalLong.empty();
    }
    long high = Math.multiplyHigh(left.getAsLong(), right.getAsLong());
    long low = left.getAsLong() * right.getAsLong();
    return OptionalLong.of(high != 0 || low < 0 ? Long.MAX_VALUE : low);
  }
}
