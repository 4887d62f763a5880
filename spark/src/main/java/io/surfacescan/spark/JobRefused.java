package io.surfacescan.spark;

/// The job cannot go on, for a reason that its user can mend.
final class JobRefused extends Exception {
  private static final long serialVersionUID = 1;

  /// How the program of the command line ends too.
  enum Reason {
    USAGE(2),
    INPUT(3),
    NOT_FOUND(4);

    final int exitCode;

    Reason(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  private final Reason reason;
  private final String what;

  JobRefused(Reason reason, String what, String remedy) {
    super(what + "; " + remedy);
    this.reason = reason;
    this.what = what + "; " + remedy;
  }

  int exitCode() {
    return reason.exitCode;
  }

  /// What is wrong and what to do, in one line.
  String line() {
    return "error: " + what;
  }
}
