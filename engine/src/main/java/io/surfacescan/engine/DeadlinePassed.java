package io.surfacescan.engine;

/// A question was not answered because its [Deadline] passed first. Control flow, so it carries no
/// stack trace.
public final class DeadlinePassed extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DeadlinePassed() {
    super("the deadline passed before the answer was found", null, false, false);
  }
}
