package io.surfacescan.service.answers;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.FoundByHop;
import io.surfacescan.engine.Ranks;
import io.surfacescan.questions.Subject;
import io.surfacescan.report.FirstHops;
import io.surfacescan.report.SortedVmIds;
import io.surfacescan.report.VmIds;
import io.surfacescan.report.VmsWithHops;
import io.surfacescan.report.format.VmSequence;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import java.util.List;
import java.util.Set;

/// `GET /attack`: who can attack a VM or a group. `GET /blast-radius`: whom it can attack.
final class VmListQuestion implements Question {
  private static final String MAX_HOPS = "max_hops";
  private static final String HOPS = "hops";
  private static final String WHY = "why";
  private static final String SORT = "sort";
  private static final Set<String> PARAMETERS =
      VmParameter.names(
          List.of(VmParameter.VM_OR_GROUP), MAX_HOPS, HOPS, WHY, SORT, "limit", "after");

  private enum Sort {
    ENGINE,
    ID,
    HOPS,
    INPUT
  }

  private final FirstHops.Way way;

  VmListQuestion(FirstHops.Way way) {
    this.way = way;
  }

  @Override
  public Set<String> parameters() {
    return PARAMETERS;
  }

  @Override
  public List<VmParameter> required() {
    return List.of(VmParameter.VM_OR_GROUP);
  }

  @Override
  public QueryCost effort() {
    return QueryCost.QUICK;
  }

  /// Whether the answer is found so fast that no other thread need be asked: a surface is looked
  /// up, and its bytes are there.
  boolean isImmediate(Query query) {
    return way == FirstHops.Way.ATTACKERS
        && query.has(VmParameter.VM_OR_GROUP.id())
        && !query.has(VmParameter.VM_OR_GROUP.name())
        && !query.has("tag")
        && !query.has(MAX_HOPS)
        && !query.has(HOPS)
        && !query.has(WHY)
        && !query.has(SORT);
  }

  @Override
  public Answer answer(QuestionRequest asked) throws Refusal {
    var query = asked.query();
    var sort = query.word(SORT, Sort.class).orElse(Sort.ENGINE);
    boolean hops = query.flag(HOPS);
    boolean why = query.flag(WHY);
    int maxHops = query.positive(MAX_HOPS).orElse(Subject.ANY_HOPS);
    int limit = asked.pageLimit(Integer.MAX_VALUE);
    int start = asked.pageStart();
    var subject = VmParameter.VM_OR_GROUP.subject(asked);
    if (!hops && !why && sort != Sort.HOPS) {
      var ranks = ranks(asked.graph(), subject, maxHops);
      return page(asked, sequence(asked, ranks, sort), start, limit);
    }
    var found = byHop(asked.graph(), subject, maxHops);
    var all =
        sort == Sort.HOPS
            ? VmSequence.byHops(asked.graph(), found)
            : sequence(asked, found.ranks(), sort);
    if (!hops && !why) {
      return page(asked, all, start, limit);
    }
    var page = all.page(start, limit);
    var document =
        why
            ? new FirstHops(asked.graph(), found, way, page)
            : new VmsWithHops(asked.generation().environment(), found, page);
    return Answer.of(document).asPage(all.size(), start, page.size());
  }

  private Ranks ranks(AttackGraph graph, Subject subject, int maxHops) {
    return switch (way) {
      case ATTACKERS -> subject.attackers(graph, maxHops);
      case VICTIMS -> subject.victims(graph, maxHops);
    };
  }

  private FoundByHop byHop(AttackGraph graph, Subject subject, int maxHops) {
    return switch (way) {
      case ATTACKERS -> subject.attackersByHop(graph, maxHops);
      case VICTIMS -> subject.victimsByHop(graph, maxHops);
    };
  }

  private static VmSequence sequence(QuestionRequest asked, Ranks ranks, Sort sort) {
    return switch (sort) {
      case ENGINE, HOPS -> VmSequence.inEngineOrder(asked.graph(), ranks);
      case INPUT -> VmSequence.inInputOrder(asked.graph(), ranks);
      case ID -> VmSequence.byId(asked.graph(), ranks, asked.generation().idOrder());
    };
  }

  /// A page of ids alone; in the engine's order, as slices of the arena.
  private static Answer page(QuestionRequest asked, VmSequence all, int start, int limit) {
    var page = all.page(start, limit);
    var answer =
        page instanceof VmSequence.InEngineOrder(var _, var ranks)
            ? Answer.of(VmIds.of(asked.generation().ids(), ranks, asked.format()))
            : Answer.of(new SortedVmIds(asked.generation().environment(), page));
    return answer.asPage(all.size(), start, page.size());
  }
}
