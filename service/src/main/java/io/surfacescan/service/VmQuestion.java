package io.surfacescan.service;

import io.surfacescan.engine.Exposure;
import io.surfacescan.report.VmFacts;
import java.util.Set;

/// `GET /vm`: what a VM is and how exposed it is.
final class VmQuestion implements Question {
  private static final String VM_ID = "vm_id";

  @Override
  public Set<String> parameters() {
    return Set.of(VM_ID);
  }

  @Override
  public Set<String> required() {
    return Set.of(VM_ID);
  }

  @Override
  public Effort effort() {
    return Effort.QUICK;
  }

  @Override
  public Answer answer(Asked asked) throws Refusal {
    int vm = asked.vm(VM_ID);
    var exposure =
        asked
            .generation()
            .exposuresFound()
            .map(all -> all.of(vm))
            .orElseGet(() -> Exposure.of(asked.graph(), vm));
    return Answer.of(new VmFacts(asked.generation().environment(), exposure));
  }
}
