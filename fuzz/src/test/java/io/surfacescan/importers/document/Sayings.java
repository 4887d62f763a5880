package io.surfacescan.importers.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// What users are told about their input.
final class Sayings {
  private static final List<String> OURS =
      List.of("Exception", "java.", "jackson", "io.surfacescan");

  private Sayings() {}

  /// One line, of a length that can be read, in words that are not ours. Messages may quote the
  /// input, so that words which stand in it do not count.
  static void assertFit(String saying, byte[] input) {
    assertThat(saying).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
    assertThat(saying.length()).isLessThan(2_000);
    String given = new String(input, StandardCharsets.ISO_8859_1);
    assertThat(OURS).noneMatch(word -> saying.contains(word) && !given.contains(word));
  }
}
