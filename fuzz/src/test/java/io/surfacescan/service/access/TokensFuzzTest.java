package io.surfacescan.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.text.TokenFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What decides who may ask: the file of tokens, and what callers show as one.
class TokensFuzzTest {
  private static final Path FILE = Path.of("tokens");

  private static Tokens known() throws FileRefused {
    return Tokens.parse(
        FILE,
        """
        ci read sha256:c294a82f5cedf73e0a2707a5e6a1ad832cbd58e11da88d0b29b994e4881c25f1
        ops read,admin sha256:d8883ec50d53b1981268392277a5d5a6a5d8efaf1528cf5967b23ff479d4caf9
        """
            .getBytes(StandardCharsets.UTF_8));
  }

  @FuzzTest(maxDuration = "5m")
  void tokenFile(byte[] bytes) {
    Tokens tokens;
    try {
      tokens = Tokens.parse(FILE, bytes);
    } catch (FileRefused e) {
      // With the place and the remedy, and nothing of a line: it may hold a token.
      assertThat(e.getMessage()).matches("tokens:(\\d+:)? [a-zA-Z0-9 :;,._-]+");
      assertThat(e.getMessage()).doesNotContainPattern(TokenFormat.PREFIX + "\\w");
      return;
    }
    // What was not hashed by its maker opens nothing, least of all a line of the file.
    assertThat(tokens.holder("")).isNull();
    new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .limit(20)
        .forEach(line -> assertThat(tokens.holder(line)).isNull());
  }

  @FuzzTest(maxDuration = "5m")
  void shownToken(byte[] bytes) throws FileRefused {
    String shown = new String(bytes, StandardCharsets.ISO_8859_1);
    var holder = known().holder(shown);
    String name = holder == null ? "" : holder.name();
    switch (shown) {
      case "sfs_one" -> assertThat(name).isEqualTo("ci");
      case "sfs_two" -> assertThat(name).isEqualTo("ops");
      default -> assertThat(name).isEmpty();
    }
  }
}
