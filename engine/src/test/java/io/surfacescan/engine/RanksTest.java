package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.testkit.Seeds;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RanksTest {
  private static final Ranks RANKS = Ranks.ofBounds(new int[] {2, 5, 7, 8, 10, 14});

  @Test
  void size_countsRanksOfAllIntervals() {
    assertThat(RANKS.size()).isEqualTo(3 + 1 + 4);
    assertThat(RANKS.first()).isEqualTo(2);
    assertThat(RANKS.last()).isEqualTo(13);
  }

  @Test
  void without_atTheStartInTheMiddleAtTheEndAndAbsent() {
    assertThat(RANKS.without(2)).hasToString("{[3, 5) [7, 8) [10, 14)}");
    assertThat(RANKS.without(3)).hasToString("{[2, 3) [4, 5) [7, 8) [10, 14)}");
    assertThat(RANKS.without(4)).hasToString("{[2, 4) [7, 8) [10, 14)}");
    assertThat(RANKS.without(7)).hasToString("{[2, 5) [10, 14)}");
    assertThat(RANKS.without(13)).hasToString("{[2, 5) [7, 8) [10, 13)}");
    assertThat(RANKS.without(5)).isSameAs(RANKS);
    assertThat(Ranks.NONE.without(0)).isSameAs(Ranks.NONE);
  }

  @Test
  void without_theOnlyRank_isEmpty() {
    assertThat(Ranks.ofBounds(new int[] {4, 5}).without(4).isEmpty()).isTrue();
  }

  @Test
  void minus_isTheDifferenceOfSets() {
    Seeds.check(
        500,
        seed -> {
          var random = new SplittableRandom(seed);
          var left = new BitSet();
          var right = new BitSet();
          for (int rank = 0; rank < 40; rank++) {
            left.set(rank, random.nextInt(3) > 0);
            right.set(rank, random.nextInt(4) == 0);
          }
          var expected = (BitSet) left.clone();
          expected.andNot(right);
          assertThat(Ranks.of(left).minus(Ranks.of(right))).isEqualTo(Ranks.of(expected));
          assertThat(Ranks.of(left).size()).isEqualTo(left.cardinality());
        });
    assertThat(RANKS.minus(Ranks.NONE)).isSameAs(RANKS);
    assertThat(RANKS.minus(Ranks.ofBounds(new int[] {0, 3, 4, 8, 11, 20})))
        .hasToString("{[3, 4) [10, 11)}");
  }

  @Test
  void page_startsAnywhereAndEndsAtTheLimit() {
    assertThat(RANKS.page(0, 100)).isEqualTo(RANKS);
    assertThat(RANKS.page(0, 4)).hasToString("{[2, 5) [7, 8)}");
    assertThat(RANKS.page(4, 3)).hasToString("{[4, 5) [7, 8) [10, 11)}");
    assertThat(RANKS.page(5, 1)).hasToString("{[7, 8)}");
    assertThat(RANKS.page(14, 5).isEmpty()).isTrue();
    assertThat(RANKS.page(0, 0).isEmpty()).isTrue();
  }

  @Test
  void everyOperation_agreesWithABitSet() {
    Seeds.check(
        2_000,
        seed -> {
          var random = new SplittableRandom(seed);
          var bits = new BitSet();
          for (int i = random.nextInt(20); i > 0; i--) {
            bits.set(random.nextInt(30));
          }
          var ranks = of(bits);
          assertThat(ranks.size()).isEqualTo(bits.cardinality());
          for (int rank = 0; rank < 32; rank++) {
            assertThat(ranks.contains(rank)).isEqualTo(bits.get(rank));
            var fewer = (BitSet) bits.clone();
            fewer.clear(rank);
            assertThat(ranks.without(rank)).isEqualTo(of(fewer));
            int from = rank;
            int limit = random.nextInt(12);
            var page = new BitSet();
            bits.stream().filter(i -> i >= from).limit(limit).forEach(page::set);
            assertThat(ranks.page(from, limit)).isEqualTo(of(page));
          }
        });
  }

  private static Ranks of(BitSet bits) {
    var union = new IntervalUnion(64);
    bits.stream().forEach(i -> union.add(i, i + 1));
    return Ranks.ofBounds(union.drain());
  }

  @Test
  void at_givesTheRankAtEachPlace() {
    var ranks = Ranks.ofBounds(new int[] {2, 4, 7, 8, 10, 13});
    assertThat(java.util.stream.IntStream.range(0, ranks.size()).map(ranks::at))
        .containsExactly(2, 3, 7, 10, 11, 12);
  }
}
