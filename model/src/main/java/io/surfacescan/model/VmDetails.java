package io.surfacescan.model;

import java.util.List;
import java.util.Optional;

/// What a VM is besides its tags. An input that says nothing about any VM costs nothing.
///
/// @param scope the account and region, project or cluster it stands in
/// @param labels what people told about it, as `key=value`
/// @param addresses IP addresses and ranges it is known by, as people write them
public record VmDetails(
    VmKind kind, Optional<String> scope, List<String> labels, List<String> addresses) {
  public static final VmDetails NONE =
      new VmDetails(VmKind.VM, Optional.empty(), List.of(), List.of());

  public VmDetails {
    labels = List.copyOf(labels);
    addresses = List.copyOf(addresses);
  }

  VmDetails withAddresses(List<String> others) {
    return new VmDetails(kind, scope, labels, others);
  }
}
