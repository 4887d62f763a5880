package io.surfacescan.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.service.exchange.AccessScope;
import io.surfacescan.service.exchange.Caller;
import io.surfacescan.service.platform.FileRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
  /// `printf %s sfs_one | sha256sum`, and so on.
  private static final String ONE =
      "sha256:c294a82f5cedf73e0a2707a5e6a1ad832cbd58e11da88d0b29b994e4881c25f1";

  private static final String TWO =
      "sha256:0000000000000000000000000000000000000000000000000000000000000002";

  @TempDir Path folder;

  private Tokens read(String... lines) throws IOException, FileRefused {
    return Tokens.read(Files.write(folder.resolve("tokens"), List.of(lines)));
  }

  @Test
  void holder_isWhoseTokenItIs() throws Exception {
    var tokens = read("# ours", "", "  ci\tread  " + ONE + " ", "ops read,admin " + TWO);

    assertThat(tokens.count()).isEqualTo(2);
    assertThat(tokens.holder("sfs_one")).isEqualTo(new Caller("ci", Set.of(AccessScope.READ)));
    assertThat(tokens.holder("sfs_onE")).isNull();
    assertThat(tokens.holder("")).isNull();
    assertThat(tokens.holder(ONE)).isNull();
  }

  @Test
  void read_ofAnEmptyFile_takesNobody() throws Exception {
    assertThat(read("# none yet").count()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ci read | there are not three words; write NAME SCOPES sha256:HEX",
        "ci read sha256:00 more | there are not three words;",
        "c/i read sha256:00 | the name is none; use up to 64 letters",
        "ci write sha256:00 | the third word is not sha256: and 64 hexadecimal digits;",
        "ci read sfs_secret | a token itself stands here; take it out",
        "sfs_secret | a token itself stands here; take it out",
      })
  void read_ofABadLine_namesItsPlaceAndTheRemedy_butNotWhatItHolds(String line, String what) {
    assertRefused(":3: " + what, "# ours", "ops admin " + ONE, line);
  }

  @Test
  void read_ofALineThatCannotBe_namesBoth() {
    assertRefused(":1: the second word is not a scope;", "ci write " + ONE);
    assertRefused(":1: the second word is not a scope;", "ci read, " + ONE);
    assertRefused(":2: line 1 has the same name;", "ci read " + ONE, "ci admin " + TWO);
    assertRefused(":2: line 1 has the same token;", "ci read " + ONE, "ops admin " + ONE);
    assertRefused(":1: the third word is not", "ci read " + ONE.toUpperCase(java.util.Locale.ROOT));
  }

  private void assertRefused(String message, String... lines) {
    assertThatThrownBy(() -> read(lines))
        .isInstanceOf(FileRefused.class)
        .hasMessageStartingWith(folder.resolve("tokens") + message)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void read_ofWhatIsNoSuchFile_saysSo() throws Exception {
    assertThatThrownBy(() -> Tokens.read(folder.resolve("none")))
        .isInstanceOf(FileRefused.class)
        .hasMessage(
            folder.resolve("none")
                + ": it cannot be read (NoSuchFile); name a file of tokens that this user may"
                + " read");
    var bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> Tokens.read(bytes)).hasMessageContaining("it is not UTF-8");
    var large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> Tokens.read(large)).hasMessageContaining("it has over 1048576 bytes");
  }
}
