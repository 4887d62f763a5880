package io.surfacescan.questions;

import io.surfacescan.engine.ComparedVm;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.SurfaceCause;
import java.util.Optional;

/// Why the surface of a VM changed: the rules that let attackers in, those that let them in no
/// more, and an attacker of either kind with its path.
public record CausesOfChange(
    Comparison comparison, Optional<SurfaceCause> gain, Optional<SurfaceCause> loss) {
  static CausesOfChange of(Comparison comparison, ComparedVm vm) {
    return new CausesOfChange(
        comparison, SurfaceCause.ofGain(comparison, vm), SurfaceCause.ofLoss(comparison, vm));
  }
}
