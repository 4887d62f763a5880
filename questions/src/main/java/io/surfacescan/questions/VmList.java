package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.FoundByHop;
import io.surfacescan.questions.arguments.Subject;
import java.util.Optional;

/// The attackers of a VM or group, or its victims: a part of the list.
///
/// @param found their hops, if they were asked for
/// @param why whether the rule of a hop is asked for too
/// @param internet of attackers, whether the internet is one, if the environment has it
/// @param vms the VMs of the part, in order
public record VmList(
    AttackGraph graph,
    Way way,
    Subject subject,
    Optional<FoundByHop> found,
    boolean why,
    Optional<Internet> internet,
    VmSequence vms,
    Optional<Part> part)
    implements Answer {
  /// How many VMs there are in all.
  public int total() {
    return part.orElseThrow().total();
  }
}
