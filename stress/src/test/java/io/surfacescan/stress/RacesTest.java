package io.surfacescan.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    assumeTrue(
        Runtime.getRuntime().availableProcessors() > 1, "one processor cannot run two threads");
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
                System.getProperty("stress.milliseconds", "100"),
                "-r",
                folder.resolve("results").toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    int code = process.waitFor();
    var said = Files.readString(out);
    assertThat(code).as(said).isZero();
    assertThat(said).contains("0 failed, 0 soft errs, 0 hard errs");
    for (String race :
        List.of(
            "statistics.Recorder",
            "statistics.Interval",
            "service.FailedAttempts",
            "service.AnswerMemo",
            "service.Generation")) {
      assertThat(folder.resolve("results/io.surfacescan." + race + "Race.html")).exists();
    }
  }
}
