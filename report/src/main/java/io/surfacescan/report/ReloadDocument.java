package io.surfacescan.report;

/// The outcome of a load that was asked for and served.
///
/// @param version SHA-256 over the ordered input
/// @param warnings how many there were
public record ReloadDocument(String version, int vmCount, int ruleCount, long warnings) {
  public byte[] json() {
    return JsonDocument.object(json -> {
      json.writeStringProperty("version", version);
      json.writeNumberProperty("vm_count", vmCount);
      json.writeNumberProperty("rule_count", ruleCount);
      json.writeNumberProperty("warnings", warnings);
    });
  }
}
