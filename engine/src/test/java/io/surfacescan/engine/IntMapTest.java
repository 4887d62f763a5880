package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.testkit.Seeds;
import java.util.HashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntMapTest {
  @Test
  void map_agreesWithTheUsualOne() {
    Seeds.check(
        200,
        seed -> {
          var random = new SplittableRandom(seed);
          int keys = random.nextInt(1, 3_000);
          int apart = random.nextInt(3) == 0 ? 1 << 17 : 1;
          var expected = new HashMap<Integer, Integer>();
          // With a bound near the keys, an array takes over sooner or later.
          var map = apart == 1 && random.nextBoolean() ? new IntMap(keys) : new IntMap();
          for (int i = 0; i < keys; i++) {
            int key = (random.nextInt(keys) * apart) & Integer.MAX_VALUE;
            int value = random.nextInt(5);
            assertThat(map.putIfAbsent(key, value))
                .isEqualTo(expected.putIfAbsent(key, value) == null);
          }
          assertThat(map.size()).isEqualTo(expected.size());
          for (int i = 0; i < keys; i++) {
            int key = (i * apart) & Integer.MAX_VALUE;
            assertThat(map.get(key)).isEqualTo(expected.getOrDefault(key, IntMap.ABSENT));
            assertThat(map.has(key)).isEqualTo(expected.containsKey(key));
          }
        });
  }

  @Test
  void map_holdsTheLowestAndTheHighestKey() {
    var map = new IntMap();
    map.putIfAbsent(0, 7);
    map.putIfAbsent(Integer.MAX_VALUE - 1, 8);
    assertThat(map.get(0)).isEqualTo(7);
    assertThat(map.get(Integer.MAX_VALUE - 1)).isEqualTo(8);
    assertThat(map.get(1)).isEqualTo(IntMap.ABSENT);
  }
}
