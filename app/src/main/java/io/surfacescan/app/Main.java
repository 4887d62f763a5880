package io.surfacescan.app;

import io.surfacescan.cli.Surfacescan;
import io.surfacescan.cli.terminal.ProcessContext;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.service.platform.ProcessStreams;
import io.surfacescan.service.program.SurfaceScanService;
import io.surfacescan.settings.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// The program's entry point.
///
/// The launcher starts it on a class path without the libraries of the service, unless the verb is
/// `serve`: nothing here but [#serve] may need more.
public final class Main {
  private Main() {}

  /// Runs one verb and ends the process with its exit code.
  public static void main(String... args) {
    int exit =
        run(
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            args);
    // System.exit looks for a logger, which takes time: a verb that succeeds ends without it.
    if (exit != 0) {
      System.exit(exit);
    }
  }

  /// Runs one verb.
  ///
  /// @return the exit code
  static int run(OutputStream out, OutputStream err, String... args) {
    var around =
        new ProcessContext(
            System.in, out, isTerminal("out"), err, isTerminal("err"), System.getenv(), sample());
    return Surfacescan.run(around, (settings, progress) -> serve(around, settings, progress), args);
  }

  /// The launcher knows, and Java does not tell the two apart.
  private static boolean isTerminal(String stream) {
    var terminals = System.getProperty("surfacescan.terminals", "");
    return Arrays.asList(terminals.split(",")).contains(stream);
  }

  private static Optional<Path> sample() {
    return Optional.ofNullable(System.getProperty("surfacescan.home"))
        .map(home -> Path.of(home, "data"))
        .filter(Files::isDirectory);
  }

  private static int serve(ProcessContext around, Settings settings, ReadProgress progress) {
    var err = new PrintStream(around.err(), true, StandardCharsets.UTF_8);
    int exit = SurfaceScanService.run(settings, new ProcessStreams(around.in(), err, progress));
    // Whatever threads its libraries may have left.
    System.exit(exit);
    return exit;
  }
}
