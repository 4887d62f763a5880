package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RanksMemoTest {
  /// Costs 2 ints for the interval and 8 for its object.
  private static Ranks oneInterval(int atom) {
    return Ranks.ofBounds(new int[] {atom, atom + 1});
  }

  @Test
  void get_findsOnce() {
    var memo = new RanksMemo(3, 100);
    var finds = new AtomicInteger();
    for (int i = 0; i < 5; i++) {
      assertThat(
              memo.get(
                  1,
                  atom -> {
                    finds.incrementAndGet();
                    return oneInterval(atom);
                  }))
          .isEqualTo(oneInterval(1));
    }
    assertThat(finds).hasValue(1);
  }

  @Test
  void get_keepsWithinItsBound_andStaysRight() {
    var memo = new RanksMemo(1_000, 35);
    for (int round = 0; round < 3; round++) {
      for (int atom = 0; atom < 1_000; atom++) {
        assertThat(memo.get(atom, RanksMemoTest::oneInterval)).isEqualTo(oneInterval(atom));
        assertThat(memo.heldInts()).isBetween(10L, 35L);
      }
    }
  }

  @Test
  void get_doesNotKeepWhatIsLargerThanTheBound() {
    var memo = new RanksMemo(1, 9);
    assertThat(memo.get(0, RanksMemoTest::oneInterval)).isEqualTo(oneInterval(0));
    assertThat(memo.heldInts()).isZero();
  }
}
