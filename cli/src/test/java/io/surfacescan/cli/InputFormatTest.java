package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--input-format`, of every verb that reads an environment.
class InputFormatTest {
  /// YAML whose first key hides behind a page of comments: its content does not show what it is.
  private static final String MANIFEST =
      "# A comment of our house.\n".repeat(4_000)
          + """
          apiVersion: v1
          kind: Pod
          metadata: {name: web, namespace: shop, labels: {app: web}}
          spec: {containers: [{name: c, image: i}]}
          """;

  @TempDir private Path folder;
  private String file = "";

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("web.yaml"), MANIFEST).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attack shop/web[Pod]",
        "blast-radius shop/web[Pod]",
        "pairs",
        "path shop/web[Pod] internet-out",
        "surface shop/web[Pod]",
        "vm shop/web[Pod]",
        "vms",
        "rules",
        "report",
        "chokepoints",
        "what-if --remove-vm shop/web[Pod]",
        "validate",
        "import",
      })
  void verb_readsWhatTheFlagSays_whateverTheContentShows(String line) {
    var guessed = trial().run(line.split(" "));
    assertThat(guessed.exit()).as(guessed.err()).isEqualTo(3);
    var forced = trial().run((line + " --input-format kubernetes").split(" "));
    assertThat(forced.exit()).as(forced.err()).isZero();
    var preset = trial().variable("SURFACESCAN_INPUT_FORMAT", "kubernetes").run(line.split(" "));
    assertThat(preset.out()).isEqualTo(forced.out());
  }

  private Trial trial() {
    return new Trial().variable("SURFACESCAN_DATADIR", file);
  }

  @Test
  void diff_readsBothSo() {
    assertThat(new Trial().run("diff", file, file).exit()).isEqualTo(3);
    assertThat(new Trial().run("diff", file, file, "--input-format", "kubernetes").exit()).isZero();
  }

  @Test
  void anotherFormat_isReadAsBadly_asItFits() {
    var ran = trial().run("vms", "--input-format", "document");
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err()).startsWith("error: " + file + ":1:1: ");
  }

  @Test
  void unknownFormat_isAnErrorOfUsage() {
    var ran = trial().run("vms", "--input-format", "yaml");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "'--input-format'",
            "'yaml' is not one of aws, azure, document, gcp, kubernetes, terraform");
  }

  @Test
  void serve_isStartedWithIt() {
    var served = new Trial().run("serve", "--data", "x", "--input-format", "aws").served();
    assertThat(served.getFirst().input().format()).contains("aws");
    assertThat(new Trial().run("serve", "--data", "x").served().getFirst().input().format())
        .isEqualTo(Optional.empty());
  }
}
