package io.surfacescan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {
  @Test
  void of_everyUnit() {
    assertThat(Span.of("30s")).isEqualTo(Duration.ofSeconds(30));
    assertThat(Span.of("5m")).isEqualTo(Duration.ofMinutes(5));
    assertThat(Span.of("24h")).isEqualTo(Duration.ofHours(24));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "30", "s", "-1s", "1.5s", "30 s", "500ms", "1d", "25h", "9999999999s"})
  void of_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> Span.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
