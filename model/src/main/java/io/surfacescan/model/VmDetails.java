package io.surfacescan.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  // What Java makes of a record for these two it links anew at each start.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VmDetails that
        && kind == that.kind
        && scope.equals(that.scope)
        && labels.equals(that.labels)
        && addresses.equals(that.addresses);
  }

  @Override
  public int hashCode() {
    return ((kind.hashCode() * 31 + scope.hashCode()) * 31 + labels.hashCode()) * 31
        + addresses.hashCode();
  }

  VmDetails withAddresses(List<String> others) {
    return new VmDetails(kind, scope, labels, others);
  }
}
