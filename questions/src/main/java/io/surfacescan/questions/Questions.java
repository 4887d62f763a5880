package io.surfacescan.questions;

import java.util.List;

/// All questions, in the order of the help.
public final class Questions {
  public static final VmListQuestion ATTACK =
      new VmListQuestion(
          "attack",
          "List every VM that can attack a VM, directly or over others.",
          Way.ATTACKERS,
          "A VM that is attacked",
          List.of(
              "For one VM, the json, ndjson and csv outputs are the bytes of HTTP's /attack. For"
                  + " several, each answer names its VM. A group's answer is that of its members"
                  + " together.",
              "On a terminal the list is a table, nearest first; in a pipe it is ids alone, one a"
                  + " line.",
              "Exit code: 0 done, 1 a condition of --fail-on holds; it counts within --max-hops.",
              "",
              "Example: surfacescan attack --data prod.json vm-a211de --why"));

  public static final VmListQuestion BLAST_RADIUS =
      new VmListQuestion(
          "blast-radius",
          "List every VM that a VM can attack, directly or over others.",
          Way.VICTIMS,
          "A VM that attacks",
          List.of(
              "For one VM, the json, ndjson and csv outputs are the bytes of HTTP's /blast-radius."
                  + " For several, each answer names its VM. A group's answer is that of its members"
                  + " together.",
              "On a terminal the list is a table, nearest first; in a pipe it is ids alone, one a"
                  + " line.",
              "",
              "Example: surfacescan blast-radius --data prod.json vm-c7bac01a07 --max-hops 2"));

  public static final PathQuestion PATH = new PathQuestion();
  public static final ChangesQuestion CHANGES = new ChangesQuestion();
  public static final WhatIfQuestion WHAT_IF = new WhatIfQuestion();

  public static final List<Question> ALL =
      List.of(
          ATTACK,
          BLAST_RADIUS,
          new SurfaceQuestion(),
          new RulesQuestion(),
          new PairsQuestion(),
          PATH,
          new ExplainQuestion(),
          new VmQuestion(),
          new VmsQuestion(),
          new SearchQuestion(),
          new ReportQuestion(),
          new ChokepointsQuestion(),
          WHAT_IF,
          CHANGES);

  private Questions() {}

  /// The question with this name.
  public static Question named(String name) {
    return ALL.stream()
        .filter(question -> question.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name));
  }
}
