package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--ignore-unknown-keys`, of every verb that reads an environment.
class StrictnessTest {
  private static final String DENIED =
      """
      {"vms": [{"vm_id": "a", "name": "A", "tags": ["x"]}, {"vm_id": "b", "name": "B", "tags": ["y"]}],
       "fw_rules": [{"fw_id": "f1", "source_tag": "x", "dest_tag": "y", "action": "deny"}]}
      """;

  private static final String REFUSAL =
      """
      error: <stdin>:2:67: the firewall rule has the key "action", which may change its meaning \
      and is not read; take "action" out, and the rule with it if it allows nothing; \
      --ignore-unknown-keys reads the rule as one that allows everything from tag to tag
      """;

  @TempDir private Path folder;

  private static Trial trial() {
    return new Trial().in(DENIED).variable("SURFACESCAN_DATADIR", "-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attack b",
        "blast-radius a",
        "pairs",
        "path a b",
        "surface b",
        "vm a",
        "vms",
        "rules",
        "report",
        "chokepoints",
        "what-if --remove-rule f1",
      })
  void verb_refusesAKeyThatChangesMeaning_unlessItIsToBeIgnored(String line) {
    var strict = trial().run(line.split(" "));
    assertThat(strict.exit()).as(strict.err()).isEqualTo(3);
    assertThat(strict.err()).isEqualTo(REFUSAL);
    assertThat(strict.out()).isEmpty();

    var ignoring = trial().run((line + " --ignore-unknown-keys").split(" "));
    assertThat(ignoring.exit()).as(ignoring.err()).isZero();
    assertThat(ignoring.err())
        .isEqualTo(
            "warning: the input has 1 warning (1 unknown-key); `surfacescan validate` lists it\n");
  }

  @Test
  void validate_listsTheKeyAsOthers_ifItIsToBeIgnored() {
    var strict = trial().run("validate");
    assertThat(strict.exit()).isEqualTo(3);
    assertThat(strict.out() + strict.err()).startsWith(REFUSAL);

    var ignoring = trial().run("validate", "--ignore-unknown-keys");
    assertThat(ignoring.exit()).isZero();
    assertThat(ignoring.out() + ignoring.err())
        .contains(
            "warning: <stdin>:2:67: the firewall rule has the unknown key \"action\": what it holds"
                + " is ignored; take \"action\" out if it means nothing\n");
  }

  @Test
  void variable_presetsTheFlag() {
    assertThat(trial().variable("SURFACESCAN_IGNORE_UNKNOWN_KEYS", "true").run("attack", "b").out())
        .isEqualTo("a\n");
  }

  @Test
  void arguments_areReadAsStrictlyAsPathsOfTheFlag() throws IOException {
    String file = Files.writeString(folder.resolve("a.json"), DENIED).toString();
    assertThat(new Trial().run("vms", file).exit()).isEqualTo(3);
    assertThat(new Trial().run("vms", file, "--ignore-unknown-keys").exit()).isZero();
    assertThat(new Trial().run("diff", file, file).exit()).isEqualTo(3);
    assertThat(new Trial().run("diff", file, file, "--ignore-unknown-keys").exit()).isZero();
  }

  @Test
  void serve_isStartedAsStrictly() {
    var strict = new Trial().run("serve", "--data", "cloud").served();
    assertThat(strict.getFirst().input().ignoreUnknownKeys()).isFalse();
    var ignoring = new Trial().run("serve", "--data", "cloud", "--ignore-unknown-keys").served();
    assertThat(ignoring.getFirst().input().ignoreUnknownKeys()).isTrue();
  }

  /// What cannot be seen is escaped once: an escape is not escaped again.
  @Test
  void validate_showsALookAlikeAsItIs() {
    String input =
        """
        {"vms": [{"vm_id": "a", "name": "A", "tags": ["web\u200b"]},
                 {"vm_id": "b", "name": "B", "tags": ["web"]}], "fw_rules": []}
        """;
    assertThat(new Trial().in(input).run("validate", "--data", "-").out())
        .contains("the tag \"web\" looks like \"web\\u200b\", first at");
  }
}
