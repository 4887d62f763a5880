package io.surfacescan.service.answers;

import io.surfacescan.engine.Exposure;
import io.surfacescan.report.VmFacts;
import io.surfacescan.service.exchange.Refusal;
import java.util.List;
import java.util.Set;

/// `GET /vm`: what a VM is and how exposed it is.
final class VmQuestion implements Question {
  @Override
  public Set<String> parameters() {
    return VmParameter.names(required());
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
  public Answer answer(QuestionRequest asked) throws Refusal {
    int vm = VmParameter.VM.vm(asked);
    var exposure =
        asked
            .generation()
            .exposuresFound()
            .map(all -> all.of(vm))
            .orElseGet(() -> Exposure.of(asked.graph(), vm));
    return Answer.of(new VmFacts(asked.generation().environment(), exposure));
  }
}
