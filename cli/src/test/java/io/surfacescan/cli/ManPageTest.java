package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.cli.verbs.Verbs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The manual pages say what the help says.
class ManPageTest {
  private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--?[a-z][a-z-]*");

  @TempDir Path folder;

  @Test
  void man_ofAVerb_isAPage() {
    assertThat(new Trial().run("man", "token").out())
        .matches("\\.TH SURFACESCAN\\\\-TOKEN 1 \"\" \"surfacescan [^\"]+\" \"[^\"]+\"\n(?s).*")
        .contains(
            "\n.SH NAME\nsurfacescan\\-token \\- Make an API token: the token itself, and below it its"
                + " line for the file of \\(gaserve \\-\\-tokens\\(ga\n",
            "\n.SH SYNOPSIS\nsurfacescan token [\\-hq] ",
            "\n.SH ARGUMENTS\n.TP\n\\fINAME\\fR\n",
            "\n.TP\n\\fB\\-q\\fR, \\fB\\-\\-quiet\\fR\nNo warnings and no progress; errors only.\n",
            "\n.TP\n\\fB\\-\\-color\\fR=\\fIWHEN\\fR\nColour: auto, always, never. ",
            "\n.SH EXIT STATUS\n.TP\n\\fB0\\fR\nDone, ")
        .endsWith("\n.SH SEE ALSO\n\\fBsurfacescan\\fR(1)\n");
  }

  @Test
  void man_ofTheProgram_namesEveryVerb() {
    String page = new Trial().run("man").out();

    assertThat(Verbs.NAMES)
        .isNotEmpty()
        .allSatisfy(verb ->
            assertThat(page)
                .contains(
                    "\n.TP\n\\fB" + verb.replace("-", "\\-") + "\\fR\n",
                    "\\fBsurfacescan\\-" + verb.replace("-", "\\-") + "\\fR(1)"));
  }

  @Test
  void man_all_writesThePages_withTheFlagsOfTheHelp() throws IOException {
    assertThat(new Trial().run("man", "--all", folder.toString()))
        .extracting(Trial.Outcome::exit, Trial.Outcome::out, Trial.Outcome::err)
        .containsExactly(0, "", "");

    assertThat(names())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of("surfacescan.1"),
                    Verbs.NAMES.stream().map(verb -> "surfacescan-" + verb + ".1"))
                .toList());
    for (String verb : Verbs.NAMES) {
      String page = Files.readString(folder.resolve("surfacescan-" + verb + ".1"));
      assertThat(page).isEqualTo(new Trial().run("man", verb).out());
      String help = new Trial().run("help", verb).out();
      assertThat(flags(page.replace("\\-", "-").replaceAll("\\\\f[BIR]", "")))
          .as(verb)
          .containsAll(flags(help))
          .allMatch(flag -> help.contains(flag) || EXIT_FLAGS.contains(flag));
    }
  }

  /// Those of the section of exit codes.
  private static final Set<String> EXIT_FLAGS = Set.of("--fail-on", "--time-limit");

  private static Set<String> flags(String text) {
    return FLAG.matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  /// `man` takes lines that start with a full stop or an apostrophe as its own.
  @Test
  void pages_haveNoLineThatManWouldMisread() throws IOException {
    new Trial().run("man", "--all", folder.toString());

    for (String name : names().toList()) {
      assertThat(
              Files.readString(folder.resolve(name)).lines().filter(line -> line.matches("[.'].*")))
          .as(name)
          .hasSizeGreaterThan(10)
          .allMatch(line -> line.matches("\\.(TH \\S+ 1 .*|SH [A-Z ]+|TP|PP|nf|fi)"));
    }
  }

  @Test
  void man_ofAnUnknownVerb_orIntoNoFolder_isAnError() {
    var unknown = new Trial().run("man", "atack");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).isEqualTo("error: unknown verb `atack`; did you mean `attack`?\n");

    var nowhere = new Trial().run("man", "--all", folder.resolve("none").toString());
    assertThat(nowhere.exit()).isEqualTo(2);
    assertThat(nowhere.err())
        .isEqualTo(
            "error: "
                + folder.resolve("none")
                + ": no page can be written there; name a folder that exists with --all\n");
  }
}
