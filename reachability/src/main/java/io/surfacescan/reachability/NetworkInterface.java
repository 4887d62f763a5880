package io.surfacescan.reachability;

import io.surfacescan.model.AddressRange;
import java.util.List;
import java.util.Optional;

/// One way into and out of an endpoint: a network interface with one address, a pod.
///
/// An interface with several addresses stands here once for each: a rule may match one alone.
///
/// @param address the one that rules see, if rules see any; more than one address if only the range
///   that it comes from is known. Interfaces with addresses of two families do not meet
/// @param ports the ports that have names here
public record NetworkInterface(Marks marks, Optional<AddressRange> address, List<NamedPort> ports) {
  public NetworkInterface {
    ports = List.copyOf(ports);
  }

  public NetworkInterface(Marks marks) {
    this(marks, Optional.empty(), List.of());
  }

  public NetworkInterface(Marks marks, AddressRange address) {
    this(marks, Optional.of(address), List.of());
  }

  /// The same, with what others have too kept once.
  NetworkInterface sharing(SharedValues shared) {
    var own = new NetworkInterface(shared.marks(marks), address, shared.one(ports));
    return address.isPresent() ? own : shared.one(own);
  }
}
