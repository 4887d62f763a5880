package io.surfacescan.load;

/// The same load as is measured after it, with other requests.
public final class WarmUp extends PlannedSimulation {
  /// Reads the plan.
  public WarmUp() {
    super(Plan::ofWarmUp);
  }
}
