package io.surfacescan.service.answers;

import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.FarthestAttackers;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.VmOrder;
import io.surfacescan.report.EnvironmentReport;
import io.surfacescan.report.format.VmSequence;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;

/// `GET /report`: the exposure of every VM, and the findings about the environment itself.
final class ReportQuestion implements Question {
  private static final String SORT = "sort";
  private static final String HOPS = "hops";
  private static final String HOPS_SECONDS = "hops_seconds";
  private static final int HOPS_SECONDS_USUAL = 10;
  private static final int HOPS_SECONDS_MOST = 3_600;

  enum Sort {
    INPUT,
    ID,
    ATTACKERS
  }

  @Override
  public Set<String> parameters() {
    return Set.of(SORT, HOPS, HOPS_SECONDS, "limit", "after");
  }

  @Override
  public QueryCost effort() {
    return QueryCost.LONG;
  }

  @Override
  public String smaller() {
    return "Ask /vms for pages of VMs, or have the service started with a larger --time-limit.";
  }

  @Override
  public Answer answer(QuestionRequest asked) throws Refusal {
    var sort = sort(asked.query());
    boolean hops = asked.query().flag(HOPS);
    int hopsSeconds =
        asked.query().positive(HOPS_SECONDS, HOPS_SECONDS_MOST).orElse(HOPS_SECONDS_USUAL);
    int limit = asked.pageLimit(Integer.MAX_VALUE);
    int start = asked.pageStart();
    var exposures = asked.generation().exposures(asked.deadline());
    var all = new BitSet();
    all.set(0, asked.generation().environment().vmCount());
    int[] vms = order(asked, exposures, sort).sorted(all);
    int from = Math.min(start, vms.length);
    int[] listed = Arrays.copyOfRange(vms, from, from + Math.min(limit, vms.length - from));
    var farthest =
        hops
            ? Optional.of(
                FarthestAttackers.of(
                    asked.graph(), listed, asked.deadlineIn(hopsSeconds), Progress.NONE))
            : Optional.<FarthestAttackers>empty();
    var answer =
        Answer.of(new EnvironmentReport(exposures, farthest, VmSequence.of(listed)))
            .asPage(vms.length, start, listed.length);
    return farthest.isPresent() && !farthest.get().isComplete() ? answer.truncated() : answer;
  }

  /// `exposure` is the older word for `attackers`.
  private static Sort sort(Query query) throws Refusal {
    return query.text(SORT).filter("exposure"::equals).isPresent()
        ? Sort.ATTACKERS
        : query.word(SORT, Sort.class).orElse(Sort.INPUT);
  }

  private static VmOrder order(QuestionRequest asked, Exposures exposures, Sort sort) {
    return switch (sort) {
      case INPUT -> VmOrder.INPUT;
      case ID -> VmOrder.byId(asked.generation().idOrder());
      case ATTACKERS -> VmOrder.byAttackers(exposures);
    };
  }
}
