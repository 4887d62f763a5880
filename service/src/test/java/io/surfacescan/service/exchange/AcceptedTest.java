package io.surfacescan.service.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.report.format.Format;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedTest {
  private static Optional<Format> format(@Nullable String header) {
    return Accepted.format(header, Format.ofAnyAnswer());
  }

  @Test
  void form_canBeADrawing_whereOneIsOffered() {
    var offered = List.of(Format.JSON, Format.DOT);
    assertThat(Accepted.format("text/vnd.graphviz", offered)).hasValue(Format.DOT);
    assertThat(Accepted.format("text/*", offered)).hasValue(Format.DOT);
    assertThat(Accepted.format("*/*", offered)).hasValue(Format.JSON);
    assertThat(format("text/vnd.graphviz")).isEmpty();
  }

  @Test
  void format_withoutAHeader_isJson() {
    assertThat(format(null)).isEqualTo(Optional.of(Format.JSON));
    assertThat(format(" ")).isEqualTo(Optional.of(Format.JSON));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "*/*;JSON",
        "application/json;JSON",
        "APPLICATION/JSON;JSON",
        "application/*;JSON",
        "text/*;CSV",
        "text/csv;CSV",
        "text/plain;TEXT",
        "application/x-ndjson;NDJSON",
        "text/csv, */*;CSV",
        "*/*, text/csv;CSV",
        "text/plain, text/csv;TEXT",
        "image/png, */*;JSON",
      })
  void format_takesWhatIsNamedBeforeWildcards_thenWhatIsNamedFirst(String header, Format format) {
    assertThat(format(header)).isEqualTo(Optional.of(format));
  }

  @Test
  void format_takesTheHigherQuality() {
    assertThat(format("application/json;q=0.5, text/csv;q=0.9")).isEqualTo(Optional.of(Format.CSV));
    assertThat(format("text/csv;q=0.1, */*;q=0.2")).isEqualTo(Optional.of(Format.JSON));
    assertThat(format("text/csv; charset=utf-8 ; Q=0.3 , text/plain;q=0.300, image/png"))
        .isEqualTo(Optional.of(Format.CSV));
  }

  @Test
  void format_ofABrowser_isJson() {
    assertThat(format("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"))
        .isEqualTo(Optional.of(Format.JSON));
  }

  @Test
  void format_thatIsExcluded_isNotTakenThroughAWildcard() {
    assertThat(format("application/json;q=0, */*")).isEqualTo(Optional.of(Format.NDJSON));
    assertThat(format("*/*;q=0")).isEmpty();
  }

  @Test
  void format_withNothingOfOurs_isNone() {
    assertThat(format("image/png")).isEmpty();
    assertThat(format("json")).isEmpty();
    assertThat(format("application/json;q=2")).isEmpty();
    assertThat(format("application/json;q=x")).isEmpty();
    assertThat(format(",")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "GZIP|true",
        "x-gzip|true",
        "deflate, gzip;q=1.0, *;q=0.5|true",
        "*|true",
        "br|false",
        "gzip;q=0|false",
        "gzip;q=0, *|false",
        "identity|false",
        "gzip;q=0.5, identity|false",
        "gzip, identity;q=0.5|true",
      })
  void gzip_ifItIsWantedAtLeastAsMuchAsNothing(String header, boolean welcome) {
    assertThat(Accepted.gzip(header)).isEqualTo(welcome);
  }

  @Test
  void gzip_withoutAHeader_isNotUsed() {
    assertThat(Accepted.gzip(null)).isFalse();
    assertThat(Accepted.gzip("")).isFalse();
  }
}
