package io.surfacescan.reachability;

import io.surfacescan.model.VmKind;
import java.util.List;
import java.util.Optional;

/// Something that attacks and is attacked, which becomes a VM of the environment.
///
/// @param id what answers call it, each once
/// @param scope the account and region, project or cluster it stands in
/// @param labels what people told about it, as `key=value`; rules do not read them
/// @param addresses all that it is known by, public ones too, as people write them
/// @param interfaces at least one, or nothing reaches it
public record Endpoint(
    String id,
    Optional<String> name,
    VmKind kind,
    Optional<String> scope,
    List<String> labels,
    List<String> addresses,
    List<NetworkInterface> interfaces) {
  public Endpoint {
    labels = List.copyOf(labels);
    addresses = List.copyOf(addresses);
    interfaces = List.copyOf(interfaces);
    if (kind.isExternal()) {
      throw new IllegalArgumentException("addresses outside are an Outside: " + id);
    }
  }

  /// An endpoint with one interface and nothing else known of it.
  public static Endpoint of(String id, VmKind kind, NetworkInterface only) {
    return new Endpoint(
        id, Optional.empty(), kind, Optional.empty(), List.of(), List.of(), List.of(only));
  }
}
