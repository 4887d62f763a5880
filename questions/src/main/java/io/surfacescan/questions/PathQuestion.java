package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackPath;
import io.surfacescan.engine.AttackRoutes;
import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exclusions;
import io.surfacescan.engine.FoundByHop;
import io.surfacescan.engine.GroupByHop;
import io.surfacescan.engine.NearestPair;
import io.surfacescan.engine.Unreachable;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Count;
import io.surfacescan.questions.arguments.Parameter.Flag;
import io.surfacescan.questions.arguments.Parameter.Mark;
import io.surfacescan.questions.arguments.Parameter.Role;
import io.surfacescan.questions.arguments.Parameter.Rule;
import io.surfacescan.questions.arguments.Parameter.Tag;
import io.surfacescan.questions.arguments.Parameter.Vm;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.RuleFilter;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.reachability.lowering.Lowered;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Shortest ways from one VM or group to another. Of a group, the member nearest to the other end
/// is taken.
public final class PathQuestion extends Question {
  private static final Parameter FROM =
      new Parameter(
              "from",
              new Vm("from_name", Optional.of("from_tag"), true, false).as(Role.ATTACKER),
              "The VM that attacks")
          .as(Mark.REQUIRED);
  private static final Parameter TO =
      new Parameter(
              "to",
              new Vm("to_name", Optional.of("to_tag"), true, false).as(Role.TARGET),
              "The VM that is attacked")
          .as(Mark.REQUIRED);
  private static final Parameter LIMIT =
      new Parameter("limit", Count.from(1).to(100).usually(1), "Up to K different shortest routes")
          .labelled("K");
  private static final Parameter AVOID_RULE =
      new Parameter(
              "avoid_rule",
              new Rule(),
              "Do without the rules that have this id; may be given again")
          .as(Mark.REPEATABLE);
  private static final Parameter AVOID_TAG =
      new Parameter("avoid_tag", new Tag(), "As if no VM carried the tag; may be given again")
          .as(Mark.REPEATABLE);
  private static final Parameter VIA =
      new Parameter(
          "via",
          new Vm("via_name", Optional.empty(), false, false),
          "A shortest way to this VM, and on from it");
  private static final Parameter WHY =
      new Parameter(
          "why",
          new Flag(),
          "Name the real rules of each hop, by gates, if the environment is an export");

  /// The first routes between two VMs, or why there is none.
  ///
  /// @param limit how many routes were asked for
  /// @param why there is no path, if so
  /// @param fromTag the tag of the group that the path starts in, if it was asked for as a group
  /// @param toTag likewise where it ends
  /// @param grounds per hop what lets it through in the real environment, if that was asked for
  public record Routes(
      Environment environment,
      AttackRoutes routes,
      Conditions conditions,
      int limit,
      Optional<Unreachable> why,
      Optional<String> fromTag,
      Optional<String> toTag,
      Map<AttackPath.Hop, Explanation> grounds)
      implements Answer {
    public Routes {
      grounds = Map.copyOf(grounds);
    }

    /// Whether there is a path.
    public boolean isReachable() {
      return why.isEmpty();
    }
  }

  /// No path from a group or to one.
  ///
  /// @param attackers how many VMs can attack another VM of `to`, without what is to be avoided
  /// @param victims how many VMs another VM of `from` can attack, likewise
  public record NoRoute(
      Environment environment,
      Subject from,
      Subject to,
      Conditions conditions,
      int limit,
      int attackers,
      int victims)
      implements Answer {}

  PathQuestion() {
    super(
        Profile.of(
                "path",
                "Show a shortest way from one VM to another, with the rules that allow each hop.",
                Cost.QUICK,
                FROM,
                TO,
                LIMIT,
                AVOID_RULE,
                AVOID_TAG,
                VIA,
                WHY)
            .with(Trait.DRAWN)
            .remarks(
                "Routes differ in the groups of equal VMs they go through. That there is no way is an answer"
                    + " like any other, with its reason: the exit code is 0. With --fail-on any it is 1 if"
                    + " there is a way. Of a group, the members nearest to each other are named.",
                "With --why an export's real rules stand at each hop in place of those that they come to.",
                "",
                "Example: surfacescan path --data prod.json vm-c7bac01a07 vm-a211de --avoid-tag bastion")
            .orElse("Ask for fewer routes, or start the service with a larger --time-limit."));
  }

