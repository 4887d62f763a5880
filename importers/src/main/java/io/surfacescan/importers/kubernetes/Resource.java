package io.surfacescan.importers.kubernetes;

import io.surfacescan.importers.json.SourceOffset;
import java.util.Map;
import java.util.Optional;

/// A resource of a kind that matters, but for pods and their owners ([PodSet]).
///
/// @param spot where it starts
/// @param annotations those of it that are read
/// @param spec as it is written
record Resource(
    ResourceId id,
    SourceOffset spot,
    Map<String, String> labels,
    Map<String, String> annotations,
    Node spec,
    Optional<String> address) {
  /// Whether both say the same, wherever they stand.
  boolean saysTheSameAs(Resource other) {
    return labels.equals(other.labels) && spec.equals(other.spec);
  }
}
