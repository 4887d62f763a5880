package io.surfacescan.engine;

import io.surfacescan.engine.AttackRoutes.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/// Why one VM cannot attack another: what can be reached from the one side, what reaches the other,
/// and the rules that are there but allow nothing.
///
/// If the path had to go over a VM, the two ends are those of the part that there is no path for:
/// the first part, or the second if only that is missing. All numbers are of what the conditions
/// leave, and addresses outside are in none of them.
///
/// @param attackers how many VMs can attack `to`; none of them is among the victims of `from`
/// @param directAttackers how many of them need one hop
/// @param nearest the hop to `to` from its direct attacker of lowest rank; empty if there is none
/// @param victims how many VMs `from` can attack
/// @param mostHops the hops to the farthest of them, 0 if there is none; empty if there are more
///   than [#FARTHEST_VICTIMS_MOST], of which to find the farthest takes a while
/// @param idleAtTarget the rules that end at tags of `to`, if it has no attackers
/// @param idleAtSource the rules that start at tags of `from`, if it has no victims
/// @param hopsWithout the hops of a shortest path without the conditions, from the very start to
///   the very end; empty if there is none either, or no condition
public record Unreachable(
    int from,
    int to,
    int attackers,
    int directAttackers,
    Optional<AttackPath.Hop> nearest,
    int victims,
    OptionalInt mostHops,
    IdleRules idleAtTarget,
    IdleRules idleAtSource,
    OptionalInt hopsWithout) {
  /// The most victims among which the farthest is looked for.
  public static final int FARTHEST_VICTIMS_MOST = 10_000;

  /// Rules on a VM's tags none of which lets another VM attack it, or lets it attack another.
  ///
  /// @param first the first [#SHOWN_MOST] of them in the order of the input
  /// @param count how many there are
  public record IdleRules(List<IdleRule> first, int count) {
    public static final int SHOWN_MOST = 20;

    static final IdleRules NONE = new IdleRules(List.of(), 0);

    public IdleRules {
      first = List.copyOf(first);
    }
  }

  /// A rule that allows nothing, and why.
  public record IdleRule(int rule, Cause cause) {}

  /// Why a rule on a VM's tag allows nothing.
  public enum Cause {
    /// No VM carries its other tag.
    NOT_CARRIED,
    /// It was to be avoided.
    AVOIDED,
    /// No other VM carries its other tag, and no VM attacks itself.
    ONLY_ITSELF,
    /// Only addresses outside carry its other tag, and they are no VMs.
    ONLY_OUTSIDE
  }

  /// Cost: lookups as in [AttackSurface#of] and [BlastRadius#of]; under conditions, searches over
  /// all that can attack `to` and over all that `from` can attack.
  ///
  /// @param from cannot attack `to` under the conditions
  public static Unreachable of(AttackGraph graph, int from, int to, Conditions conditions) {
    var avoided = conditions.avoided();
    int via = conditions.via().orElse(to);
    boolean reachesVia = via != to && isReachable(graph, from, via, avoided);
    int legFrom = reachesVia ? via : from;
    int legTo = reachesVia ? to : via;
    int shortest = conditions.areNone() ? 0 : AttackRoutes.of(graph, from, to).hops();
    return of(graph, legFrom, legTo, avoided, shortest);
  }

  private static boolean isReachable(AttackGraph graph, int from, int to, Exclusions avoided) {
    return ShortestRoutes.of(graph, from, to, avoided, Deadline.NONE).isPresent();
  }

  private static Unreachable of(
      AttackGraph graph, int from, int to, Exclusions avoided, int hopsWithout) {
    int attackers =
        (avoided.isNothing()
                ? AttackSurface.of(graph, to).attackers()
                : VmsByHop.attackers(graph, to, Integer.MAX_VALUE, avoided).ranks())
            .minus(graph.externals())
            .size();
    int victims =
        (avoided.isNothing()
                ? BlastRadius.of(graph, from).victims()
                : VmsByHop.victims(graph, from, Integer.MAX_VALUE, avoided).ranks())
            .minus(graph.externals())
            .size();
    var direct = VmsByHop.attackers(graph, to, 1, avoided).ranks().minus(graph.externals());
    return new Unreachable(
        from,
        to,
        attackers,
        direct.size(),
        direct.isEmpty()
            ? Optional.empty()
            : Optional.of(hop(graph, graph.vmAt(direct.first()), to, avoided)),
        victims,
        victims > FARTHEST_VICTIMS_MOST
            ? OptionalInt.empty()
            : OptionalInt.of(
                VmsByHop.victims(graph, from, Integer.MAX_VALUE, avoided).mostHopsOfVms()),
        attackers == 0 ? idleAtTarget(graph, to, avoided) : IdleRules.NONE,
        victims == 0 ? idleAtSource(graph, from, avoided) : IdleRules.NONE,
        hopsWithout == 0 ? OptionalInt.empty() : OptionalInt.of(hopsWithout));
  }

  private static AttackPath.Hop hop(AttackGraph graph, int from, int to, Exclusions avoided) {
    return new AttackPath.Hop(from, to, AttackPath.allowing(graph, from, to, avoided), 1);
  }

  private static IdleRules idleAtTarget(AttackGraph graph, int to, Exclusions avoided) {
    var environment = graph.environment();
    var tags = new IntMap();
    addTags(graph, to, tags);
    var idle = new Idle(graph, avoided);
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      if (tags.has(environment.destTag(rule))) {
        idle.add(rule, environment.sourceTag(rule), graph.rules()::startsAt);
      }
    }
    return idle.rules();
  }

  private static IdleRules idleAtSource(AttackGraph graph, int from, Exclusions avoided) {
    var environment = graph.environment();
    var tags = new IntMap();
    addTags(graph, from, tags);
    var idle = new Idle(graph, avoided);
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      if (tags.has(environment.sourceTag(rule))) {
        idle.add(rule, environment.destTag(rule), graph.rules()::endsAt);
      }
    }
    return idle.rules();
  }

  private static void addTags(AttackGraph graph, int vm, IntMap tags) {
    var lists = graph.environment().tagLists();
    int list = graph.environment().tagListOf(vm);
    for (int i = lists.start(list); i < lists.end(list); i++) {
      tags.putIfAbsent(lists.value(i), 0);
    }
  }

  private static final class Idle {
    private final Exclusions avoided;
    private final IntMap outside = new IntMap();
    private final List<IdleRule> first = new ArrayList<>();
    private int count;

    Idle(AttackGraph graph, Exclusions avoided) {
      this.avoided = avoided;
      var externals = graph.externals();
      for (int i = 0; i < externals.size(); i++) {
        addTags(graph, graph.vmAt(externals.at(i)), outside);
      }
    }

    /// @param other its other tag
    /// @param isCarried whether anything carries a tag
    void add(int rule, int other, IntPredicate isCarried) {
      count++;
      if (first.size() < IdleRules.SHOWN_MOST) {
        first.add(new IdleRule(rule, cause(rule, other, isCarried.test(other))));
      }
    }

    private Cause cause(int rule, int other, boolean inForce) {
      if (!inForce) {
        return Cause.NOT_CARRIED;
      }
      if (avoided.rule(rule)) {
        return Cause.AVOIDED;
      }
      return outside.has(other) ? Cause.ONLY_OUTSIDE : Cause.ONLY_ITSELF;
    }

    IdleRules rules() {
      return new IdleRules(first, count);
    }
  }
}
