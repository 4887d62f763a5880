package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private static final long MEBIBYTE = 1 << 20;

  @Test
  void line_fillsTheBarByTheShareRead() {
    assertThat(ProgressBar.line("reading", 0, 60 * MEBIBYTE))
        .isEqualTo("reading [                              ] 0 of 60 MiB");
    assertThat(ProgressBar.line("reading", 20 * MEBIBYTE, 60 * MEBIBYTE))
        .isEqualTo("reading [##########                    ] 20 of 60 MiB");
    assertThat(ProgressBar.line("reading", 60 * MEBIBYTE, 60 * MEBIBYTE))
        .isEqualTo("reading [##############################] 60 of 60 MiB");
  }

  @Test
  void line_withoutATotal_hasNoBar() {
    assertThat(ProgressBar.line("writing", 5 * MEBIBYTE, -1)).isEqualTo("writing 5 MiB");
  }

  @Test
  void bar_isNotShownInTheFirstSecond() {
    var terminal = new ByteArrayOutputStream();
    var bar = new ProgressBar(new PrintStream(terminal, true, StandardCharsets.UTF_8), "x");
    bar.read(1, 2);
    bar.read(2, 2);

    assertThat(terminal.size()).isZero();
  }
}
