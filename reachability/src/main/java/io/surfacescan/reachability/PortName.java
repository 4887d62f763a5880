package io.surfacescan.reachability;

import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import java.util.List;
import java.util.Optional;

/// A port that a rule names instead of giving its number. It means the port of that name of the
/// interface that is reached, and nothing if that has none.
///
/// @param protocol only a port of this protocol, if given
/// @param within only a port among these
public record PortName(String name, Optional<Protocol> protocol, Services within) {
  public PortName(String name, Optional<Protocol> protocol) {
    this(name, protocol, Services.ALL);
  }

  /// The name, where it means one of these services.
  public PortName within(Services services) {
    return new PortName(name, protocol, within.and(services));
  }

  /// What the name means on an interface with these ports.
  public Services on(List<NamedPort> ports) {
    var meant = Services.NONE;
    for (NamedPort port : ports) {
      if (port.name().equals(name) && protocol.map(port.protocol()::equals).orElse(true)) {
        meant = meant.or(Services.of(port.protocol(), port.port(), port.port()));
      }
    }
    return meant.and(within);
  }
}
