package io.surfacescan.cli.terminal;

import java.util.List;

/// A run that ends early for a reason the user can act on. It becomes output and an exit code once,
/// in `Surfacescan`.
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Exit exit;
  private final transient List<String> messages;

  /// @param messages one line each, `what; what to do`
  public Failure(Exit exit, List<String> messages) {
    super(String.join("\n", messages));
    this.exit = exit;
    this.messages = List.copyOf(messages);
  }

  public Failure(Exit exit, String message) {
    this(exit, List.of(message));
  }

  public Exit exit() {
    return exit;
  }

  public List<String> messages() {
    return messages;
  }
}
