package io.surfacescan.service.answers;

import io.surfacescan.engine.Exposure;
import io.surfacescan.engine.VmOrder;
import io.surfacescan.engine.VmsBySurface;
import io.surfacescan.model.VmSearch;
import io.surfacescan.report.ExposedVm;
import io.surfacescan.report.VmTable;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.served.Generation;
import java.util.ArrayList;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;

/// `GET /vms`: lists and finds VMs, with their exposure.
final class VmsQuestion implements Question {
  private static final String ID = "id";
  private static final String NAME = "name";
  private static final String TAG = "tag";
  private static final String TAG_PREFIX = "tag_prefix";
  private static final String SORT = "sort";
  private static final String COLLAPSE = "collapse";
  private static final int LIMIT_USUAL = 100;
  private static final int LIMIT_MOST = 1_000;
  private static final int SMALL_VMS = 10_000;

  enum Sort {
    INPUT,
    ID,
    ATTACKERS,
    BLAST_RADIUS
  }

  @Override
  public Set<String> parameters() {
    return Set.of(ID, NAME, TAG, TAG_PREFIX, SORT, COLLAPSE, "limit", "after");
  }

  @Override
  public QueryCost effort() {
    return QueryCost.LONG;
  }

  @Override
  public QueryCost effort(Query query, Generation generation) {
    return generation.exposuresFound().isPresent() || isSmall(generation)
        ? QueryCost.QUICK
        : QueryCost.LONG;
  }

  /// Whether all exposures are found in no time, whatever the environment looks like.
  private static boolean isSmall(Generation generation) {
    return generation.environment().vmCount() <= SMALL_VMS;
  }

  @Override
  public String smaller() {
    return "Ask for a page with a smaller limit, or for another sort than by size.";
  }

  @Override
  public Answer answer(QuestionRequest asked) throws Refusal {
    var query = asked.query();
    var sort = query.word(SORT, Sort.class).orElse(Sort.INPUT);
    boolean collapse = query.flag(COLLAPSE);
    var search =
        new VmSearch(query.text(ID), query.text(NAME), asked.tag(TAG), query.text(TAG_PREFIX));
    int limit = asked.pageLimit(LIMIT_USUAL, LIMIT_MOST);
    int start = asked.pageStart();

    var environment = asked.generation().environment();
    int[] vms = order(asked, sort).sorted(search.in(environment));
    int[] alike = {};
    if (collapse) {
      var groups = VmsBySurface.of(asked.graph(), vms);
      vms = groups.first();
      alike = groups.count();
    }
    int from = Math.min(start, vms.length);
    int to = from + Math.min(limit, vms.length - from);
    var exposure = exposures(asked);
    var rows = new ArrayList<ExposedVm>();
    for (int i = from; i < to; i++) {
      asked.deadline().check();
      rows.add(
          new ExposedVm(
              exposure.apply(vms[i]),
              collapse ? OptionalInt.of(alike[i]) : OptionalInt.empty(),
              OptionalInt.empty()));
    }
    return Answer.of(new VmTable(environment, collapse, rows))
        .asPage(vms.length, start, rows.size());
  }

  private static VmOrder order(QuestionRequest asked, Sort sort) {
    return switch (sort) {
      case INPUT -> VmOrder.INPUT;
      case ID -> VmOrder.byId(asked.generation().idOrder());
      case ATTACKERS -> VmOrder.byAttackers(asked.generation().exposures(asked.deadline()));
      case BLAST_RADIUS -> VmOrder.byBlastRadius(asked.generation().exposures(asked.deadline()));
    };
  }

  /// All exposures at once where that is cheap or done, else those of the page, one by one.
  private static IntFunction<Exposure> exposures(QuestionRequest asked) {
    if (isSmall(asked.generation()) || asked.graph().hasAllStored()) {
      return asked.generation().exposures(asked.deadline())::of;
    }
    var found = asked.generation().exposuresFound();
    return found.isPresent() ? found.get()::of : vm -> Exposure.of(asked.graph(), vm);
  }
}
