package io.surfacescan.cli.terminal;

/// How a run ends, as scripts see it. An interrupted run ends with 130, which is Java's own doing.
public enum Exit {
  DONE(0, "Done, also if the reader of a pipe went away."),
  POLICY(1, "What --fail-on names was found, or check found what breaks the policy."),
  USAGE(2, "Wrong flags, variables or configuration."),
  INPUT(3, "The input cannot be read or is invalid."),
  VM_NOT_FOUND(4, "No VM has that id, or several have that name or address."),
  INTERNAL(
      5,
      "A fault of the program or the machine, or --time-limit passed before there was an answer.");

  private final int code;
  private final String meaning;

  Exit(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /// As the manual pages have it.
  public String meaning() {
    return meaning;
  }
}
