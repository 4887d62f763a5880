package io.surfacescan.cli.verbs;

import io.surfacescan.text.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/// The version of the program and its commit, as the build wrote them, and the Java it runs on.
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "surfacescan " + ofProgram() + commit(),
      "Java " + Runtime.version() + ", " + System.getProperty("java.home")
    };
  }

  private static String commit() {
    String commit = ProgramVersion.commit();
    return commit.isEmpty() ? "" : ", commit " + commit;
  }

  static String ofProgram() {
    return ProgramVersion.text();
  }
}
