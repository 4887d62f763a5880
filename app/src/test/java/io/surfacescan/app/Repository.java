package io.surfacescan.app;

import java.nio.file.Files;
import java.nio.file.Path;

/// The repository that the tests run in.
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
}
