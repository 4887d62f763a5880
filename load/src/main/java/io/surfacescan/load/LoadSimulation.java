package io.surfacescan.load;

/// The load that is measured.
public final class LoadSimulation extends PlannedSimulation {
  /// Reads the plan.
  public LoadSimulation() {
    super(plan -> plan);
  }
}
