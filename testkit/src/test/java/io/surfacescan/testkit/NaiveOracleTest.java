package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The oracle's own questions on one small environment; the scenarios hold it to the definition.
class NaiveOracleTest {
  private static final int A = 0;
  private static final int M = 1;
  private static final int N = 2;
  private static final int X = 3;

  /// A reaches X over M and over N; A reaches M by two rules.
  private static Environment diamond() {
    return new EnvironmentBuilder()
        .vm("A", "a")
        .vm("M", "m", "in")
        .vm("N", "n", "in")
        .vm("X", "x")
        .rule("0", "n", "x")
        .rule("1", "a", "m")
        .rule("2", "m", "x")
        .rule("3", "a", "in")
        .build();
  }

  @Test
  void attackers_areAllWithAPath_withTheHopsOfTheShortest() {
    assertThat(NaiveOracle.of(diamond()).attackers(X)).isEqualTo(Map.of(A, 2, M, 1, N, 1));
  }

  @Test
  void attackersWithin_leavesOutThoseFartherAway() {
    assertThat(NaiveOracle.of(diamond()).attackersWithin(X, 1)).isEqualTo(Map.of(M, 1, N, 1));
  }

  @Test
  void victims_areTheSameRelationForwards() {
    var oracle = NaiveOracle.of(diamond());
    assertThat(oracle.victims(A)).isEqualTo(Map.of(M, 1, N, 1, X, 2));
    assertThat(oracle.victimsWithin(A, 1)).isEqualTo(Map.of(M, 1, N, 1));
    assertThat(oracle.victims(X)).isEmpty();
  }

  @Test
  void rules_areAllThatAllowTheHop() {
    var oracle = NaiveOracle.of(diamond());
    assertThat(oracle.rules(A, M)).containsExactly(1, 3);
    assertThat(oracle.rules(A, X)).isEmpty();
    assertThat(oracle.attacksDirectly(A, X)).isFalse();
    assertThat(oracle.attacksDirectly(A, N)).isTrue();
  }

  @Test
  void rules_neverAllowAVmToAttackItself() {
    var oracle =
        NaiveOracle.of(
            new EnvironmentBuilder().vm("A", "t").vm("B", "t").rule("0", "t", "t").build());
    assertThat(oracle.rules(0, 1)).containsExactly(0);
    assertThat(oracle.rules(0, 0)).isEmpty();
    assertThat(oracle.attacksDirectly(1, 1)).isFalse();
  }

  @Test
  void firstRules_countEveryShortestPath() {
    var oracle = NaiveOracle.of(diamond());
    assertThat(oracle.firstRules(A, X)).containsExactly(1, 3);
    assertThat(oracle.firstRules(N, X)).containsExactly(0);
    assertThat(oracle.firstRules(X, A)).isEmpty();
    assertThat(oracle.firstRules(X, X)).isEmpty();
  }

  @Test
  void pathLength_isEmpty_withoutAPath() {
    var oracle = NaiveOracle.of(diamond());
    assertThat(oracle.pathLength(A, X)).hasValue(2);
    assertThat(oracle.pathLength(X, A)).isEmpty();
    assertThat(oracle.pathLength(X, X)).isEmpty();
  }

  @Test
  void attackersAndVictims_areEachOthersMirror_onRandomEnvironments() {
    Seeds.check(
        100,
        seed -> {
          var oracle = NaiveOracle.of(RandomEnvironments.of(seed));
          for (int vm = 0; vm < oracle.environment().vmCount(); vm++) {
            var attackers = oracle.attackers(vm);
            for (int other = 0; other < oracle.environment().vmCount(); other++) {
              assertThat(oracle.victims(other).get(vm)).isEqualTo(attackers.get(other));
            }
          }
        });
  }
}
