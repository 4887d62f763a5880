package io.surfacescan.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Standard error: problems and progress, one line each.
final class Messages {
  private static final String RED = "\u001B[31;1m";
  private static final String YELLOW = "\u001B[33;1m";
  private static final String PLAIN = "\u001B[m";

  private final PrintStream err;
  private final Surroundings around;
  private final Manners manners;

  Messages(Surroundings around, Manners manners) {
    this.err = new PrintStream(around.err(), true, StandardCharsets.UTF_8);
    this.around = around;
    this.manners = manners;
  }

  PrintStream stream() {
    return err;
  }

  /// @param message `what; what to do`
  void error(String message) {
    line(RED, "error", message);
  }

  /// Says it unless the user wants quiet.
  void warning(String message) {
    if (!manners.quiet) {
      line(YELLOW, "warning", message);
    }
  }

  void note(String message) {
    if (!manners.quiet) {
      err.println(message);
    }
  }

  private void line(String color, String word, String message) {
    err.println(
        manners.colored(around, around.errIsTerminal())
            ? color + word + ":" + PLAIN + " " + message
            : word + ": " + message);
  }
}
