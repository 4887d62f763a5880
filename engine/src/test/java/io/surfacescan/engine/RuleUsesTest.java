package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.engine.RuleUses.Order;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.Services;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomDetails;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleUsesTest {
  private static final int ENVIRONMENTS = 1_000;

  @Test
  void rows_tellUsedUnusedAndParallelRules() {
    var environment =
        new EnvironmentBuilder()
            .vm("a1", "a")
            .vm("a2", "a", "b")
            .vm("c", "c")
            .rule("r0", "a", "c")
            .rule("r1", "b", "c")
            .rule("r2", "c", "c")
            .rule("r3", "a", "nobody")
            .rule("r4", "c", "a")
            .rule("r5", "c", "a")
            .rule("r6", "a", "a")
            .build();
    assertThat(RuleUses.of(AttackGraph.of(environment)).rows(all(7), Long.MAX_VALUE, Deadline.NONE))
        .containsExactly(
            // a2 attacks c by r1 as well.
            new RuleUse(0, 2, 1, 0, 0, 0, 2, OptionalLong.of(1)),
            new RuleUse(1, 1, 1, 0, 0, 0, 1, OptionalLong.of(0)),
            // One VM alone allows no attack on itself.
            new RuleUse(2, 1, 1, 0, 0, 0, 0, OptionalLong.of(0)),
            new RuleUse(3, 2, 0, 0, 0, 0, 0, OptionalLong.of(0)),
            new RuleUse(4, 1, 2, 0, 0, 1, 2, OptionalLong.of(2)),
            new RuleUse(5, 1, 2, 0, 0, 1, 2, OptionalLong.of(2)),
            new RuleUse(6, 2, 2, 0, 0, 0, 2, OptionalLong.of(2)));
  }

  @Test
  void onlyThisRule_isNone_besideAParallelRule() {
    assertThat(new RuleUse(4, 1, 2, 0, 0, 1, 2, OptionalLong.of(2)).onlyThisRule()).hasValue(0);
    assertThat(new RuleUse(4, 1, 2, 0, 0, 0, 2, OptionalLong.of(2)).onlyThisRule()).hasValue(2);
  }

  @Test
  void rows_areWhatPairsOfVmsSay() {
    Seeds.check(
        ENVIRONMENTS,
        seed -> {
          var plain = RandomEnvironments.of(seed);
          var environment = seed % 4 == 0 ? RandomDetails.withOutside(plain, seed) : plain;
          var oracle = NaiveOracle.of(environment);
          var uses = RuleUses.of(AttackGraph.of(environment));
          var rows = uses.rows(all(environment.ruleCount()), Long.MAX_VALUE, Deadline.NONE);
          for (int rule = 0; rule < rows.size(); rule++) {
            assertThat(rows.get(rule)).isEqualTo(naive(oracle, rule));
            assertThat(rows.get(rule).onlyThisRule()).hasValue(onlyThisRule(oracle, rule));
            assertThat(uses.isUsed(rule)).isEqualTo(rows.get(rule).isUsed());
          }
        });
  }

  @Test
  void ordered_keepsInputOrderAmongEqualRules_andFilters() {
    Seeds.check(
        ENVIRONMENTS / 4,
        seed -> {
          var environment = seed % 4 == 0 ? RandomDetails.of(seed) : RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var rules = environment.rules();
          var uses = RuleUses.of(AttackGraph.of(environment));
          var tag =
              seed % 2 == 0 || environment.tagCount() == 0
                  ? OptionalInt.empty()
                  : OptionalInt.of((int) (seed % environment.tagCount()));
          boolean unusedOnly = seed % 3 == 0;
          for (var order : Order.values()) {
            Comparator<Integer> comparator =
                switch (order) {
                  case INPUT -> Comparator.naturalOrder();
                  case PAIRS ->
                      Comparator.comparingLong(rule -> -naive(oracle, rule).directPairs());
                  case ONLY -> Comparator.comparingLong(rule -> -onlyThisRule(oracle, rule));
                  case ID ->
                      Comparator.comparing((Integer rule) -> rules.get(rule).id().isEmpty())
                          .thenComparing(
                              rule -> rules.get(rule).id().orElse(""), RuleUsesTest::byCodePoint);
                  case SOURCE_TAG ->
                      Comparator.comparing(
                          rule -> rules.get(rule).sourceTag(), RuleUsesTest::byCodePoint);
                  case DEST_TAG ->
                      Comparator.comparing(
                          rule -> rules.get(rule).destTag(), RuleUsesTest::byCodePoint);
                  case SOURCE_VMS ->
                      Comparator.comparingInt(rule -> -naive(oracle, rule).sourceVms());
                  case DEST_VMS -> Comparator.comparingInt(rule -> -naive(oracle, rule).destVms());
                  case SERVICES ->
                      Comparator.comparing(rule ->
                          environment.services(rule).equals(Services.ALL)
                              ? ""
                              : String.join(",", environment.services(rule).texts()));
                };
            List<Integer> expected =
                IntStream.range(0, rules.size())
                    .filter(rule ->
                        tag.isEmpty()
                            || rules.get(rule).sourceTag().equals(environment.tag(tag.getAsInt()))
                            || rules.get(rule).destTag().equals(environment.tag(tag.getAsInt())))
                    .filter(rule -> !unusedOnly || !naive(oracle, rule).isUsed())
                    .boxed()
                    .sorted(comparator)
                    .toList();
            assertThat(uses.ordered(tag, unusedOnly, order, Deadline.NONE))
                .containsExactly(expected.stream().mapToInt(rule -> rule).toArray());
          }
        });
  }

  private static int byCodePoint(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void rows_withTooFewSteps_leavePairsOut() {
    var uses = RuleUses.of(AttackGraph.of(oneRule()));
    assertThat(uses.rows(all(1), 0, Deadline.NONE))
        .containsExactly(new RuleUse(0, 1, 1, 0, 0, 0, 1, OptionalLong.empty()));
  }

  @Test
  void rows_amongManyRules_stopAtTheSameRule_everyTime() {
    var builder = new EnvironmentBuilder();
    for (int i = 0; i < 20_000; i++) {
      builder.vm("vm-" + i, "s", "d", "own-" + i).rule("r" + i, "s", "d");
    }
    var uses = RuleUses.of(AttackGraph.of(builder.rule("last", "d", "own-0").build()));
    var rows = uses.rows(new int[] {0, 1, 20_000, 2}, 30_000, Deadline.NONE);
    assertThat(rows).isEqualTo(uses.rows(new int[] {0, 1, 20_000, 2}, 30_000, Deadline.NONE));
    assertThat(rows.getFirst().onlyThisTagPair()).isEmpty();
    assertThat(rows.getFirst().onlyThisRule()).hasValue(0);
    assertThat(rows.getLast().onlyThisTagPair()).isEmpty();
    // All pairs but those that end at vm-0.
    assertThat(uses.rows(new int[] {0}, Long.MAX_VALUE, Deadline.NONE).getFirst().onlyThisTagPair())
        .hasValue(20_000L * 19_999 - 19_999);
  }

  @Test
  void deadline_endsCounting() {
    var uses = RuleUses.of(AttackGraph.of(oneRule()));
    assertThatThrownBy(() -> uses.rows(all(1), Long.MAX_VALUE, () -> true))
        .isInstanceOf(DeadlinePassed.class);
    assertThatThrownBy(() -> uses.ordered(OptionalInt.empty(), false, Order.ONLY, () -> true))
        .isInstanceOf(DeadlinePassed.class);
    assertThatThrownBy(() -> uses.ordered(OptionalInt.empty(), false, Order.PAIRS, () -> true))
        .isInstanceOf(DeadlinePassed.class);
  }

  private static Environment oneRule() {
    return new EnvironmentBuilder().vm("a", "s").vm("x", "d").rule("r", "s", "d").build();
  }

  private static RuleUse naive(NaiveOracle oracle, int rule) {
    var environment = oracle.environment();
    var rules = environment.rules();
    String source = rules.get(rule).sourceTag();
    String dest = rules.get(rule).destTag();
    long pairs = 0;
    long only = 0;
    for (int from = 0; from < environment.vmCount(); from++) {
      for (int to = 0; to < environment.vmCount(); to++) {
        var allowing = oracle.rules(from, to);
        if (allowing.contains(rule)) {
          pairs++;
          only +=
              allowing.stream()
                      .allMatch(other ->
                          rules.get(other).sourceTag().equals(source)
                              && rules.get(other).destTag().equals(dest))
                  ? 1
                  : 0;
        }
      }
    }
    return new RuleUse(
        rule,
        carriers(oracle, source, false),
        carriers(oracle, dest, false),
        carriers(oracle, source, true),
        carriers(oracle, dest, true),
        (int)
                rules.stream()
                    .filter(
                        other -> other.sourceTag().equals(source) && other.destTag().equals(dest))
                    .count()
            - 1,
        pairs,
        OptionalLong.of(only));
  }

  private static int carriers(NaiveOracle oracle, String tag, boolean outside) {
    var environment = oracle.environment();
    return (int)
        IntStream.range(0, environment.vmCount())
            .filter(vm -> environment.vm(vm).tags().contains(tag))
            .filter(vm -> environment.vmKind(vm).isExternal() == outside)
            .count();
  }

  private static long onlyThisRule(NaiveOracle oracle, int rule) {
    long only = 0;
    for (int from = 0; from < oracle.environment().vmCount(); from++) {
      for (int to = 0; to < oracle.environment().vmCount(); to++) {
        var allowing = oracle.rules(from, to);
        only += allowing.size() == 1 && allowing.contains(rule) ? 1 : 0;
      }
    }
    return only;
  }

  private static int[] all(int rules) {
    return IntStream.range(0, rules).toArray();
  }
}
