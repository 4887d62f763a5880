package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.Unreachable.Cause;
import io.surfacescan.engine.Unreachable.IdleRule;
import io.surfacescan.engine.Unreachable.IdleRules;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttackRoutesTest {
  private static final int ENVIRONMENTS = 600;

  /// a -> two groups of three and one VMs -> x, and a longer way over the tag `slow`.
  private static final Environment FORKED =
      new EnvironmentBuilder()
          .vm("a", "start")
          .vm("p1", "p")
          .vm("q", "q")
          .vm("p2", "p")
          .vm("p3", "p")
          .vm("s1", "slow")
          .vm("s2", "slower")
          .vm("x", "end")
          .rule("fw-p", "start", "p")
          .rule("fw-q", "start", "q")
          .rule("fw-q", "start", "q")
          .rule("fw-px", "p", "end")
          .rule("fw-qx", "q", "end")
          .rule("fw-1", "start", "slow")
          .rule("fw-2", "slow", "slower")
          .rule("fw-3", "slower", "end")
          .build();

  @Test
  void of_namesEachGroupOnce_withTheVmsThatCouldStandThere() {
    var graph = AttackGraph.of(FORKED);
    var routes = AttackRoutes.of(graph, 0, 7, Conditions.NONE, 10, Deadline.NONE);

    assertThat(routes.total()).hasValue(2);
    assertThat(routes.more()).isFalse();
    assertThat(new HashSet<>(routes.routes().stream().map(AttackPath::hops).toList()))
        .isEqualTo(
            Set.of(
                List.of(hop(0, 1, 3, 0), hop(1, 7, 1, 3)),
                List.of(hop(0, 2, 1, 1, 2), hop(2, 7, 1, 4))));
    var one = AttackRoutes.of(graph, 0, 7, Conditions.NONE, 1, Deadline.NONE);
    assertThat(one.routes()).containsExactly(routes.routes().getFirst());
    assertThat(one.more()).isTrue();
    assertThat(one.total()).isEmpty();
  }

  @Test
  void of_withoutARuleOrATag_takesWhatIsLeft() {
    var graph = AttackGraph.of(FORKED);
    int p = FORKED.findTag("p").orElseThrow();
    assertThat(shortest(graph, avoiding(graph, List.of(0), List.of())))
        .containsExactly(hop(0, 2, 1, 1, 2), hop(2, 7, 1, 4));
    assertThat(shortest(graph, avoiding(graph, List.of(1), List.of(p))))
        .containsExactly(hop(0, 2, 1, 2), hop(2, 7, 1, 4));
    assertThat(shortest(graph, avoiding(graph, List.of(1, 2), List.of(p))))
        .containsExactly(hop(0, 5, 1, 5), hop(5, 6, 1, 6), hop(6, 7, 1, 7));
    assertThat(shortest(graph, avoiding(graph, List.of(1, 2, 6), List.of(p)))).isEmpty();
  }

  @Test
  void of_overAVm_joinsTwoShortestPaths() {
    var graph = AttackGraph.of(FORKED);
    var over = new Conditions(Exclusions.NOTHING, OptionalInt.of(6));
    assertThat(shortest(graph, over))
        .containsExactly(hop(0, 5, 1, 5), hop(5, 6, 1, 6), hop(6, 7, 1, 7));
    // Over the third VM of a group it is that one that stands there, and no other could.
    var third = new Conditions(Exclusions.NOTHING, OptionalInt.of(4));
    assertThat(shortest(graph, third)).containsExactly(hop(0, 4, 1, 0), hop(4, 7, 1, 3));
  }

  @Test
  void of_overAVm_saysWhereItComesTwice() {
    var environment =
        new EnvironmentBuilder()
            .vm("a", "a")
            .vm("m", "m")
            .vm("p", "p")
            .vm("x", "x")
            .rule("1", "a", "p")
            .rule("2", "p", "m")
            .rule("3", "m", "p")
            .rule("4", "p", "x")
            .build();
    var graph = AttackGraph.of(environment);
    var over = new Conditions(Exclusions.NOTHING, OptionalInt.of(1));
    var path = AttackRoutes.of(graph, 0, 3, over, 1, Deadline.NONE).routes().getFirst();
    assertThat(path.hops())
        .containsExactly(hop(0, 2, 1, 0), hop(2, 1, 1, 1), hop(1, 2, 1, 2), hop(2, 3, 1, 3));
    assertThat(path.visitedAgain()).containsExactly(2);
    assertThat(AttackPath.of(graph, 0, 3).orElseThrow().visitedAgain()).isEmpty();
  }

  @Test
  void of_siblings_attackOneAnotherDirectlyOrOverACycle() {
    var environment =
        new EnvironmentBuilder()
            .vm("v0", "a")
            .vm("v1", "a")
            .vm("w", "b")
            .rule("self", "a", "a")
            .rule("there", "a", "b")
            .rule("back", "b", "a")
            .build();
    var graph = AttackGraph.of(environment);
    assertThat(AttackPath.of(graph, 0, 1).orElseThrow().hops()).containsExactly(hop(0, 1, 1, 0));
    var without = avoiding(graph, List.of(0), List.of());
    assertThat(AttackRoutes.of(graph, 0, 1, without, 9, Deadline.NONE).routes())
        .containsExactly(new AttackPath(0, 1, List.of(hop(0, 2, 1, 1), hop(2, 1, 1, 2))));
    assertThat(AttackPath.of(graph, 0, 0)).isEmpty();
  }

  /// A ladder of 70 steps with two groups on each has 2^70 routes.
  @Test
  void of_aLadder_namesTheFirstRoutesAndCountsAsFarAsItCan() {
    var graph = AttackGraph.of(ladder(70));
    var few = AttackRoutes.of(graph, 0, 141, Conditions.NONE, 100, Deadline.NONE);
    assertThat(few.routes()).hasSize(100).doesNotHaveDuplicates();
    assertThat(few.routes()).allMatch(route -> route.hops().size() == 71);
    assertThat(few.more()).isTrue();
    assertThat(few.total()).hasValue(Long.MAX_VALUE);
    assertThat(
            AttackRoutes.of(AttackGraph.of(ladder(40)), 0, 81, Conditions.NONE, 2, Deadline.NONE)
                .total())
        .hasValue(1L << 40);
    var over = new Conditions(Exclusions.NOTHING, OptionalInt.of(2));
    assertThat(AttackRoutes.of(AttackGraph.of(ladder(40)), 0, 81, over, 2, Deadline.NONE).total())
        .hasValue(1L << 39);
  }

  private static Environment ladder(int steps) {
    var builder = new EnvironmentBuilder().vm("start", "l0", "r0");
    for (int step = 1; step <= steps; step++) {
      builder.vm("left " + step, "l" + step).vm("right " + step, "r" + step);
      for (String from : List.of("l", "r")) {
        for (String to : List.of("l", "r")) {
          builder.rule(null, from + (step - 1), to + step);
        }
      }
    }
    return builder
        .vm("end", "end")
        .rule(null, "l" + steps, "end")
        .rule(null, "r" + steps, "end")
        .build();
  }

  @Test
  void of_moreRoutesThanCanBeCounted_saysOnlyThatThereAreMore() {
    var builder = new EnvironmentBuilder().vm("start", "start");
    for (int i = 0; i < 1_200; i++) {
      builder.vm("p" + i, "p", "own p" + i).vm("q" + i, "q", "own q" + i);
      builder.rule(null, "own p" + i, "own q" + (i + 1) % 1_200);
    }
    var environment =
        builder
            .vm("end", "end")
            .rule(null, "start", "p")
            .rule(null, "p", "q")
            .rule(null, "q", "end")
            .build();
    int end = environment.findVm("end").orElseThrow();
    var routes =
        AttackRoutes.of(AttackGraph.of(environment), 0, end, Conditions.NONE, 3, Deadline.NONE);
    assertThat(routes.routes()).hasSize(3);
    assertThat(routes.more()).isTrue();
    assertThat(routes.total()).isEmpty();
  }

  @Test
  void of_aVeryLongPath_isNamedWhole_andFewerRoutesAre() {
    int vms = 600_000;
    var builder = new EnvironmentBuilder();
    for (int i = 0; i < vms; i++) {
      builder.vm("vm-" + i, "t" + i);
      if (i > 0) {
        builder.rule(null, "t" + (i - 1), "t" + i);
      }
    }
    var environment = builder.vm("beside", "b").rule(null, "t0", "b").rule(null, "b", "t2").build();
    var graph = AttackGraph.of(environment);
    var routes = AttackRoutes.of(graph, 0, vms - 1, Conditions.NONE, 5, Deadline.NONE);
    assertThat(routes.routes()).hasSize(1);
    assertThat(routes.hops()).isEqualTo(vms - 1);
    assertThat(routes.more()).isTrue();
  }

  @Test
  void of_afterItsDeadline_doesNotAnswer() {
    int vms = 50_000;
    var builder = new EnvironmentBuilder();
    for (int i = 0; i < vms; i++) {
      builder.vm("vm-" + i, "t" + i).rule(null, "t" + i, "t" + (i + 1));
    }
    var graph = AttackGraph.of(builder.build());
    assertThatThrownBy(() -> AttackRoutes.of(graph, 0, vms - 1, Conditions.NONE, 1, () -> true))
        .isInstanceOf(DeadlinePassed.class);
  }

  @Test
  void of_areTheShortestRoutesByTheirDefinition_inTheirOrder() {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          var random = new SplittableRandom(seed);
          for (int question = 0; question < 6; question++) {
            boolean free = question < 2;
            var rules = free ? Set.<Integer>of() : some(random, environment.ruleCount());
            var tags = free ? Set.<Integer>of() : some(random, environment.tagCount());
            var naive = new NaiveRoutes(oracle, rules, tags);
            var avoided = Exclusions.of(graph, rules, tags);
            int from = random.nextInt(environment.vmCount());
            int to = random.nextInt(environment.vmCount());
            for (int limit : new int[] {1, 2, 100}) {
              checkLeg(graph, naive, avoided, from, to, limit);
            }
            checkOver(graph, naive, avoided, from, to, random);
          }
        });
  }

  private static Set<Integer> some(RandomGenerator random, int count) {
    var some = new TreeSet<Integer>();
    for (int i = random.nextInt(4); i > 0 && count > 0; i--) {
      some.add(random.nextInt(count));
    }
    return some;
  }

  private static void checkLeg(
      AttackGraph graph, NaiveRoutes naive, Exclusions avoided, int from, int to, int limit) {
    var found =
        AttackRoutes.of(
            graph, from, to, new Conditions(avoided, OptionalInt.empty()), limit, Deadline.NONE);
    var expected = from == to ? List.<List<Integer>>of() : naive.routes(graph, from, to);
    assertThat(found.routes().stream().map(AttackRoutesTest::between).toList())
        .isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
    assertThat(found.more()).isEqualTo(expected.size() > limit);
    if (limit > 1) {
      assertThat(found.total()).isEqualTo(OptionalLong.of(expected.size()));
    }
    found.routes().forEach(route -> checkHops(graph, naive, route, from, to));
  }

  private static void checkHops(
      AttackGraph graph, NaiveRoutes naive, AttackPath route, int from, int to) {
    var groups = naive.groups();
    int at = from;
    for (var hop : route.hops()) {
      assertThat(hop.from()).isEqualTo(at);
      assertThat(hop.rules()).isNotEmpty().containsExactlyElementsOf(naive.rules(at, hop.to()));
      int alike =
          (int)
              IntStream.range(0, graph.environment().vmCount())
                  .filter(vm -> groups.get(vm).equals(groups.get(hop.to())))
                  .count();
      assertThat(hop.vms()).isEqualTo(hop.to() == to ? 1 : alike);
      at = hop.to();
    }
    assertThat(at).isEqualTo(to);
    assertThat(route.visitedAgain()).isEmpty();
  }

  private static void checkOver(
      AttackGraph graph,
      NaiveRoutes naive,
      Exclusions avoided,
      int from,
      int to,
      RandomGenerator random) {
    int via = random.nextInt(graph.environment().vmCount());
    if (from == to || via == from || via == to) {
      return;
    }
    int limit = random.nextInt(1, 12);
    var conditions = new Conditions(avoided, OptionalInt.of(via));
    var found = AttackRoutes.of(graph, from, to, conditions, limit, Deadline.NONE);
    var expected = new ArrayList<List<Integer>>();
    for (var first : naive.routes(graph, from, via)) {
      for (var second : naive.routes(graph, via, to)) {
        var route = new ArrayList<>(first);
        route.add(via);
        route.addAll(second);
        expected.add(route);
      }
    }
    assertThat(found.routes().stream().map(AttackRoutesTest::between).toList())
        .isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
    assertThat(found.more()).isEqualTo(expected.size() > limit);
    if (limit > 1) {
      assertThat(found.total()).isEqualTo(OptionalLong.of(expected.size()));
    }
    for (var route : found.routes()) {
      var seen = new ArrayList<Integer>();
      var again = new ArrayList<Integer>();
      seen.add(from);
      for (var hop : route.hops()) {
        assertThat(hop.rules()).containsExactlyElementsOf(naive.rules(hop.from(), hop.to()));
        if (seen.contains(hop.to()) && !again.contains(hop.to())) {
          again.add(hop.to());
        }
        seen.add(hop.to());
      }
      assertThat(route.visitedAgain()).isEqualTo(again);
    }
  }

  private static List<Integer> between(AttackPath path) {
    var hops = path.hops();
    return hops.subList(0, hops.size() - 1).stream().map(AttackPath.Hop::to).toList();
  }

  @Test
  void unreachable_saysWhatIsThereOnBothSides() {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          var random = new SplittableRandom(seed);
          for (int question = 0; question < 6; question++) {
            boolean free = question < 2;
            var rules = free ? Set.<Integer>of() : some(random, environment.ruleCount());
            var tags = free ? Set.<Integer>of() : some(random, environment.tagCount());
            int from = random.nextInt(environment.vmCount());
            int to = random.nextInt(environment.vmCount());
            int via = random.nextInt(environment.vmCount());
            boolean over = question % 3 == 2 && via != from && via != to;
            var conditions =
                new Conditions(
                    Exclusions.of(graph, rules, tags),
                    over ? OptionalInt.of(via) : OptionalInt.empty());
            if (from != to
                && AttackRoutes.of(graph, from, to, conditions, 1, Deadline.NONE)
                    .routes()
                    .isEmpty()) {
              var naive = new NaiveRoutes(oracle, rules, tags);
              boolean second = over && naive.hopsTo(via)[from] < NaiveRoutes.FAR;
              checkUnreachable(
                  graph,
                  naive,
                  Unreachable.of(graph, from, to, conditions),
                  second ? via : from,
                  over && !second ? via : to);
              int without = new NaiveRoutes(oracle, Set.of(), Set.of()).hopsTo(to)[from];
              assertThat(Unreachable.of(graph, from, to, conditions).hopsWithout())
                  .isEqualTo(
                      without == NaiveRoutes.FAR ? OptionalInt.empty() : OptionalInt.of(without));
            }
          }
        });
  }

  private static void checkUnreachable(
      AttackGraph graph, NaiveRoutes naive, Unreachable why, int from, int to) {
    var vms = IntStream.range(0, graph.environment().vmCount()).boxed().toList();
    int[] hopsTo = naive.hopsTo(to);
    int[] hopsFrom = naive.hopsFrom(from);
    var attackers = vms.stream().filter(vm -> vm != to && hopsTo[vm] < NaiveRoutes.FAR).toList();
    var direct = vms.stream().filter(vm -> hopsTo[vm] == 1).toList();
    var victims = vms.stream().filter(vm -> vm != from && hopsFrom[vm] < NaiveRoutes.FAR).toList();

    assertThat(why.from()).isEqualTo(from);
    assertThat(why.to()).isEqualTo(to);
    assertThat(attackers).doesNotContain(from);
    assertThat(Collections.disjoint(attackers, victims)).isTrue();
    assertThat(why.attackers()).isEqualTo(attackers.size());
    assertThat(why.directAttackers()).isEqualTo(direct.size());
    assertThat(why.victims()).isEqualTo(victims.size());
    assertThat(why.mostHops())
        .hasValue(victims.stream().mapToInt(vm -> hopsFrom[vm]).max().orElse(0));
    var lowest = direct.stream().min(Comparator.comparingInt(graph::rankOf));
    assertThat(why.nearest())
        .isEqualTo(
            lowest.map(vm -> new AttackPath.Hop(vm, to, List.copyOf(naive.rules(vm, to)), 1)));
    checkIdle(graph, naive, why.idleAtTarget(), to, true, attackers.isEmpty());
    checkIdle(graph, naive, why.idleAtSource(), from, false, victims.isEmpty());
  }

  private static void checkIdle(
      AttackGraph graph, NaiveRoutes naive, IdleRules found, int vm, boolean ends, boolean listed) {
    var environment = graph.environment();
    var own = environment.vm(vm).tags();
    var expected = new ArrayList<IdleRule>();
    for (int rule = 0; rule < environment.ruleCount() && listed; rule++) {
      var facts = environment.rule(rule);
      String here = ends ? facts.destTag() : facts.sourceTag();
      String other = ends ? facts.sourceTag() : facts.destTag();
      if (own.contains(here)) {
        var carriers = new TreeSet<Integer>();
        for (int each = 0; each < environment.vmCount(); each++) {
          if (environment.vm(each).tags().contains(other)) {
            carriers.add(each);
          }
        }
        var cause =
            carriers.isEmpty()
                ? Cause.NOT_CARRIED
                : naive.isAvoided(rule) ? Cause.AVOIDED : Cause.ONLY_ITSELF;
        if (cause == Cause.ONLY_ITSELF) {
          assertThat(carriers).containsExactly(vm);
        }
        expected.add(new IdleRule(rule, cause));
      }
    }
    assertThat(found.count()).isEqualTo(expected.size());
    assertThat(found.first())
        .isEqualTo(expected.subList(0, Math.min(expected.size(), IdleRules.SHOWN_MOST)));
  }

  @Test
  void unreachable_overATagThatNobodyCarries_namesTheRules() {
    var environment =
        new EnvironmentBuilder()
            .vm("A", "a")
            .vm("C", "c", "own")
            .rule("r1", "a", "b")
            .rule("r2", "b", "c")
            .rule("r3", "own", "c")
            .build();
    var why = Unreachable.of(AttackGraph.of(environment), 0, 1, Conditions.NONE);
    assertThat(why.attackers()).isZero();
    assertThat(why.nearest()).isEmpty();
    assertThat(why.idleAtTarget())
        .isEqualTo(
            new IdleRules(
                List.of(new IdleRule(1, Cause.NOT_CARRIED), new IdleRule(2, Cause.ONLY_ITSELF)),
                2));
    assertThat(why.idleAtSource())
        .isEqualTo(new IdleRules(List.of(new IdleRule(0, Cause.NOT_CARRIED)), 1));
    assertThat(why.hopsWithout()).isEmpty();
  }

  @Test
  void unreachable_withVeryManyVictims_doesNotLookForTheFarthest() {
    int most = Unreachable.FARTHEST_VICTIMS_MOST;
    assertThat(whyNotX(most).victims()).isEqualTo(most);
    assertThat(whyNotX(most).mostHops()).hasValue(1);
    assertThat(whyNotX(most + 1).victims()).isEqualTo(most + 1);
    assertThat(whyNotX(most + 1).mostHops()).isEmpty();
  }

  /// Of a VM that can attack so many others, but not X.
  private static Unreachable whyNotX(int victims) {
    var builder = new EnvironmentBuilder().vm("A", "a").vm("X", "x").rule("r", "a", "b");
    for (int i = 0; i < victims; i++) {
      builder.vm("b" + i, "b");
    }
    return Unreachable.of(AttackGraph.of(builder.build()), 0, 1, Conditions.NONE);
  }

  @Test
  void unreachable_moreIdleRulesThanAreShown_areCounted() {
    var builder = new EnvironmentBuilder().vm("A", "a").vm("X", "x");
    for (int i = 0; i < 25; i++) {
      builder.rule("r" + i, "nobody " + i, "x");
    }
    var idle =
        Unreachable.of(AttackGraph.of(builder.build()), 0, 1, Conditions.NONE).idleAtTarget();
    assertThat(idle.first()).hasSize(20);
    assertThat(idle.count()).isEqualTo(25);
  }

  private static List<AttackPath.Hop> shortest(AttackGraph graph, Conditions conditions) {
    var routes = AttackRoutes.of(graph, 0, 7, conditions, 1, Deadline.NONE).routes();
    return routes.isEmpty() ? List.of() : routes.getFirst().hops();
  }

  private static Conditions avoiding(AttackGraph graph, List<Integer> rules, List<Integer> tags) {
    return new Conditions(Exclusions.of(graph, rules, tags), OptionalInt.empty());
  }

  private static AttackPath.Hop hop(int from, int to, int vms, Integer... rules) {
    return new AttackPath.Hop(from, to, List.of(rules), vms);
  }
}
