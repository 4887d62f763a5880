package io.surfacescan.report.status;

import io.surfacescan.report.format.JsonDocument;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether the service is up, in the form of MicroProfile Health: `{"status", "checks": [{"name",
/// "status", "data"}]}`.
public record HealthDocument(List<Check> checks) {
  /// One thing that was looked at.
  ///
  /// @param data more about it, in this order
  public record Check(String name, boolean isUp, Map<String, String> data) {
    public Check {
      data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }
  }

  public HealthDocument {
    checks = List.copyOf(checks);
  }

  /// Whether every check is up.
  public boolean isUp() {
    return checks.stream().allMatch(Check::isUp);
  }

  private static String word(boolean isUp) {
    return isUp ? "UP" : "DOWN";
  }

  public byte[] json() {
    return JsonDocument.object(json -> {
      json.writeStringProperty("status", word(isUp()));
      json.writeArrayPropertyStart("checks");
      for (var check : checks) {
        json.writeStartObject();
        json.writeStringProperty("name", check.name());
        json.writeStringProperty("status", word(check.isUp()));
        if (!check.data().isEmpty()) {
          json.writeObjectPropertyStart("data");
          check.data().forEach(json::writeStringProperty);
          json.writeEndObject();
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }
}
