package io.surfacescan.service.answers;

import io.surfacescan.engine.Comparison;
import io.surfacescan.importers.edits.EditsDocument;
import io.surfacescan.model.EnvironmentDiff;
import io.surfacescan.report.DiffAnswer;
import io.surfacescan.service.exchange.Refusal;
import java.util.Set;

/// `GET /changes`: what differs between the environment that is served and the one before it.
final class ChangesQuestion implements Question {
  private static final String LIMIT = "limit";

  /// The older name of the limit, for the VMs that changed most alone.
  private static final String WORST = "worst";

  @Override
  public Set<String> parameters() {
    return Set.of(LIMIT, WORST);
  }

  @Override
  public QueryCost effort() {
    return QueryCost.LONG;
  }

  /// It depends on the environment before as well.
  @Override
  public boolean isLasting() {
    return false;
  }

  @Override
  public Answer answer(QuestionRequest asked) throws Refusal {
    int limit = bounded(asked, LIMIT, WhatIfQuestion.LIMIT_USUAL);
    int worst =
        bounded(asked, asked.query().has(WORST) ? WORST : LIMIT, WhatIfQuestion.WORST_USUAL);
    var generation = asked.generation();
    var earlier =
        generation
            .earlier()
            .orElseThrow(() ->
                new Refusal(
                    Refusal.Kind.NOTHING_BEFORE,
                    "The environment that is served is the first one that was loaded; there is"
                        + " something to compare after the next load."));
    var comparison = Comparison.of(earlier.graph(), asked.graph());
    asked.deadline().check();
    return Answer.of(
        new DiffAnswer(
            earlier.version(),
            generation.version(),
            EnvironmentDiff.of(earlier.graph().environment(), generation.environment()),
            WhatIfQuestion.changes(asked, comparison, worst),
            limit));
  }

  private static int bounded(QuestionRequest asked, String name, int usual) throws Refusal {
    int value = asked.query().natural(name).orElse(usual);
    if (value > EditsDocument.LISTED_MOST) {
      throw new Refusal(
          Refusal.Kind.INVALID_PARAMETER,
          "The parameter " + name + " may be " + EditsDocument.LISTED_MOST + " at most.");
    }
    return value;
  }
}
