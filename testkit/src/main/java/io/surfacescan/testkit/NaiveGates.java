package io.surfacescan.testkit;

import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import java.util.List;

/// What a [ReachabilityModel] lets through, executed word by word: one packet of one pair of
/// interfaces to one port, held against every link and every rule of every gate.
///
/// It shares nothing with the lowering, nor with the explanation, but the meaning: no classes, no
/// sets, no services but single ports.
///
/// @param atMost whether to let through all that may be let through, or only what is for sure
public record NaiveGates(ReachabilityModel model, boolean atMost) {
  /// One packet's service.
  ///
  /// @param port 1 for ICMP
  public record Packet(Protocol protocol, int port) {}

  /// Whether any interface of the one may reach any of the other.
  public boolean pass(List<NetworkInterface> from, List<NetworkInterface> to, Packet packet) {
    return from.stream()
        .anyMatch(source -> to.stream().anyMatch(target -> passes(source, target, packet)));
  }

  private boolean passes(NetworkInterface from, NetworkInterface to, Packet packet) {
    if (from.address().isPresent()
        && to.address().isPresent()
        && from.address().get().isV6() != to.address().get().isV6()) {
      return false;
    }
    boolean isLinked = false;
    for (Link link : model.links()) {
      isLinked |=
          has(link.services().texts(), packet)
              && picks(link.sources(), from, atMost)
              && picks(link.destinations(), to, atMost);
    }
    if (!isLinked) {
      return false;
    }
    for (Gate gate : model.gates()) {
      boolean isEgress = gate.direction() == Direction.EGRESS;
      NetworkInterface guarded = isEgress ? from : to;
      NetworkInterface peer = isEgress ? to : from;
      if (picks(gate.guards(), guarded, true)
          && !picks(gate.exempt(), peer, atMost)
          && !allows(gate, guarded, peer, to, packet)) {
        return false;
      }
    }
    return true;
  }

  private boolean allows(
      Gate gate,
      NetworkInterface guarded,
      NetworkInterface peer,
      NetworkInterface to,
      Packet packet) {
    for (Tier tier : gate.tiers()) {
      if (!picks(tier.applies(), guarded, true)) {
        continue;
      }
      GateRule first = null;
      for (GateRule rule : tier.rules()) {
        boolean most = rule.action() == GateRule.Action.ALLOW ? atMost : !atMost;
        if (first == null
            && picks(rule.targets(), guarded, most)
            && picks(rule.peers(), peer, most)
            && matches(rule, to, packet)) {
          first = rule;
        }
      }
      if (first != null && first.action() != GateRule.Action.PASS) {
        return first.action() == GateRule.Action.ALLOW;
      }
      if (first == null && tier.otherwise() == Tier.Otherwise.DENY) {
        return false;
      }
    }
    return gate.allowsOtherwise();
  }

  private static boolean matches(GateRule rule, NetworkInterface to, Packet packet) {
    return has(rule.services().texts(), packet)
        || rule.portNames().stream()
            .anyMatch(name ->
                to.ports().stream()
                    .anyMatch(port ->
                        port.name().equals(name.name())
                            && port.protocol() == packet.protocol()
                            && port.port() == packet.port()
                            && has(name.within().texts(), packet)
                            && (name.protocol().isEmpty()
                                || name.protocol().get() == packet.protocol())));
  }

  /// Whether services, as they are written, have the packet's.
  public static boolean has(List<String> services, Packet packet) {
    for (String text : services) {
      String protocol = text.replaceFirst("/.*", "");
      if (text.equals("all") || (text.equals("icmp") && packet.protocol() == Protocol.ICMP)) {
        return true;
      }
      if (text.contains("/") && protocol.equals(packet.protocol().code())) {
        String[] ports = text.substring(protocol.length() + 1).split("-", -1);
        if (Integer.parseInt(ports[0]) <= packet.port()
            && packet.port() <= Integer.parseInt(ports[ports.length - 1])) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean picks(Selector selector, NetworkInterface candidate, boolean most) {
    return switch (selector) {
      case Selector.Everyone() -> true;
      case Selector.Marked(String mark) -> candidate.marks().texts().contains(mark);
      case Selector.Within(List<AddressRange> ranges) -> {
        boolean isWithin = false;
        for (AddressRange range : ranges) {
          isWithin |=
              candidate.address().isPresent()
                  && (most
                      ? range.and(candidate.address().get()).isPresent()
                      : range.and(candidate.address().get()).equals(candidate.address()));
        }
        yield isWithin;
      }
      case Selector.AllOf(List<Selector> all) -> {
        boolean isPicked = true;
        for (Selector each : all) {
          isPicked &= picks(each, candidate, most);
        }
        yield isPicked;
      }
      case Selector.AnyOf(List<Selector> any) -> {
        boolean isPicked = false;
        for (Selector each : any) {
          isPicked |= picks(each, candidate, most);
        }
        yield isPicked;
      }
      case Selector.Not(Selector other) -> !picks(other, candidate, !most);
      case Selector.Unknown _ -> most;
    };
  }
}
