package io.surfacescan.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The expected words come from another implementation of SplitMix64, in another language, that
/// gives the published words for the seed 1234567.
class SeededDrawsTest {
  @Test
  void word_isTheSameOnEveryMachine() {
    assertThat(new SeededDraws(0).word(0, 0)).isEqualTo(0xa706dd2f4d197e6fL);
    assertThat(new SeededDraws(1).word(0, 0)).isEqualTo(0x5e41ab087439611eL);
    assertThat(new SeededDraws(1).word(2, 3)).isEqualTo(0x0ee3bb459e9e297bL);
    assertThat(new SeededDraws(-1).word(7, 1_000_000_000_000L)).isEqualTo(0x492ed7cf6d6dc5dfL);
  }

  @Test
  void below_isTheUpperPartOfWordTimesBound() {
    int[] drawn = new int[12];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = new SeededDraws(1).below(10, 0, i);
    }
    assertThat(drawn).containsExactly(3, 9, 0, 7, 2, 7, 6, 2, 1, 2, 6, 9);
  }
}
