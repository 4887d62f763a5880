package io.surfacescan.service.answers;

import io.surfacescan.questions.Subject;
import io.surfacescan.report.PairTable;
import io.surfacescan.service.exchange.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `GET /pairs`: every direct attack, with all rules that allow it.
final class PairsQuestion implements Question {
  private static final String LIMIT = "limit";

  @Override
  public Set<String> parameters() {
    return VmParameter.names(List.of(VmParameter.FROM, VmParameter.TO), LIMIT);
  }

  @Override
  public QueryCost effort() {
    return QueryCost.LONG;
  }

  @Override
  public Answer answer(QuestionRequest asked) throws Refusal {
    int limit = asked.query().natural(LIMIT).orElse(Integer.MAX_VALUE);
    long most = limit == Integer.MAX_VALUE ? Long.MAX_VALUE : limit;
    return Answer.of(
        new PairTable(
            asked.generation().environment(),
            subject(VmParameter.FROM, asked),
            subject(VmParameter.TO, asked),
            most));
  }

  private static Optional<Subject> subject(VmParameter parameter, QuestionRequest asked)
      throws Refusal {
    return parameter.isGiven(asked.query())
        ? Optional.of(parameter.subject(asked))
        : Optional.empty();
  }
}
