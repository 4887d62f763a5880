package io.surfacescan.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipFile;

/// The libraries of the operating system that archives hold, unpacked once: otherwise each start
/// unpacks them into a temporary folder, and SQLite's starts a process to learn what Linux it is.
final class NativeLibraries {
  private NativeLibraries() {}

  /// Unpacks those for this machine into a folder, unless they are there.
  ///
  /// @param archives the folder of the archives
  static void unpack(Path archives, Path folder) throws IOException {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")) {
      return;
    }
    boolean isArm = System.getProperty("os.arch").equals("aarch64");
    var wanted =
        isArm
            ? Set.of(
                "org/sqlite/native/Linux/aarch64/libsqlitejdbc.so",
                "META-INF/native/libnetty_transport_native_epoll_aarch_64.so")
            : Set.of(
                "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so",
                "META-INF/native/libnetty_transport_native_epoll_x86_64.so");
    Files.createDirectories(folder);
    try (var found =
        Files.newDirectoryStream(
            archives, "{org.xerial.sqlite,io.netty.netty-transport-native}*")) {
      for (var archive : found) {
        unpack(archive, wanted, folder);
      }
    }
  }

  private static void unpack(Path archive, Set<String> wanted, Path folder) throws IOException {
    try (var in = new ZipFile(archive.toFile())) {
      for (String name : wanted) {
        var entry = in.getEntry(name);
        var file = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
        if (entry != null && !Files.exists(file)) {
          Files.copy(in.getInputStream(entry), file);
        }
      }
    }
  }
}
