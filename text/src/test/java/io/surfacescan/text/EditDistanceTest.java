package io.surfacescan.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "abc, abc, 0",
    "abc, abd, 1",
    "abc, ab, 1",
    "abc, xabc, 1",
    "prot, port, 1",
    "prot, from, 2",
    "kitten, sitting, 3",
    "ca, abc, 3",
  })
  void of_countsSlips_bothWays(String left, String right, int slips) {
    assertThat(EditDistance.of(left, right)).isEqualTo(slips);
    assertThat(EditDistance.of(right, left)).isEqualTo(slips);
  }
}
