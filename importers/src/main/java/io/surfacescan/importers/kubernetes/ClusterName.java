package io.surfacescan.importers.kubernetes;

import java.util.Set;

/// What a cluster is called, and what stands in it.
///
/// @param name empty if it is the only one
/// @param shared the ids that stand in other clusters too
record ClusterName(String name, Set<String> shared) {
  /// The only cluster.
  static final ClusterName ONLY = new ClusterName("", Set.of());

  boolean isOnly() {
    return name.isEmpty();
  }

  /// An id of something in the cluster: one that stands in another too has the cluster before it.
  String of(String id) {
    return shared.contains(id) ? name + "/" + id : id;
  }

  /// An id that every cluster has.
  String own(String id) {
    return isOnly() ? id : name + "/" + id;
  }

  /// What keeps the marks of clusters apart.
  String markPrefix() {
    return isOnly() ? "" : name + ": ";
  }
}
