package io.surfacescan.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdArrayTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[\"a\"]",
        "[\"a\",\"b\"]",
        "[\"\",\"\"]",
        "[\"quote \\\" bracket ] comma ,\"]",
        "[\"ends in a backslash \\\\\"]",
        "[\"ü😀\"]"
      })
  void isWhole_anArrayOfStrings(String body) {
    assertThat(IdArray.isWhole(body.getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "]",
        "{}",
        "[\"a\"",
        "[\"a\",",
        "[\"a\",]",
        "[,\"a\"]",
        "[\"a\"\"b\"]",
        "[\"a]",
        "[\"a\\\"]",
        "[a]",
        "[1]",
        "[\"a\"]]",
        "[\"a\"] "
      })
  void isWhole_notAnythingElse(String body) {
    assertThat(IdArray.isWhole(body.getBytes(StandardCharsets.UTF_8))).isFalse();
  }
}
