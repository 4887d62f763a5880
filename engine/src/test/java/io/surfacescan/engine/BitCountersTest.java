package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.testkit.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BitCountersTest {
  @Test
  void drain_givesTheSumOfTheWeightsPerBit_andStartsAnew() {
    Seeds.check(
        200,
        seed -> {
          var random = new SplittableRandom(seed);
          int words = random.nextInt(1, 70);
          var counters = new BitCounters(words);
          counters.add(random.longs(words).toArray(), 3);
          counters.drain();
          int[] expected = new int[Long.SIZE * words];
          int weightMost = 1 << random.nextInt(18);
          int masks = random.nextInt(60);
          for (int i = 0; i < masks; i++) {
            long[] mask = random.longs(words).toArray();
            int weight = random.nextInt(weightMost);
            counters.add(mask, weight);
            for (int bit = 0; bit < expected.length; bit++) {
              expected[bit] += (mask[bit / 64] >>> bit & 1) == 1 ? weight : 0;
            }
          }
          assertThat(counters.drain()).isEqualTo(expected);
        });
  }
}
