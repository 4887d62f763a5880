package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every command in a `console` block of the documentation does what its page shows.
class TranscriptIT {
  @ParameterizedTest
  @MethodSource("io.surfacescan.app.Transcripts#onTheCommandLine")
  void command_showsWhatThePageSays(Transcripts shown) throws Exception {
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
