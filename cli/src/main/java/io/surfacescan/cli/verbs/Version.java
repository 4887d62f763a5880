package io.surfacescan.cli.verbs;

import io.surfacescan.text.ProgramVersion;
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
    return ProgramVersion.text();
  }
}
