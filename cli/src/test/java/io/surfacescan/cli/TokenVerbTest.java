package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerbTest {
  @Test
  void token_isShownOnce_aboveTheLineForTheFile() throws Exception {
    var ran = new Trial().run("token", "ci");

    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).isEmpty();
    var lines = ran.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).matches("sfs_[A-Za-z0-9_-]{43}");
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(lines.getFirst().getBytes(StandardCharsets.UTF_8));
    assertThat(lines.getLast()).isEqualTo("ci read sha256:" + HexFormat.of().formatHex(hash));
  }

  @Test
  void token_isAnotherEachTime_andMayDoMoreIfAsked() {
    var ran = new Trial().run("token", "--admin", "ops.2026");

    assertThat(ran.out()).contains("\nops.2026 read,admin sha256:");
    assertThat(new Trial().run("token", "ops.2026", "--admin").out()).isNotEqualTo(ran.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a,b", "é", "# no", "a\nb"})
  void token_ofNoName_isRefused(String name) {
    var ran = new Trial().run("token", name);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("error: Invalid value for NAME: use up to 64 letters");
  }
}
