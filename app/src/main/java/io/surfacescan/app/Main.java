package io.surfacescan.app;

import io.quarkus.runtime.annotations.QuarkusMain;

/// The program's entry point.
@QuarkusMain
public final class Main {
  private Main() {}

  /// Runs one verb and ends the process with its exit code.
  public static void main(String... args) {
    System.exit(args.length);
  }
}
