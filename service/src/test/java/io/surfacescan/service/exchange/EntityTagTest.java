package io.surfacescan.service.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.report.format.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
  private static final EntityTag TAG = new EntityTag("abc", Format.CSV, true);

  @Test
  void toString_tellsVersionFormatAndCoding() {
    assertThat(TAG).hasToString("\"abc-csv-gzip\"");
    assertThat(new EntityTag("abc", Format.JSON, false)).hasToString("\"abc-json\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"abc-csv-gzip\"", "W/\"abc-csv-gzip\"", "*", "\"x\", \"abc-csv-gzip\" ,\"y\""})
  void matches_weaklyAndInLists(String header) {
    assertThat(TAG.matches(header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"abc-csv\"", "abc-csv-gzip", "\"ABC-csv-gzip\"", "w/\"abc-csv-gzip\""})
  void matches_nothingElse(String header) {
    assertThat(TAG.matches(header)).isFalse();
  }

  @Test
  void matches_nothingWithoutTheHeader() {
    assertThat(TAG.matches(null)).isFalse();
  }
}
