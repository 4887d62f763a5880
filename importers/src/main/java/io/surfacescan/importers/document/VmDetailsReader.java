package io.surfacescan.importers.document;

import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonToken;

/// Reads what a document says of a VM besides its tags.
final class VmDetailsReader {
  private final DetailReader values;
  private boolean isNone = true;
  private VmKind kind = VmKind.VM;
  private Optional<String> scope = Optional.empty();
  private List<String> labels = List.of();
  private List<String> addresses = List.of();

  VmDetailsReader(DetailReader values) {
    this.values = values;
  }

  /// Forgets what it said of the VM before.
  void start() {
    if (!isNone) {
      isNone = true;
      kind = VmKind.VM;
      scope = Optional.empty();
      labels = List.of();
      addresses = List.of();
    }
  }

  static boolean isField(String key) {
    return switch (key) {
      case "kind", "scope", "labels", "addresses" -> true;
      default -> false;
    };
  }

  /// Whether a value may stand under the key. The exports of other programs have such keys for
  /// other things.
  static boolean fits(String key, JsonToken value, String text) {
    return switch (key) {
      case "kind" -> VmKind.ofCode(text).isPresent();
      case "scope" -> value == JsonToken.VALUE_STRING;
      default -> value == JsonToken.START_ARRAY;
    };
  }

  void read(String key, JsonToken value) {
    isNone = false;
    switch (key) {
      case "kind" -> kind = values.kind(value).orElse(VmKind.VM);
      case "scope" -> scope = values.text(value, "scope");
      case "labels" -> labels = values.labels(value);
      default -> addresses = values.addresses(value);
    }
  }

  /// Whether the VM at hand says anything but what holds without a word.
  boolean isGiven() {
    return !isNone && !details().equals(VmDetails.NONE);
  }

  VmDetails details() {
    return new VmDetails(kind, scope, labels, addresses);
  }
}
