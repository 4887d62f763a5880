package io.surfacescan.importers.kubernetes;

import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.reachability.NamedPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A pod, or what makes pods: a template of theirs.
///
/// @param owner what it belongs to, of the same namespace
/// @param labels of the pods
/// @param ports of the pods' containers that have names
/// @param address of a pod that runs
record PodSet(
    ResourceId id,
    SourceOffset spot,
    Optional<ResourceId> owner,
    Map<String, String> labels,
    List<NamedPort> ports,
    boolean isOnHostNetwork,
    Optional<String> address) {
  boolean isPod() {
    return id.kind().equals("Pod");
  }

  /// Whether both say the same, wherever they stand.
  boolean saysTheSameAs(PodSet other) {
    return owner.equals(other.owner) && labels.equals(other.labels) && ports.equals(other.ports);
  }
}
