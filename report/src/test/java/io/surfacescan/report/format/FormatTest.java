package io.surfacescan.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormatTest {
  @Test
  void all_areThoseOfAnyAnswer_andThenDrawings() {
    assertThat(Format.ofAnyAnswer())
        .containsExactly(Format.JSON, Format.NDJSON, Format.CSV, Format.TEXT);
    assertThat(Format.all()).startsWith(Format.ofAnyAnswer().toArray(Format[]::new));
    assertThat(Format.all()).containsExactlyInAnyOrder(Format.values());
  }

  @Test
  void of_hasDrawingsAndPages_whereTheAnswerHas() {
    assertThat(Format.of(false, false)).isEqualTo(Format.ofAnyAnswer());
    assertThat(Format.of(true, true))
        .isEqualTo(Format.all().stream().filter(format -> format != Format.MARKDOWN).toList());
    assertThat(Format.of(true, false)).contains(Format.SVG, Format.DOT).doesNotContain(Format.HTML);
    assertThat(Format.of(false, true)).contains(Format.HTML).doesNotContain(Format.SVG);
  }

  @Test
  void named_findsEachByItsWord_andNothingElse() {
    assertThat(Format.all()).allSatisfy(one -> assertThat(Format.named(one.word())).hasValue(one));
    assertThat(Format.named("JSON")).isEmpty();
  }

  @Test
  void contentType_saysTheCharset_whereTheMediaTypeLeavesItOpen() {
    assertThat(Format.all().stream().map(Format::contentType))
        .containsExactly(
            "application/json",
            "application/x-ndjson",
            "text/csv; charset=utf-8",
            "text/plain; charset=utf-8",
            "text/vnd.graphviz; charset=utf-8",
            "text/vnd.mermaid; charset=utf-8",
            "image/svg+xml",
            "text/html; charset=utf-8",
            "text/markdown; charset=utf-8");
  }
}
