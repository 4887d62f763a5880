package io.surfacescan.importers.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class QuotedTest {
  @Test
  void value_escapesWhatActsOnATerminal_andKeepsTheRest() {
    assertThat(Quoted.value("é😀 日本 /&<")).isEqualTo("\"é😀 日本 /&<\"");
    assertThat(Quoted.value("\"\\\n\r\t\u0000\u001b\u007f\u0085\u009b"))
        .isEqualTo("\"\\\"\\\\\\n\\r\\t\\u0000\\u001b\\u007f\\u0085\\u009b\"");
    assertThat(Quoted.value("\u200d\u202e\u2028\u2029\ufeff\ud800"))
        .isEqualTo("\"\\u200d\\u202e\\u2028\\u2029\\ufeff\\ud800\"");
    assertThat(Quoted.value(Character.toString(0xE0001))).isEqualTo("\"\\udb40\\udc01\"");
  }

  @Test
  void value_isCutBetweenCodePoints() {
    assertThat(Quoted.value("😀".repeat(60))).isEqualTo("\"" + "😀".repeat(60) + "\"");
    assertThat(Quoted.value("😀".repeat(61))).isEqualTo("\"" + "😀".repeat(60) + "…\"");
  }

  @Test
  void fileName_isNeverCut() {
    assertThat(Quoted.fileName("a\u001b".repeat(50))).isEqualTo("a\\u001b".repeat(50));
  }

  @Test
  void count_isTheSameInEveryLocale() {
    var before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Quoted.count(65_536)).isEqualTo("65,536");
    } finally {
      Locale.setDefault(before);
    }
  }
}
