package io.surfacescan.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65, 1000, 65_537})
  void at_givesEachNumberOnce(int size) {
    for (long seed = 0; seed < 20; seed++) {
      var permutation = new Permutation(size, seed);
      var seen = new BitSet();
      for (int index = 0; index < size; index++) {
        seen.set((int) permutation.at(index));
      }
      assertThat(seen.length()).isEqualTo(size);
      assertThat(seen.cardinality()).isEqualTo(size);
    }
  }

  @Test
  void at_scatters() {
    var permutation = new Permutation(1_000_000, 1);
    int neighbours = 0;
    long sum = 0;
    for (int index = 0; index < 1_000; index++) {
      long number = permutation.at(index);
      neighbours += Math.abs(permutation.at(index + 1) - number) < 1_000 ? 1 : 0;
      sum += number;
    }
    assertThat(neighbours).isLessThan(20);
    assertThat(sum / 1_000).isBetween(450_000L, 550_000L);
  }

  @Test
  void at_coversWideRanges() {
    var permutation = new Permutation(1L << 36, 5);
    var upperHalves = new BitSet();
    for (int index = 0; index < 64; index++) {
      upperHalves.set((int) (permutation.at(index) >>> 31));
    }
    assertThat(upperHalves.cardinality()).isGreaterThan(20);
  }
}
