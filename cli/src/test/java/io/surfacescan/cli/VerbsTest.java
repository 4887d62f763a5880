package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.cli.verbs.Verbs;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class VerbsTest {
  @Test
  void named_isTheVerbThatPicocliKnowsByThatName() {
    assertThat(Verbs.NAMES)
        .doesNotHaveDuplicates()
        .allSatisfy(name ->
            assertThat(new CommandLine(Verbs.named(name, (_, _) -> 0)).getCommandName())
                .isEqualTo(name));
  }

  @Test
  void meantBy_isTheFirstWord_orAllWhereItTellsOfOthersOrIsNone() {
    assertThat(Verbs.meantBy("attack", "vm", "help")).containsExactly("attack");
    assertThat(Verbs.meantBy("help", "attack")).isEqualTo(Verbs.NAMES);
    assertThat(Verbs.meantBy("completion", "bash")).isEqualTo(Verbs.NAMES);
    assertThat(Verbs.meantBy("--quiet", "attack", "vm")).isEqualTo(Verbs.NAMES);
    assertThat(Verbs.meantBy("attak")).isEqualTo(Verbs.NAMES);
    assertThat(Verbs.meantBy()).isEqualTo(Verbs.NAMES);
  }
}
