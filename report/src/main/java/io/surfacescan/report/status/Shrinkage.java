package io.surfacescan.report.status;

import io.surfacescan.model.Environment;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// A fall of the VMs or of the rules by more than half from one environment to the next: rather an
/// input of which a part is missing than a change that is meant.
public record Shrinkage(int vmCountBefore, int ruleCountBefore) {
  /// Empty if at least half of the VMs and half of the rules are left.
  public static Optional<Shrinkage> between(Environment before, Environment now) {
    boolean shrank =
        isLessThanHalf(now.countedVms(), before.countedVms())
            || isLessThanHalf(now.ruleCount(), before.ruleCount());
    return shrank
        ? Optional.of(new Shrinkage(before.countedVms(), before.ruleCount()))
        : Optional.empty();
  }

  private static boolean isLessThanHalf(int part, int whole) {
    return 2L * part < whole;
  }

  /// Writes the property `shrunk`: null if the environment did not shrink.
  static void property(JsonGenerator json, Optional<Shrinkage> shrinkage) {
    if (shrinkage.isEmpty()) {
      json.writeNullProperty("shrunk");
      return;
    }
    json.writeObjectPropertyStart("shrunk");
    json.writeNumberProperty("vm_count_before", shrinkage.get().vmCountBefore());
    json.writeNumberProperty("rule_count_before", shrinkage.get().ruleCountBefore());
    json.writeEndObject();
  }
}
