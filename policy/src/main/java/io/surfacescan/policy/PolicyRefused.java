package io.surfacescan.policy;

import java.util.List;

/// A policy cannot be used. Control flow, so it carries no stack trace.
public final class PolicyRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<PolicyProblem> problems;

  /// @param problems at least one
  public PolicyRefused(List<PolicyProblem> problems) {
    super(problems.getFirst().toString(), null, false, false);
    this.problems = List.copyOf(problems);
  }

  public List<PolicyProblem> problems() {
    return problems;
  }
}
