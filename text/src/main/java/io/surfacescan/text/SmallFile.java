package io.surfacescan.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// A file of settings, read whole: a plain one, of bounded size.
///
/// The end of a pipe or a device may never come, and memory would end first.
public final class SmallFile {
  /// A file that is not read.
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    Refused(String what) {
      super(what);
    }
  }

  private SmallFile() {}

  /// All of it.
  ///
  /// @throws Refused if it is not a plain file, or larger; its message says what it is
  public static byte[] read(Path file, int bytesMax) throws IOException {
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      throw new Refused(
          Files.isDirectory(file) ? "it is a directory" : "it is a pipe or a device, not a file");
    }
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(bytesMax + 1);
      if (bytes.length > bytesMax) {
        throw new Refused("it has over " + bytesMax + " bytes");
      }
      return bytes;
    }
  }
}
