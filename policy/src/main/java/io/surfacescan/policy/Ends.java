package io.surfacescan.policy;

import java.util.List;

/// Who attacks and who is attacked: each end is all VMs that one of its selectors picks.
public record Ends(List<Selector> from, List<Selector> to) {
  public Ends {
    from = List.copyOf(from);
    to = List.copyOf(to);
  }
}
