package io.surfacescan.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
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
  void percentLine_fillsTheBarByTheShareDone() {
    assertThat(ProgressBar.percentLine("counting", 1, 3))
        .isEqualTo("counting [##########                    ] 33 %");
  }

  @Test
  void line_withoutATotal_hasNoBar() {
    assertThat(ProgressBar.line("writing", 5 * MEBIBYTE, -1)).isEqualTo("writing 5 MiB");
  }

  @Test
  void bar_isShownAfterASecond_tenTimesASecond_andGoesAtTheEnd() {
    var terminal = new ByteArrayOutputStream();
    var nanos = new AtomicLong();
    var bar =
        new ProgressBar(
            new PrintStream(terminal, true, StandardCharsets.UTF_8), "reading", nanos::get);

    nanos.set(999_999_999);
    bar.read(2 * MEBIBYTE, -1);
    assertThat(drained(terminal)).isEmpty();
    nanos.set(1_000_000_000);
    bar.read(3 * MEBIBYTE, -1);
    assertThat(drained(terminal)).isEqualTo("\r\u001B[Kreading 3 MiB\r");
    nanos.set(1_099_999_999);
    bar.read(4 * MEBIBYTE, 5 * MEBIBYTE);
    assertThat(drained(terminal)).isEmpty();
    bar.read(5 * MEBIBYTE, 5 * MEBIBYTE);
    assertThat(drained(terminal)).isEqualTo("\r\u001B[K");
  }

  @Test
  void bar_thatWasNeverShown_leavesNoTrace() {
    var terminal = new ByteArrayOutputStream();
    var bar = new ProgressBar(new PrintStream(terminal, true, StandardCharsets.UTF_8), "reading");

    bar.read(5, 5);
    bar.done();

    assertThat(drained(terminal)).isEmpty();
  }

  private static String drained(ByteArrayOutputStream terminal) {
    String text = terminal.toString(StandardCharsets.UTF_8);
    terminal.reset();
    return text;
  }
}
