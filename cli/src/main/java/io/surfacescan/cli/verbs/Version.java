package io.surfacescan.cli.verbs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version of the program, as the build wrote it, and of the Java it runs on.
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "surfacescan " + ofProgram(),
      "Java " + Runtime.version() + ", " + System.getProperty("java.home")
    };
  }

  static String ofProgram() {
    var properties = new Properties();
    try (var resource = Version.class.getResourceAsStream("version.properties")) {
      if (resource == null) {
        throw new IllegalStateException("the program was packaged without its version");
      }
      properties.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "");
  }
}
