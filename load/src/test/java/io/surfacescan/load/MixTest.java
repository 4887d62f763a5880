package io.surfacescan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixTest {
  @Test
  void draw_keepsTheShares() {
    var random = new SplittableRandom(7);
    var mix = Mix.of("10:1");

    long stats =
        Stream.generate(() -> mix.draw(random))
            .limit(110_000)
            .filter(question -> question == Question.STATS)
            .count();

    assertThat(stats).isBetween(9_500L, 10_500L);
  }

  @Test
  void draw_neverTakesWhatHasNoShare() {
    var random = new SplittableRandom(7);

    assertThat(Stream.generate(() -> Mix.of("1:0").draw(random)).limit(100))
        .containsOnly(Question.ATTACK);
    assertThat(Stream.generate(() -> Mix.of("0:3").draw(random)).limit(100))
        .containsOnly(Question.STATS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "10:", ":1", "10:-1", "a:b", "0:0", "10:1:1", "9999999:1"})
  void of_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> Mix.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
