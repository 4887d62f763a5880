package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every command in a `console` block of the page on the command line does what the page shows.
class TranscriptIT {
  private static final String PROMPT = "$ ";

  record Transcript(String command, String output) {
    @Override
    public String toString() {
      return command;
    }
  }

  static Stream<Transcript> transcripts() throws IOException {
    var transcripts = new ArrayList<Transcript>();
    boolean inConsole = false;
    for (String line : Files.readAllLines(Repository.root().resolve("docs/cli.md"))) {
      if (line.startsWith("```")) {
        inConsole = line.equals("```console");
      } else if (inConsole && line.startsWith(PROMPT)) {
        transcripts.add(new Transcript(line.substring(PROMPT.length()), ""));
      } else if (inConsole) {
        var last = transcripts.removeLast();
        transcripts.add(new Transcript(last.command(), last.output() + line + "\n"));
      }
    }
    return transcripts.stream();
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void command_showsWhatThePageSays(Transcript shown) throws Exception {
    String program =
        String.join(
            " ", PackagedProgram.command(List.of()).stream().map(TranscriptIT::quoted).toList());
    var process =
        new ProcessBuilder(
                "sh",
                "-c",
                "surfacescan() { "
                    + program
                    + " \"$@\"; }\n"
                    + shown.command().replace("./surfacescan", "surfacescan"))
            .directory(Repository.root().toFile())
            .redirectErrorStream(true);
    process.environment().keySet().removeIf(name -> name.startsWith("SURFACESCAN_"));
    process.environment().put("LC_ALL", "C.UTF-8");
    process.environment().put("XDG_CONFIG_HOME", Path.of("").toAbsolutePath().toString());
    String output =
        new String(process.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(output.isEmpty() || output.endsWith("\n") ? output : output + "\n")
        .isEqualTo(shown.output());
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
