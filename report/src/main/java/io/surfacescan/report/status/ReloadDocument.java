package io.surfacescan.report.status;

import io.surfacescan.report.format.JsonDocument;
import java.util.Optional;

/// The outcome of a load that was asked for and served.
///
/// @param version SHA-256 over the ordered input
/// @param warnings how many there were
/// @param shrinkage compared with the environment served before
public record ReloadDocument(
    String version, int vmCount, int ruleCount, long warnings, Optional<Shrinkage> shrinkage) {
  public byte[] json() {
    return JsonDocument.object(json -> {
      json.writeStringProperty("version", version);
      json.writeNumberProperty("vm_count", vmCount);
      json.writeNumberProperty("rule_count", ruleCount);
      json.writeNumberProperty("warnings", warnings);
      Shrinkage.property(json, shrinkage);
    });
  }
}
