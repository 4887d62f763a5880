package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.cli.verbs.Verbs;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpLayoutTest {
  private static Stream<String> verbs() {
    return Verbs.NAMES.stream();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void help_isAsWideAsTheTerminal_andBreaksNoExample(String verb) {
    for (int columns : new int[] {60, 80, 132}) {
      var help = new Trial().onTerminal().variable("COLUMNS", "" + columns).run("help", verb).out();
      assertThat(help.lines().filter(line -> !line.contains("Example: ")))
          .allMatch(line -> plain(line).length() <= columns, "at most " + columns);
      assertThat(help.lines().filter(line -> line.startsWith("Example: ")))
          .allMatch(line -> line.startsWith("Example: surfacescan " + verb));
    }
  }

  private static String plain(String line) {
    return line.replaceAll("\u001B\\[[0-9;]*m", "");
  }

  @Test
  void help_inAPipe_doesNotDependOnTheTerminal() {
    String help = new Trial().run("help", "diff").out();
    assertThat(new Trial().variable("COLUMNS", "60").run("help", "diff").out()).isEqualTo(help);
    assertThat(help)
        .contains("\nExample: surfacescan diff main.json branch.json --fail-on grew,new-direct\n");
  }

  @Test
  void help_keepsAnExampleInOneLineThatIsLongerThanTheTerminal() {
    assertThat(new Trial().onTerminal().variable("COLUMNS", "20").run("help", "path").out())
        .contains(
            "\nExample: surfacescan path --data prod.json vm-c7bac01a07 vm-a211de --avoid-tag"
                + " bastion\n");
  }

  @Test
  void olderNames_areTaken_andNotShown() {
    for (String verb : new String[] {"chokepoints", "surface", "diff", "what-if", "report"}) {
      assertThat(new Trial().run("help", verb).out())
          .contains("--limit")
          .doesNotContain("--top", "--worst", "exposure)");
    }
  }
}
