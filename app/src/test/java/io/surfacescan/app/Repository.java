package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The repository and the machine that the tests run in.
final class Repository {
  private Repository() {}

  /// The folder of `./surfacescan`, at or above the working folder.
  static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("surfacescan")) && Files.exists(at.resolve("pom.xml"))) {
        return at;
      }
    }
    throw new AssertionError("not in a repository: " + Path.of("").toAbsolutePath());
  }

  /// The files that git has or would take in, by their paths from the root; without git, as in a
  /// container, all but what builds leave behind.
  static List<String> files() throws IOException, InterruptedException {
    var files = Files.exists(root().resolve(".git")) ? filesOfGit() : filesOfFolder();
    return files.filter(file -> Files.isRegularFile(root().resolve(file))).toList();
  }

  private static Stream<String> filesOfGit() throws IOException, InterruptedException {
    var git =
        new ProcessBuilder(
                "git",
                "-c",
                "safe.directory=*",
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard")
            .directory(root().toFile())
            .start();
    String listed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).as("git ls-files").isZero();
    return Stream.of(listed.split("\0"));
  }

  private static Stream<String> filesOfFolder() throws IOException {
    try (var walk = Files.walk(root())) {
      return walk
          .map(path -> root().relativize(path).toString())
          .filter(path -> !path.startsWith(".build/") && !path.matches("(.*/)?target/.*"))
          .toList()
          .stream();
    }
  }

  /// Sends a signal with the shell's own command, which every system has.
  static void signal(Process process, String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
    assertThat(kill.waitFor()).as("kill").isZero();
  }
}
