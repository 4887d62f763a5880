package io.surfacescan.policy;

import java.util.List;

/// A policy cannot be used. Control flow, so it carries no stack trace.
public final class PolicyRefused extends Exception {
  private static final int PROBLEMS_MOST = 20;

  private static final long serialVersionUID = 1;

  private final transient List<PolicyProblem> problems;

  /// @param problems at least one; the first 20 are shown
  public PolicyRefused(List<PolicyProblem> problems) {
    super(problems.getFirst().toString(), null, false, false);
    this.problems = problems.stream().limit(PROBLEMS_MOST).toList();
  }

  public List<PolicyProblem> problems() {
    return problems;
  }
}
