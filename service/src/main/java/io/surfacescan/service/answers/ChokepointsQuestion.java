package io.surfacescan.service.answers;

import io.surfacescan.engine.Chokepoints;
import io.surfacescan.engine.EnvironmentChokepoints;
import io.surfacescan.engine.Progress;
import io.surfacescan.report.ChokepointLists;
import io.surfacescan.report.EnvironmentChokepointList;
import io.surfacescan.service.exchange.Refusal;
import java.util.List;
import java.util.Set;

/// `GET /chokepoints`: what to remove to keep attackers from a VM, or from all.
final class ChokepointsQuestion implements Question {
  private static final String LIMIT = "limit";
  private static final String OLDER_LIMIT = "top";
  private static final String EXACT = "exact";
  private static final int MOST = 1000;

  @Override
  public Set<String> parameters() {
    return VmParameter.names(List.of(VmParameter.VM), LIMIT, OLDER_LIMIT, EXACT);
  }

  @Override
  public QueryCost effort() {
    return QueryCost.LONG;
  }

  @Override
  public String smaller() {
    return "Ask for fewer exact candidates, or have the service started with a larger --time-limit.";
  }

  @Override
  public Answer answer(QuestionRequest asked) throws Refusal {
    var query = asked.query();
    int limit = query.positive(LIMIT, OLDER_LIMIT, MOST).orElse(Chokepoints.USUAL_TOP);
    var exact = query.positive(EXACT, MOST);
    if (!VmParameter.VM.isGiven(query)) {
      return ofEnvironment(asked, limit, exact.orElse(EnvironmentChokepoints.USUAL_EXACT));
    }
    if (exact.isPresent()) {
      throw new Refusal(
          Refusal.Kind.INVALID_PARAMETER,
          "The parameter exact is for the whole environment; of a VM everything is exact.");
    }
    int vm = VmParameter.VM.vm(asked);
    var chokepoints = Chokepoints.of(asked.graph(), vm, limit, asked.deadline());
    var answer = Answer.of(new ChokepointLists(asked.generation().environment(), chokepoints));
    return chokepoints.isComplete() ? answer : answer.truncated();
  }

  private static Answer ofEnvironment(QuestionRequest asked, int limit, int exact) {
    var sizes = asked.generation().exposures(asked.deadline()).sizes();
    var chokepoints =
        EnvironmentChokepoints.of(
            asked.graph(), sizes, limit, exact, asked.deadline(), Progress.NONE);
    var answer =
        Answer.of(new EnvironmentChokepointList(asked.generation().environment(), chokepoints));
    return chokepoints.complete() ? answer : answer.truncated();
  }
}
