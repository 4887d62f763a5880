package io.surfacescan.model;

import java.util.Arrays;
import java.util.Optional;

/// What a VM of an [Environment] really is. A document that says nothing means [#VM].
public enum VmKind {
  VM("vm"),
  /// The pods of one owner.
  WORKLOAD("workload"),
  LOAD_BALANCER("load-balancer"),
  DATABASE("database"),
  FUNCTION("function"),
  /// What lets the outside in: an ingress, a service with a port on every node.
  GATEWAY("gateway"),
  /// Addresses outside that attack and are never attacked.
  EXTERNAL("external"),
  /// Addresses outside that are reached and never attack.
  EXTERNAL_SINK("external-sink");

  private final String code;

  VmKind(String code) {
    this.code = code;
  }

  /// The stable name in documents, such as `load-balancer`.
  public String code() {
    return code;
  }

  /// Whether it stands for addresses outside, which are left out of counts of VMs.
  public boolean isExternal() {
    return this == EXTERNAL || this == EXTERNAL_SINK;
  }

  public static Optional<VmKind> ofCode(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
  }
}
