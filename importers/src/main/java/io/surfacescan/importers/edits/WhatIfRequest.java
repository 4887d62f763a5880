package io.surfacescan.importers.edits;

import io.surfacescan.model.Edits;
import java.util.List;
import java.util.OptionalInt;

/// Edits and the question what they would do.
///
/// @param vms the ids of the VMs asked about
/// @param environment whether the whole environment is asked about
/// @param limit the most ids or rules in a list, if it is said
/// @param worst how many of the VMs that changed most; as `limit` unless it is said apart
public record WhatIfRequest(
    Edits edits, List<String> vms, boolean environment, OptionalInt limit, OptionalInt worst) {
  public static final WhatIfRequest NONE =
      new WhatIfRequest(Edits.NONE, List.of(), false, OptionalInt.empty(), OptionalInt.empty());

  public WhatIfRequest {
    vms = List.copyOf(vms);
  }
}
