package io.surfacescan.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every race, for some seconds. `scripts/soak` runs it.
@Tag("soak")
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
    var races = races();
    assertThat(races).isNotEmpty();
    for (String race : races) {
      assertThat(folder.resolve("results/" + race + ".html")).exists();
    }
  }

  /// The races of this module, by the names of their classes.
  private static List<String> races() throws IOException {
    var classes = Path.of("target", "classes");
    try (var files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(name -> name.endsWith("Race.class"))
          .map(name -> name.replace(".class", "").replace('/', '.'))
          .toList();
    }
  }
}
