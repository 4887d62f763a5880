package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher and the build for real, as a new user meets them. It compiles everything once more,
/// so that `scripts/soak` runs it, which `.ci/run` calls.
@Tag("soak")
class FirstUseIT {
  @TempDir Path folder;

  @Test
  void copyOfTheSources_buildsItself_andAnswersFromTheSample() throws Exception {
    var copy = Files.createDirectories(folder.resolve("a clone"));
    for (String file : Repository.files()) {
      var target = copy.resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(Repository.root().resolve(file), target);
    }

    var first = run(copy, "sh", "./surfacescan", "validate");
    assertThat(first.err()).contains("surfacescan: first use, building: ");
    assertThat(first.out()).startsWith("valid: ");
    assertThat(first.exit()).isZero();
    try (Stream<Path> made = Files.walk(copy.resolve(".build"), 2)) {
      assertThat(made.map(path -> path.getFileName().toString()))
          .as("what lets the next start take less time")
          .contains("verbs.aot", "serve.aot");
    }

    var second = run(copy, "./surfacescan", "validate");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).isEqualTo(first.out());

    var large = folder.resolve("large.json").toString();
    run(copy, "./surfacescan", "generate", "--vms", "20000", large);
    for (int look = 0; look < 2; look++) {
      var ran = run(copy, "./surfacescan", "validate", large);
      assertThat(ran.err()).isEmpty();
      assertThat(ran.out()).startsWith("valid: 20000 VMs");
    }
    try (Stream<Path> made = Files.walk(folder.resolve("cache"))) {
      assertThat(made.filter(Files::isRegularFile)).as("snapshots").isNotEmpty();
    }

    try (Stream<Path> made = Files.list(copy)) {
      assertThat(made.map(path -> path.getFileName().toString()))
          .as("nothing is built in the working tree")
          .doesNotContain("target");
    }
  }

  private record Ended(int exit, String out, String err) {}

  private Ended run(Path copy, String... command) throws IOException, InterruptedException {
    var err = Files.createTempFile(folder, "err", "");
    var builder = new ProcessBuilder(command).directory(copy.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SURFACESCAN_"));
    builder.environment().keySet().removeAll(PackagedProgram.JAVA_OPTIONS);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("HOME", System.getProperty("user.home"));
    builder.environment().put("XDG_CONFIG_HOME", folder.toString());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    var process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, Files.readString(err));
  }
}
