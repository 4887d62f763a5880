package io.surfacescan.service.answers;

import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.engine.SurfaceGroups.Direction;
import io.surfacescan.report.SurfacePicture;
import io.surfacescan.report.format.Format;
import io.surfacescan.service.exchange.Refusal;
import java.util.List;
import java.util.Set;

/// `GET /surface`: who can attack a VM, or whom it can attack, as a picture of few groups.
final class SurfaceQuestion implements Question {
  private static final String DIRECTION = "direction";
  private static final String LIMIT = "limit";
  private static final String OLDER_LIMIT = "top";
  private static final String MAX_HOPS = "max_hops";
  private static final Set<String> PARAMETERS =
      VmParameter.names(List.of(VmParameter.VM), DIRECTION, LIMIT, OLDER_LIMIT, MAX_HOPS);
  private static final int LIMIT_USUAL = 50;
  private static final int LIMIT_MOST = 500;

  @Override
  public Set<String> parameters() {
    return PARAMETERS;
  }

  @Override
  public List<VmParameter> required() {
    return List.of(VmParameter.VM);
  }

  @Override
  public QueryCost effort() {
    return QueryCost.QUICK;
  }

  @Override
  public List<Format> forms() {
    return Format.all();
  }

  @Override
  public String smaller() {
    return "Ask with max_hops, or have the service started with a larger --time-limit.";
  }

  @Override
  public Answer answer(QuestionRequest asked) throws Refusal {
    var query = asked.query();
    var direction = query.word(DIRECTION, Direction.class).orElse(Direction.IN);
    int limit = query.positive(LIMIT, OLDER_LIMIT, LIMIT_MOST).orElse(LIMIT_USUAL);
    int maxHops = query.positive(MAX_HOPS).orElse(Integer.MAX_VALUE);
    int vm = VmParameter.VM.vm(asked);
    var surface = SurfaceGroups.of(asked.graph(), vm, direction, maxHops, limit, asked.deadline());
    return Answer.of(new SurfacePicture(asked.generation().environment(), surface));
  }
}
