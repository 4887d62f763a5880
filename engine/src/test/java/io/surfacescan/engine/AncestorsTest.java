package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.IntLists;
import io.surfacescan.testkit.Seeds;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Against plain reachability on random acyclic graphs, with budgets that store everything, nothing
/// and every share between.
class AncestorsTest {
  private static final int COMPONENTS_MOST = 14;

  @Test
  void reaching_isPlainReachability_whateverTheBudget() {
    Seeds.check(
        400,
        seed -> {
          var random = new SplittableRandom(seed);
          int components = random.nextInt(1, COMPONENTS_MOST);
          int atoms = random.nextInt(1, 30);
          var edges = pairs(random, components, components, random.nextInt(40));
          for (int i = 0; i < components; i++) {
            for (int j = i; j < components; j++) {
              edges[i].clear(j);
            }
          }
          var own = pairs(random, components, atoms, random.nextInt(40));
          var reached = new BitSet[components];
          for (int component = 0; component < components; component++) {
            reached[component] = (BitSet) own[component].clone();
            int to = component;
            edges[component].stream().forEach(from -> reached[to].or(reached[from]));
          }
          for (int budget = 0; budget < 60; budget++) {
            var ancestors = Ancestors.of(adjacency(edges), adjacency(own), atoms, budget);
            var lists = new IntLists.Builder();
            int one = random.nextInt(components);
            int other = random.nextInt(components);
            var list = lists.intern(new int[] {Math.min(one, other), Math.max(one, other)}, 0, 2);
            var single = lists.intern(new int[] {one}, 0, 1);
            var both = (BitSet) reached[one].clone();
            both.or(reached[other]);
            var built = lists.build();
            assertThat(bits(ancestors.reaching(built, list))).isEqualTo(both);
            assertThat(bits(ancestors.reaching(built, single))).isEqualTo(reached[one]);
          }
        });
  }

  private static BitSet[] pairs(SplittableRandom random, int rows, int columns, int count) {
    var pairs = new BitSet[rows];
    for (int row = 0; row < rows; row++) {
      pairs[row] = new BitSet();
    }
    for (int i = 0; i < count; i++) {
      pairs[random.nextInt(rows)].set(random.nextInt(columns));
    }
    return pairs;
  }

  private static Adjacency adjacency(BitSet[] rows) {
    var builder = new Adjacency.Builder(rows.length);
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < rows[row].cardinality(); i++) {
        builder.announce(row);
      }
    }
    builder.startAdding();
    for (int row = 0; row < rows.length; row++) {
      int from = row;
      rows[row].stream().forEach(to -> builder.add(from, to));
    }
    return builder.build();
  }

  private static BitSet bits(int[] bounds) {
    var bits = new BitSet();
    for (int i = 0; i < bounds.length; i += 2) {
      bits.set(bounds[i], bounds[i + 1]);
    }
    return bits;
  }
}
