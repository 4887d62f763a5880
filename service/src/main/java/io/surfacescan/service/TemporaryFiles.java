package io.surfacescan.service;

import io.surfacescan.statistics.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder for temporary files, which a container may have mounted read-only. Vert.x unpacks
/// what it serves from the class path there, which are the pages of `/docs`, and Netty its native
/// way to sockets. The second goes back to Java's own by itself; the first would keep Quarkus from
/// starting.
final class TemporaryFiles {
  private TemporaryFiles() {}

  static String folder() {
    return System.getProperty("java.io.tmpdir", ".");
  }

  static boolean areWritable() {
    try {
      Files.delete(Files.createTempDirectory(Path.of(folder()), "surfacescan"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Has Vert.x unpack nothing, and SQLite its library into the state directory. To be called
  /// before Quarkus starts.
  static void doWithout(StoreSettings stores) {
    stores.folder().ifPresent(state -> System.setProperty("org.sqlite.tmpdir", state.toString()));
    System.setProperty("quarkus.vertx.caching", "false");
    System.setProperty("quarkus.vertx.classpath-resolving", "false");
  }
}
