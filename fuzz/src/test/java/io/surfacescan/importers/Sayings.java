package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// What users are told about their input.
final class Sayings {
  private static final List<String> OURS =
      List.of("Exception", "java.", "jackson", "io.surfacescan");

  private Sayings() {}

  /// One line of a length that can be read, fit for a terminal.
  static void assertOneLine(String saying) {
    assertThat(saying).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
    assertThat(saying.length()).isLessThan(2_000);
  }

  /// In words that users know. Messages may quote the input: words that stand in it do not count.
  static void assertForUsers(String saying, byte[] input) {
    assertThat(saying).isNotBlank();
    String given = new String(input, StandardCharsets.ISO_8859_1);
    assertThat(OURS).noneMatch(word -> saying.contains(word) && !given.contains(word));
  }
}