  /// The two ends, which command line and messages name.
  public List<Subject> ends(Context context) throws QuestionRefused {
    var environment = context.environment();
    var named = context.subjects(FROM, TO);
    return List.of(
        named.getFirst() instanceof Subject.One(int vm)
            ? new Subject.One(OutsideEnds.asAttacker(environment, vm))
            : named.getFirst(),
        named.getLast() instanceof Subject.One(int vm)
            ? new Subject.One(OutsideEnds.asTarget(environment, vm))
            : named.getLast());
  }

  @Override
  public Answer answer(Context context) throws QuestionRefused {
    var ends = ends(context);
    var from = ends.getFirst();
    var to = ends.getLast();
    var via = context.arguments().has(VIA) ? OptionalInt.of(context.vm(VIA)) : OptionalInt.empty();
    if (from instanceof Subject.One && from.equals(to)) {
      throw new QuestionRefused(new Fault.SameEnds(FROM, TO));
    }
    if (via.isPresent() && (isVm(from, via.getAsInt()) || isVm(to, via.getAsInt()))) {
      throw new QuestionRefused(new Fault.ViaAnEnd(VIA));
    }
    var avoided =
        Exclusions.of(context.graph(), context.rules(AVOID_RULE), context.tags(AVOID_TAG));
    var answer =
        between(
            context.graph(),
            from,
            to,
            new Conditions(avoided, via),
            context.arguments().count(LIMIT),
            context.deadline());
    return answer instanceof Routes routes && context.arguments().flag(WHY)
        ? withGrounds(routes, context)
        : answer;
  }

  private static Routes withGrounds(Routes found, Context context) throws QuestionRefused {
    var real = context.compiled().real();
    if (real.isEmpty()) {
      return found;
    }
    var filter = RuleFilter.of(context.arguments());
    var scope = new Explanation.Scope(filter.services(), !filter.isCertain());
    var grounds = new HashMap<AttackPath.Hop, Explanation>();
    for (var route : found.routes.routes()) {
      for (var hop : route.hops()) {
        grounds.computeIfAbsent(
            hop, absent -> explanation(real.get(), hop, scope, context.deadline()));
      }
    }
    return new Routes(
        found.environment,
        found.routes,
        found.conditions,
        found.limit,
        found.why,
        found.fromTag,
        found.toTag,
        grounds);
  }

  private static Explanation explanation(
      Lowered real, AttackPath.Hop hop, Explanation.Scope scope, Deadline deadline) {
    return Explanation.of(
        real.model(), real.side(hop.from()), real.side(hop.to()), scope, deadline::check);
  }

  private static boolean isVm(Subject subject, int vm) {
    return subject instanceof Subject.One(int one) && one == vm;
  }

  /// Cost: as [NearestPair] and [AttackRoutes] say.
  ///
  /// @param from not the same one VM as `to`
  public static Answer between(
      AttackGraph graph,
      Subject from,
      Subject to,
      Conditions conditions,
      int limit,
      Deadline deadline) {
    if (from instanceof Subject.One(int source) && to instanceof Subject.One(int target)) {
      return routes(graph, source, target, conditions, limit, deadline);
    }
    var pair = NearestPair.of(graph, from.members(), to.members(), conditions);
    if (pair.isEmpty()) {
      return noRoute(graph, from, to, conditions, limit);
    }
    var found = routes(graph, pair.get().from(), pair.get().to(), conditions, limit, deadline);
    return new Routes(
        found.environment,
        found.routes,
        conditions,
        limit,
        found.why,
        tag(from),
        tag(to),
        Map.of());
  }

  /// The first routes between two VMs, and if there is none the reason.
  public static Routes routes(
      AttackGraph graph, int from, int to, Conditions conditions, int limit, Deadline deadline) {
    var routes = AttackRoutes.of(graph, from, to, conditions, limit, deadline);
    return new Routes(
        graph.environment(),
        routes,
        conditions,
        limit,
        routes.routes().isEmpty()
            ? Optional.of(Unreachable.of(graph, from, to, conditions))
            : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  private static Optional<String> tag(Subject subject) {
    return subject instanceof Subject.Group(String tag, var ignored)
        ? Optional.of(tag)
        : Optional.empty();
  }

  private static NoRoute noRoute(
      AttackGraph graph, Subject from, Subject to, Conditions conditions, int limit) {
    var avoided = conditions.avoided();
    int most = Subject.ANY_HOPS;
    return new NoRoute(
        graph.environment(),
        from,
        to,
        conditions,
        limit,
        vms(graph, GroupByHop.attackers(graph, to.members(), most, avoided)),
        vms(graph, GroupByHop.victims(graph, from.members(), most, avoided)));
  }

  /// How many were found, without addresses outside.
  private static int vms(AttackGraph graph, FoundByHop found) {
    return found.ranks().minus(graph.externals()).size();
  }
}
