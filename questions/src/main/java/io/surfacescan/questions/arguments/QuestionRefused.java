package io.surfacescan.questions.arguments;

/// A question that cannot be answered as it was asked. Control flow, so it carries no stack trace.
public final class QuestionRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Fault fault;

  public QuestionRefused(Fault fault) {
    super(fault.toString(), null, false, false);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
