package io.surfacescan.questions;

import io.surfacescan.engine.Exposure;
import java.util.OptionalInt;

/// A VM in a list, with its exposure.
///
/// @param alike of a row that stands for several VMs with one attack surface, how many they are,
///   itself included
/// @param farthestHops the hops of its farthest attacker, if they were asked for and found in time
public record ExposedVm(Exposure exposure, OptionalInt alike, OptionalInt farthestHops) {
  public static ExposedVm of(Exposure exposure) {
    return new ExposedVm(exposure, OptionalInt.empty(), OptionalInt.empty());
  }

  public int vm() {
    return exposure.vm();
  }
}
