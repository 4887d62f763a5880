package io.surfacescan.service.answers;

import io.surfacescan.engine.RuleUses;
import io.surfacescan.engine.RuleUses.Order;
import io.surfacescan.report.RuleTable;
import io.surfacescan.service.exchange.Refusal;
import java.util.Arrays;
import java.util.Set;

/// `GET /rules`: which rules matter.
final class RulesQuestion implements Question {
  private static final String UNUSED = "unused";
  private static final String TAG = "tag";
  private static final String SORT = "sort";
  private static final Set<String> PARAMETERS = Set.of(UNUSED, TAG, SORT, "limit", "after");
  private static final int LIMIT_USUAL = 100;
  private static final int LIMIT_MOST = 1_000;

  /// A few seconds of a processor.
  private static final long STEPS_MOST = 200_000_000;

  @Override
  public Set<String> parameters() {
    return PARAMETERS;
  }

  @Override
  public QueryCost effort() {
    return QueryCost.LONG;
  }

  @Override
  public String smaller() {
    return "Ask with sort=input or for the rules of one tag, or have the service started with a"
        + " larger --time-limit.";
  }

  @Override
  public Answer answer(QuestionRequest asked) throws Refusal {
    var query = asked.query();
    var order = query.word(SORT, Order.class).orElse(Order.INPUT);
    boolean unused = query.flag(UNUSED);
    int limit = asked.pageLimit(LIMIT_USUAL, LIMIT_MOST);
    int start = asked.pageStart();
    var tag = asked.tag(TAG);
    var uses = RuleUses.of(asked.graph());
    int[] rules = uses.ordered(tag, unused, order, asked.deadline());
    int from = Math.min(start, rules.length);
    int to = from + Math.min(limit, rules.length - from);
    var rows = uses.rows(Arrays.copyOfRange(rules, from, to), STEPS_MOST, asked.deadline());
    return Answer.of(new RuleTable(asked.generation().environment(), rows))
        .asPage(rules.length, start, rows.size());
  }
}
