package io.surfacescan.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TerminalTextTest {
  @Test
  void plain_ofWhatActsOnTheTerminal_escapesIt() {
    assertThat(TerminalText.plain("\u001b[2J\0\u007f\u0085\u009b\n\r\t\b"))
        .isEqualTo("\\u001b[2J\\u0000\\u007f\\u0085\\u009b\\n\\r\\t\\u0008");
    assertThat(TerminalText.plain("a\u202eb\u2066c\u200fd\u061ce\u2028\u2029"))
        .isEqualTo("a\\u202eb\\u2066c\\u200fd\\u061ce\\u2028\\u2029");
  }

  @Test
  void plain_ofWhatDoesNotShow_escapesIt() {
    assertThat(TerminalText.plain("\ufeff\u200b\u00ad\u200d\u2060\u034f\u3164\ufe0f\u2800"))
        .isEqualTo("\\ufeff\\u200b\\u00ad\\u200d\\u2060\\u034f\\u3164\\ufe0f\\u2800");
    assertThat(TerminalText.plain("\u00a0\u2003\u3000 ")).isEqualTo("\\u00a0\\u2003\\u3000 ");
    assertThat(TerminalText.plain("\udb40\udc41\ud800\ue000\uffff"))
        .isEqualTo("\\udb40\\udc41\\ud800\\ue000\\uffff");
  }

  @Test
  void plain_ofWhatShows_leavesIt() {
    String shown = "vm-1 \"q\" é e\u0301 名前 😀 “q” DOMAIN\\host C:\\Data \\";
    assertThat(TerminalText.plain(shown)).isEqualTo(shown);
  }

  @Test
  void plain_ofABackslashThatWouldReadAsAnEscape_doublesIt() {
    assertThat(TerminalText.plain("a\\nb")).isEqualTo("a\\\\nb");
    assertThat(TerminalText.plain("a\nb")).isEqualTo("a\\nb");
    assertThat(TerminalText.plain("\\u001b \\\\host \\\u001b"))
        .isEqualTo("\\\\u001b \\\\\\host \\\\\\u001b");
  }

  @Test
  void quoted_isAJsonString() {
    assertThat(TerminalText.quoted("a\"\\n\n\u00ad")).isEqualTo("\"a\\\"\\\\n\\n\\u00ad\"");
    assertThat(TerminalText.quoted("ab😀d", 3)).isEqualTo("\"ab😀…\"");
    assertThat(TerminalText.quoted("ab😀", 3)).isEqualTo("\"ab😀\"");
  }

  @Test
  void message_leavesTheEscapesThatItHolds() {
    assertThat(TerminalText.message("x\\u001b \\\\n\u001b\n"))
        .isEqualTo("x\\u001b \\\\n\\u001b\\n");
  }

  @Test
  void plain_canBeReadBack() {
    var parts = List.of("\\", "\\", "n", "u", "0", "\n", "\u001b", "é", "\u00ad", "\udb40\udc41");
    Seeds.check(
        300,
        seed -> {
          var random = new Random(seed);
          var text = new StringBuilder();
          for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(parts.get(random.nextInt(parts.size())));
          }
          String plain = TerminalText.plain(text);
          assertThat(readBack(plain)).isEqualTo(text.toString());
          assertThat(bytes(text.toString())).isEqualTo(plain);
        });
  }

  @Test
  void plain_ofEveryCharacter_isTheSameForBytes() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        String text = Character.toString(point);
        if (!bytes(text).equals(TerminalText.plain(text))) {
          assertThat(bytes(text)).isEqualTo(TerminalText.plain(text));
        }
      }
    }
  }

  @Test
  void plain_ofBytesThatEndWithinACharacter_staysWithinThem() {
    byte[] cut = {'a', (byte) 0xE2, (byte) 0x80};
    byte[] out = new byte[cut.length * TerminalText.GROWTH_MAX];
    assertThat(TerminalText.plain(cut, 0, cut.length, out, 0)).isBetween(1, out.length);
  }

  private static String bytes(String text) {
    byte[] from = ("xx" + text + "n").getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[from.length * TerminalText.GROWTH_MAX];
    int end = TerminalText.plain(from, 2, from.length - 1, out, 1);
    return new String(Arrays.copyOfRange(out, 1, end), StandardCharsets.UTF_8);
  }

  /// As the page of [TerminalText] says.
  private static String readBack(String plain) {
    var text = new StringBuilder();
    int i = 0;
    while (i < plain.length()) {
      char next = i + 1 < plain.length() ? plain.charAt(i + 1) : ' ';
      if (plain.charAt(i) != '\\' || "\\nrtu".indexOf(next) < 0) {
        text.append(plain.charAt(i++));
        continue;
      }
      i += 2;
      switch (next) {
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'u' -> {
          text.append((char) Integer.parseInt(plain, i, i + 4, 16));
          i += 4;
        }
        default -> text.append(next);
      }
    }
    return text.toString();
  }
}
