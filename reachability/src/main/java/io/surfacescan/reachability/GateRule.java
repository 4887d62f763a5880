package io.surfacescan.reachability;

import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A real rule of a gate.
///
/// It matches a packet if `targets` picks the guarded side, `peers` the other side, and the service
/// is among `services` or what `portNames` mean on the side that is reached.
///
/// @param id as its source has it, or made of its content; never a position in a list. Several
///   rules may be parts of one real rule, with one id
/// @param place where it stands
/// @param targets which of the guarded interfaces it is about
/// @param peers must hold no [Selector.Unknown], nor must `targets`, if the action is `PASS`
/// @param text what it says, in few words, such as `allow tcp/443 from 10.0.0.0/8`
public record GateRule(
    String id,
    Optional<Place> place,
    Action action,
    Selector targets,
    Selector peers,
    Services services,
    List<PortName> portNames,
    String text) {
  /// What becomes of a packet that the rule matches.
  public enum Action {
    ALLOW,
    DENY,
    /// The next tier decides.
    PASS
  }

  public GateRule {
    portNames = List.copyOf(portNames);
  }

  /// A rule that allows, without names of ports.
  public static GateRule allow(
      String id, Optional<Place> place, Selector targets, Selector peers, Services services) {
    return of(Action.ALLOW, id, place, targets, peers, services);
  }

  /// A rule that denies, without names of ports.
  public static GateRule deny(
      String id, Optional<Place> place, Selector targets, Selector peers, Services services) {
    return of(Action.DENY, id, place, targets, peers, services);
  }

  /// The same at another place.
  GateRule at(UnaryOperator<Place> places) {
    return new GateRule(id, place.map(places), action, targets, peers, services, portNames, text);
  }

  private static GateRule of(
      Action action,
      String id,
      Optional<Place> place,
      Selector targets,
      Selector peers,
      Services services) {
    String verb = action == Action.ALLOW ? "allow " : "deny ";
    return new GateRule(
        id, place, action, targets, peers, services, List.of(), verb + services + ", " + peers);
  }
}
