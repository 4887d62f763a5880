package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.FoundByHop;
import java.util.Optional;

/// The attackers of a VM or group, or its victims: a part of the list.
///
/// @param found their hops, if they were asked for
/// @param why whether the rule of a hop is asked for too
/// @param vms the VMs of the part, in order
/// @param total how many VMs there are in all
/// @param start the place of the first of the part
public record VmList(
    AttackGraph graph,
    Way way,
    Subject subject,
    Optional<FoundByHop> found,
    boolean why,
    VmSequence vms,
    int total,
    int start)
    implements Answer {
  @Override
  public Optional<Part> part() {
    return Optional.of(new Part(total, start, vms.size()));
  }
}
