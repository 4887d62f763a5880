package io.surfacescan.importers.kubernetes;

import java.util.Set;

/// What is passed over in a resource, with all that it holds: most of a pod is about other things
/// than who may reach it.
final class Skipped {
  private static final Set<String> KEYS =
      Set.of(
          "managedFields",
          "env",
          "envFrom",
          "volumes",
          "volumeMounts",
          "volumeDevices",
          "resources",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle",
          "securityContext",
          "affinity",
          "tolerations",
          "topologySpreadConstraints",
          "conditions",
          "containerStatuses",
          "initContainerStatuses",
          "command",
          "args",
          "data",
          "binaryData",
          "stringData",
          "volumeClaimTemplates");

  /// Objects whose keys people choose.
  private static final Set<String> OF_PEOPLE =
      Set.of("labels", "matchLabels", "selector", "annotations");

  private Skipped() {}

  /// @param holder the key of the object that the key stands in; empty at the top
  static boolean is(String key, String holder) {
    return KEYS.contains(key) && !OF_PEOPLE.contains(holder);
  }
}
