package io.surfacescan.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownWriterTest {
  @Test
  void comment_isABlockThatItsLinesCannotEnd() {
    assertThat(MarkdownWriter.comment("+ VM a\n"))
        .isEqualTo("### surfacescan: what this change does\n\n```diff\n+ VM a\n```\n");
    assertThat(MarkdownWriter.comment("```\n"))
        .isEqualTo("### surfacescan: what this change does\n\n````diff\n```\n````\n");
  }

  @Test
  void comment_isCutAtALine_andSaysSo() {
    String comment = MarkdownWriter.comment("0123456789 123456789\n".repeat(3_000));
    assertThat(comment.length()).isLessThan(61_000);
    // 60,000 characters are 2,857 lines of 21 and three characters more.
    assertThat(comment).endsWith("789\n```\n\nAnd 143 more lines.\n");
  }
}
