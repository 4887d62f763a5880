package io.surfacescan.reachability;

import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Why one side may talk with another, or may not: what each link and each gate between them lets
/// through, and by which real rules. Worked out on the model for this one pair, gate by gate; it
/// shares nothing with the [Lowering], so it checks it too.
///
/// @param services what passes, over any of the pairs of interfaces
/// @param pairs the pairs of interfaces that differ, those that let more through first; a few
public record Explanation(Services services, List<Pair> pairs) {
  private static final int PAIRS_MOST = 10_000;
  private static final int PAIRS_LISTED = 4;

  /// One end of a question.
  public sealed interface Side {
    List<NetworkInterface> interfaces();

    /// An endpoint.
    record OfEndpoint(Endpoint endpoint) implements Side {
      @Override
      public List<NetworkInterface> interfaces() {
        return List.copyOf(new LinkedHashSet<>(endpoint.interfaces()));
      }
    }

    /// An address outside.
    record OfOutside(Outside outside, AddressRange address) implements Side {
      @Override
      public List<NetworkInterface> interfaces() {
        return List.of(new NetworkInterface(outside.marks(), address));
      }
    }
  }

  /// What a pair of interfaces may do.
  ///
  /// @param links the links that lead from the one to the other; without any nothing passes
  /// @param gates what stands in between, those of the source first
  public record Pair(
      NetworkInterface from,
      NetworkInterface to,
      List<Link> links,
      List<Verdict> gates,
      Services services) {
    /// The first gate that blocks by itself; empty if none does, or no link leads there.
    public Optional<Verdict> firstBlocking() {
      return gates.stream().filter(verdict -> verdict.services().isEmpty()).findFirst();
    }
  }

  /// What one gate lets through.
  ///
  /// @param isExempt whether the gate does not see the packets of this pair
  /// @param matches the rules that decide something, in their order
  /// @param byDefault what passes, or does not, because no rule is about it
  public record Verdict(
      Gate gate, boolean isExempt, Services services, List<Match> matches, Services byDefault) {}

  /// What a rule decides.
  ///
  /// @param services those of the pair's that the rule matches and no earlier rule took
  public record Match(Tier tier, GateRule rule, Services services) {}

  public Explanation {
    pairs = List.copyOf(pairs);
  }

  /// Explains what passes from the one side to the other.
  ///
  /// @param atMost whether to count what may be allowed, or only what is for sure
  public static Explanation of(ReachabilityModel model, Side from, Side to, boolean atMost) {
    var pairs = new ArrayList<Pair>();
    for (NetworkInterface source : from.interfaces()) {
      for (NetworkInterface target : to.interfaces()) {
        if (pairs.size() < PAIRS_MOST) {
          pairs.add(pair(model, source, target, atMost));
        }
      }
    }
    var services = Services.union(pairs.stream().map(Pair::services).toList());
    pairs.sort((some, other) -> Boolean.compare(some.services.isEmpty(), other.services.isEmpty()));
    return new Explanation(services, pairs.subList(0, Math.min(PAIRS_LISTED, pairs.size())));
  }

  private static Pair pair(
      ReachabilityModel model, NetworkInterface from, NetworkInterface to, boolean atMost) {
    boolean isOneFamily =
        from.address().isEmpty()
            || to.address().isEmpty()
            || from.address().get().isV6() == to.address().get().isV6();
    var links = new ArrayList<Link>();
    var services = Services.NONE;
    for (Link link : model.links()) {
      if (isOneFamily
          && link.sources().picks(from, atMost)
          && link.destinations().picks(to, atMost)) {
        links.add(link);
        services = services.or(link.services());
      }
    }
    var verdicts = new ArrayList<Verdict>();
    for (Direction direction : List.of(Direction.EGRESS, Direction.INGRESS)) {
      boolean isEgress = direction == Direction.EGRESS;
      for (Gate gate : model.gates()) {
        if (gate.direction() == direction && gate.guards().picks(isEgress ? from : to, true)) {
          var verdict = verdict(gate, isEgress ? from : to, isEgress ? to : from, to, atMost);
          verdicts.add(verdict);
          services = services.and(verdict.services);
        }
      }
    }
    return new Pair(from, to, links, verdicts, services);
  }

  private static Verdict verdict(
      Gate gate,
      NetworkInterface guarded,
      NetworkInterface peer,
      NetworkInterface reached,
      boolean atMost) {
    if (gate.exempt().picks(peer, atMost)) {
      return new Verdict(gate, true, Services.ALL, List.of(), Services.ALL);
    }
    var matches = new ArrayList<Match>();
    var allowed = Services.NONE;
    var open = Services.ALL;
    for (Tier tier : gate.tiers()) {
      if (!tier.applies().picks(guarded, true)) {
        continue;
      }
      var passed = Services.NONE;
      var undecided = open;
      // What an earlier rule of the tier allows, a later one may allow too: both are named.
      var nameable = open;
      for (GateRule rule : tier.rules()) {
        boolean most = (rule.action() == GateRule.Action.ALLOW) == atMost;
        if (!rule.targets().picks(guarded, most) || !rule.peers().picks(peer, most)) {
          continue;
        }
        var meant = rule.services();
        for (PortName name : rule.portNames()) {
          meant = meant.or(name.on(reached.ports()));
        }
        boolean allows = rule.action() == GateRule.Action.ALLOW;
        var taken = meant.and(allows ? nameable : undecided);
        if (taken.isEmpty()) {
          continue;
        }
        matches.add(new Match(tier, rule, taken));
        switch (rule.action()) {
          case ALLOW -> allowed = allowed.or(taken);
          case DENY -> nameable = nameable.minus(taken);
          case PASS -> {
            passed = passed.or(taken);
            nameable = nameable.minus(taken);
          }
        }
        undecided = undecided.minus(taken);
      }
      open = tier.otherwise() == Tier.Otherwise.NEXT ? undecided.or(passed) : passed;
    }
    return new Verdict(
        gate, false, gate.allowsOtherwise() ? allowed.or(open) : allowed, matches, open);
  }
}
