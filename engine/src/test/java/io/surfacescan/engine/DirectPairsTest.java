package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectPairsTest {
  private record Pair(int from, int to, List<Integer> rules) {}

  private static List<Pair> pairs(Environment environment, BitSet from, BitSet to) {
    var pairs = new ArrayList<Pair>();
    DirectPairs.of(environment)
        .forEach(from, to, (a, b, rules) -> pairs.add(new Pair(a, b, rules)));
    return pairs;
  }

  private static BitSet all(Environment environment) {
    var all = new BitSet();
    all.set(0, environment.vmCount());
    return all;
  }

  @Test
  void forEach_givesWhatEachRuleAllows_inInputOrder() {
    Seeds.check(
        Seeds.areUsual() ? 200 : 2_000,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var random = new Random(seed);
          var from = all(environment);
          var to = all(environment);
          if (random.nextBoolean()) {
            from.stream().filter(_ -> random.nextBoolean()).forEach(from::clear);
            to.stream().filter(_ -> random.nextBoolean()).forEach(to::clear);
          }
          var expected = new ArrayList<Pair>();
          from.stream()
              .forEach(a ->
                  to.stream()
                      .filter(b -> oracle.attacksDirectly(a, b))
                      .forEach(b -> expected.add(new Pair(a, b, List.copyOf(oracle.rules(a, b))))));
          assertThat(pairs(environment, from, to)).isEqualTo(expected);
        });
  }

  @Test
  void forEach_endsWhenNoMoreIsWanted() {
    var environment =
        new EnvironmentBuilder().vm("a", "x").vm("b", "x").vm("c", "x").rule("1", "x", "x").build();
    var taken = new ArrayList<String>();
    DirectPairs.of(environment)
        .forEach(
            all(environment),
            all(environment),
            (a, b, _) -> {
              taken.add(a + ">" + b);
              return taken.size() < 3;
            });
    assertThat(taken).containsExactly("0>1", "0>2", "1>0");
  }

  @Test
  void forEach_withoutVmsOrRules_givesNone() {
    var empty = new EnvironmentBuilder().build();
    assertThat(pairs(empty, all(empty), all(empty))).isEmpty();
    var noRules = new EnvironmentBuilder().vm("a", "x").vm("b", "y").build();
    assertThat(pairs(noRules, all(noRules), all(noRules))).isEmpty();
  }
}
