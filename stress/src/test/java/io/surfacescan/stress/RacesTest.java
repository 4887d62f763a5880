package io.surfacescan.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every race, for some seconds.
class RacesTest {
  @TempDir Path folder;

  @Test
  void races_endAsTheyMay() throws Exception {
    var out = folder.resolve("out");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "org.openjdk.jcstress.Main",
                "-sc",
                "false",
                "-f",
                "1",
                "-fsm",
                "1",
                "-iters",
                "1",
                "-time",
                System.getProperty("stress.milliseconds", "300"),
                "-r",
                folder.resolve("results").toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    int code = process.waitFor();
    var said = Files.readString(out);
    assertThat(code).as(said).isZero();
    for (String race : List.of("Recorder", "FailedAttempts", "AnswerMemo", "Generation")) {
      assertThat(said).contains(race + "Race");
    }
  }
}
