package io.surfacescan.cli.terminal;

import io.surfacescan.text.TerminalText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/// Standard error: problems and progress, one line each.
///
/// A message may hold what came from outside, such as a flag or what picocli says about it: it is
/// made fit for a terminal here.
public final class Messages {
  private static final String RED = "\u001B[31;1m";
  private static final String YELLOW = "\u001B[33;1m";
  private static final String PLAIN = "\u001B[m";

  private final PrintStream err;
  private final ProcessContext around;
  private final GlobalOptions manners;

  public Messages(ProcessContext around, GlobalOptions manners) {
    this.err = new PrintStream(around.err(), true, StandardCharsets.UTF_8);
    this.around = around;
    this.manners = manners;
  }

  public PrintStream stream() {
    return err;
  }

  /// Says that something failed.
  ///
  /// @param message `what; what to do`
  public void error(String message) {
    line(RED, "error", message);
  }

  /// Says it unless the user wants quiet.
  public void warning(String message) {
    if (!manners.quiet()) {
      line(YELLOW, "warning", message);
    }
  }

  public void note(String message) {
    if (!manners.quiet()) {
      err.println(TerminalText.message(message));
    }
  }

  /// The stack trace, a line of its own for each frame.
  public void stack(Throwable thrown) {
    var stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    stack
        .toString()
        .lines()
        .map(line -> TerminalText.message(line.replace("\t", "  ")))
        .forEach(err::println);
  }

  private void line(String color, String word, String message) {
    String shown = TerminalText.message(message);
    err.println(
        manners.colored(around, around.errIsTerminal())
            ? color + word + ":" + PLAIN + " " + shown
            : word + ": " + shown);
  }
}
