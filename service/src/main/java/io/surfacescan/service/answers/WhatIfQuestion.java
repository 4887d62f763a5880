package io.surfacescan.service.answers;

import io.surfacescan.engine.ComparedVm;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.SurfaceChanges;
import io.surfacescan.importers.edits.EditsDocument;
import io.surfacescan.importers.edits.WhatIfRequest;
import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.EditsRefused;
import io.surfacescan.report.ChangedSurfaces;
import io.surfacescan.report.WhatIfAnswer;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/// `POST /what-if`: what edits would do. The environment that is served stays as it is.
final class WhatIfQuestion implements Question {
  static final int WORST_USUAL = 20;
  static final int LIMIT_USUAL = 100;

  private static final int BODY_BYTES_MOST = 4 * 1024 * 1024;

  @Override
  public Set<String> parameters() {
    return Set.of();
  }

  @Override
  public QueryCost effort() {
    return QueryCost.LONG;
  }

  @Override
  public int bodyBytesMost() {
    return BODY_BYTES_MOST;
  }

  @Override
  public boolean isLasting() {
    return false;
  }

  @Override
  public String smaller() {
    return "Ask about few VMs in \"vms\" and not about the whole environment, or have the service"
        + " started with a larger --time-limit.";
  }

  @Override
  public Answer answer(QuestionRequest asked) throws Refusal {
    var request = request(asked.body());
    asked.tellEdits(request.edits().count());
    var vms = new ArrayList<ComparedVm>();
    var edited = edited(asked, request);
    for (String id : request.vms()) {
      int vm = asked.vmOf(id);
      vms.add(new ComparedVm(vm, edited.removedVms().get(vm) ? ComparedVm.ABSENT : vm));
    }
    var comparison = Comparison.of(asked.graph(), edited);
    asked.deadline().check();
    boolean whole = request.environment() || vms.isEmpty();
    return Answer.of(
        WhatIfAnswer.of(
            edited,
            comparison,
            vms,
            whole
                ? Optional.of(changes(asked, comparison, request.worst().orElse(WORST_USUAL)))
                : Optional.empty(),
            request.limit().orElse(LIMIT_USUAL)));
  }

  static ChangedSurfaces changes(QuestionRequest asked, Comparison comparison, int worst) {
    return ChangedSurfaces.of(
        comparison, SurfaceChanges.of(comparison, worst, asked.deadline(), Progress.NONE));
  }

  private static WhatIfRequest request(byte[] body) throws Refusal {
    try {
      var request = EditsDocument.read(body);
      if (request.edits().count() == 0) {
        throw new Refusal(
            Refusal.Kind.INVALID_BODY,
            "Nothing is to be changed; send \"remove_rules\" or another edit.");
      }
      return request;
    } catch (EditsDocument.Malformed e) {
      throw new Refusal(Refusal.Kind.INVALID_BODY, "The body cannot be read: " + e.what() + ".");
    }
  }

  private static EditedEnvironment edited(QuestionRequest asked, WhatIfRequest request)
      throws Refusal {
    try {
      return EditedEnvironment.of(asked.generation().environment(), request.edits());
    } catch (EditsRefused e) {
      var first = e.faults().getFirst();
      if (first.kind() == EditsRefused.Kind.UNKNOWN_VM) {
        var _ = asked.vmWithId(first.named());
      }
      int more = e.faultCount() - 1;
      throw new Refusal(
          Refusal.Kind.EDITS_REFUSED,
          "The edits name "
              + Query.shown(first.named())
              + ": "
              + first.what()
              + (more == 0 ? "." : more == 1 ? "; and 1 more fault." : "; and " + more + " more."));
    }
  }
}
