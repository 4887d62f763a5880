package io.surfacescan.service.platform;

import io.surfacescan.settings.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder for temporary files, which a container may have mounted read-only. Netty unpacks its
/// native way to sockets there, and goes back to Java's own if it cannot; SQLite unpacks its
/// library.
public final class TemporaryFiles {
  private TemporaryFiles() {}

  public static String folder() {
    return System.getProperty("java.io.tmpdir", ".");
  }

  public static boolean areWritable() {
    try {
      Files.delete(Files.createTempDirectory(Path.of(folder()), "surfacescan"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Lets SQLite unpack its library into the state directory. Its driver asks this property alone,
  /// before there is a connection with settings, and which directory it is stands in ours.
  public static void doWithout(StoreSettings stores) {
    stores.folder().ifPresent(state -> System.setProperty("org.sqlite.tmpdir", state.toString()));
  }
}
