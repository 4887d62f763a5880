package io.surfacescan.reachability;

import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A way for packets: a route, a network, a peering, a balancer to its targets. Without any no
/// packet passes.
///
/// @param id as its source has it, such as `pcx-1` or `rtb-1/10.1.0.0/16`
/// @param name for people, such as `peering pcx-1`
/// @param place where it stands, if it stands anywhere
/// @param services what it carries
public record Link(
    String id,
    String name,
    Optional<Place> place,
    Selector sources,
    Selector destinations,
    Services services) {
  /// The same at another place.
  Link at(UnaryOperator<Place> places) {
    return new Link(id, name, place.map(places), sources, destinations, services);
  }
}
