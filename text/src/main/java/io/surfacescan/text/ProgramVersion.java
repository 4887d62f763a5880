package io.surfacescan.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version of the program and its commit, as the build wrote them.
public final class ProgramVersion {
  private ProgramVersion() {}

  /// Such as `1.0.0`.
  public static String text() {
    return written("version");
  }

  /// The commit that it was built from; empty if the build was not given it.
  public static String commit() {
    return written("commit");
  }

  private static String written(String key) {
    var properties = new Properties();
    try (var resource = ProgramVersion.class.getResourceAsStream("version.properties")) {
      if (resource == null) {
        throw new IllegalStateException("the program was packaged without its version");
      }
      properties.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty(key, "");
  }
}
