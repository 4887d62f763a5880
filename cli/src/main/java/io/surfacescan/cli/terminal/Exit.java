package io.surfacescan.cli.terminal;

/// How a run ends, as scripts see it. An interrupted run ends with 130, which is Java's own doing.
public enum Exit {
  /// The question was answered, or the reader of the answer went away.
  DONE(0),
  /// What the user asked to fail on was found.
  POLICY(1),
  /// Wrong flags, variables or configuration.
  USAGE(2),
  /// The input is unreadable or invalid.
  INPUT(3),
  VM_NOT_FOUND(4),
  /// A fault of the program or the machine.
  INTERNAL(5);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
