package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void check_runsEverySeedOnce_inOrder() {
    var seen = new ArrayList<Long>();
    Seeds.check("3..6", seen::add);
    assertThat(seen).containsExactly(3L, 4L, 5L, 6L);
  }

  @Test
  void check_replaysOneSeed() {
    var seen = new ArrayList<Long>();
    Seeds.check("-7", seen::add);
    assertThat(seen).containsExactly(-7L);
  }

  @Test
  void check_namesTheSeedThatFailed_andStopsThere() {
    var seen = new ArrayList<Long>();
    assertThatThrownBy(() ->
            Seeds.check(
                "1..9",
                seed -> {
                  seen.add(seed);
                  if (seed == 4) {
                    throw new IllegalStateException("broken");
                  }
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessage("seed 4 (replay it with -Dsurfacescan.seed=4): broken")
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(seen).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void soak_takesSeedsFromTheFirstUpwards_atLeastOne() {
    var seen = new ArrayList<Long>();
    assertThat(Seeds.soak(7, Duration.ZERO, seen::add)).isEqualTo(1);
    assertThat(seen).containsExactly(7L);
    seen.clear();
    long held = Seeds.soak(1_000, Duration.ofMillis(1), seen::add);
    assertThat(seen).hasSize((int) held).startsWith(1_000L).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void soak_namesTheSeedThatFailed() {
    assertThatThrownBy(() ->
            Seeds.soak(
                5,
                Duration.ofMinutes(1),
                seed -> {
                  throw new IllegalStateException("broken");
                }))
        .hasMessage("seed 5 (replay it with -Dsurfacescan.seed=5): broken");
  }

  @Test
  void check_refusesWhatIsNoSeed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Seeds.check("many", seed -> {}))
        .withMessage("surfacescan.seed is neither a number nor FIRST..LAST: many");
    assertThatIllegalArgumentException().isThrownBy(() -> Seeds.check("2..1", seed -> {}));
  }
}
