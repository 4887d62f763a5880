package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalUnionTest {
  @Test
  void drain_mergesOverlappingAndTouchingIntervals() {
    var union = new IntervalUnion(100);
    union.add(7, 9);
    union.add(0, 2);
    union.add(2, 3);
    union.add(8, 12);
    union.add(20, 21);
    assertThat(union.drain()).containsExactly(0, 3, 7, 12, 20, 21);
    assertThat(union.drain()).as("a drained union is empty").isEmpty();
  }

  @Test
  void drain_agreesWithABitSet_sortedAndMarked() {
    Seeds.check(
        3_000,
        seed -> {
          var random = new SplittableRandom(seed);
          int universe = random.nextInt(1, 1_000);
          var union = new IntervalUnion(universe);
          for (int round = 0; round < 3; round++) {
            var bits = new BitSet();
            // More than 64 intervals are marked, fewer are sorted.
            for (int i = random.nextInt(random.nextBoolean() ? 10 : 200); i > 0; i--) {
              int from = random.nextInt(universe);
              int to = Math.min(universe, from + 1 + random.nextInt(1 + random.nextInt(150)));
              union.add(from, to);
              bits.set(from, to);
            }
            assertThat(union.drain()).isEqualTo(bounds(bits));
          }
        });
  }

  private static int[] bounds(BitSet bits) {
    var bounds = new ArrayList<Integer>();
    for (int from = bits.nextSetBit(0); from >= 0; ) {
      int to = bits.nextClearBit(from);
      bounds.add(from);
      bounds.add(to);
      from = bits.nextSetBit(to);
    }
    return bounds.stream().mapToInt(Integer::intValue).toArray();
  }
}
