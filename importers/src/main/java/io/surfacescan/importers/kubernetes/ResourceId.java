package io.surfacescan.importers.kubernetes;

import io.surfacescan.importers.json.Quoted;

/// Names a resource within its cluster.
///
/// @param kind as it is written, such as `Deployment`
/// @param namespace empty for a resource of the whole cluster
record ResourceId(String kind, String namespace, String name) {
  /// As an endpoint is called: `namespace/name[Kind]`.
  String endpointId() {
    return namespace + "/" + name + "[" + kind + "]";
  }

  /// For a message.
  String shown() {
    return Quoted.bare(toString());
  }

  @Override
  public String toString() {
    return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
