package io.surfacescan.reachability;

import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why one side may talk with another, or may not: what each link and each gate between them lets
/// through, and by which real rules. Worked out on the model for this one pair, gate by gate; it
/// shares nothing with the lowering, so it checks it too.
///
/// @param services what passes, over any of the pairs of interfaces
/// @param pairs the pairs of interfaces that differ in what lets them through or blocks them, a
///   few: first those that pass, then those that the fewest gates block
/// @param grounds what passes with all of the pairs, and by which rules
/// @param isWhole whether all pairs of interfaces were looked at
public record Explanation(Services services, List<Pair> pairs, Grounds grounds, boolean isWhole) {
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

  /// What is asked about a pair.
  ///
  /// @param services only these
  /// @param atMost whether to count what may be allowed, or only what is for sure
  public record Scope(Services services, boolean atMost) {}

  /// What a pair of interfaces may do.
  ///
  /// @param isOneFamily whether the addresses are both of IPv4 or both of IPv6, or not known; else
  ///   they never meet
  /// @param links the links that lead from the one to the other; without any nothing passes
  /// @param routed what the links carry together
  /// @param gates what stands in between, from the source outwards and on inwards to the target
  public record Pair(
      NetworkInterface from,
      NetworkInterface to,
      boolean isOneFamily,
      List<Link> links,
      Services routed,
      List<Verdict> gates,
      Services services) {
    /// The first gate that blocks by itself; empty if none does, or no link leads there.
    public Optional<Verdict> firstBlocking() {
      return gates.stream().filter(Verdict::blocks).findFirst();
    }

    /// How many of the gates and links block by themselves.
    private long blockingCount() {
      return gates.stream().filter(Verdict::blocks).count() + (routed.isEmpty() ? 1 : 0);
    }

    /// What tells a pair from others: what it may do, because of what.
    private List<Object> kind() {
      var kind = new ArrayList<Object>(List.of(isOneFamily, routed, services));
      links.forEach(link -> kind.add(link.id()));
      for (Verdict verdict : gates) {
        kind.add(verdict.gate.id());
        kind.add(verdict.services);
      }
      return kind;
    }
  }

  /// What one gate lets through.
  ///
  /// @param isExempt whether the gate does not see the packets of this pair
  /// @param matches the rules that decide something, in their order
  /// @param byDefault what passes, or does not, because no rule is about it
  /// @param subjects the real rules because of which a part of the gate applies to the interface
  public record Verdict(
      Gate gate,
      boolean isExempt,
      Services services,
      List<Match> matches,
      Services byDefault,
      List<Tier.Subject> subjects) {
    /// Whether it blocks by itself.
    public boolean blocks() {
      return services.isEmpty();
    }

    /// What of it lets some services through.
    private Verdict allowing(Services passing) {
      var allowing = new ArrayList<Match>();
      for (Match match : matches) {
        var services = match.services.and(passing);
        if (match.rule.action() == GateRule.Action.ALLOW && !services.isEmpty()) {
          allowing.add(new Match(match.tier, match.rule, services));
        }
      }
      var open = gate.allowsOtherwise() && !isExempt ? byDefault.and(passing) : Services.NONE;
      return new Verdict(gate, isExempt, services.and(passing), allowing, open, subjects);
    }

    /// What either lets through, of the same gate.
    @SuppressWarnings("ReferenceEquality") // Two rules of a model may say the same.
    private Verdict or(Verdict other) {
      var all = new ArrayList<>(matches);
      var places = new IdentityHashMap<GateRule, Integer>();
      for (int i = 0; i < all.size(); i++) {
        places.put(all.get(i).rule, i);
      }
      for (Match match : other.matches) {
        Integer place = places.get(match.rule);
        if (place == null) {
          places.put(match.rule, all.size());
          all.add(match);
        } else {
          var services = all.get(place).services.or(match.services);
          all.set(place, new Match(match.tier, match.rule, services));
        }
      }
      var reasons = new LinkedHashSet<>(subjects);
      reasons.addAll(other.subjects);
      return new Verdict(
          gate,
          isExempt && other.isExempt,
          services.or(other.services),
          all,
          byDefault.or(other.byDefault),
          List.copyOf(reasons));
    }
  }

  /// What a rule decides.
  ///
  /// @param services those of the pair's that the rule matches and no earlier rule took
  public record Match(Tier tier, GateRule rule, Services services) {}

  /// All that lets something through, over all pairs of interfaces: exactly the rules without which
  /// less might pass, or without which others have to let it pass.
  ///
  /// @param gates with their rules that allow what passes, those of the source first
  public record Grounds(List<Link> links, List<Verdict> gates) {
    private static Grounds of(List<Pair> pairs) {
      var links = new LinkedHashSet<Link>();
      Map<String, Verdict> gates = new LinkedHashMap<>();
      for (Pair pair : pairs) {
        if (!pair.services.isEmpty()) {
          pair.links.stream()
              .filter(link -> link.services().meets(pair.services))
              .forEach(links::add);
          for (Verdict verdict : pair.gates) {
            gates.merge(verdict.gate.id(), verdict.allowing(pair.services), Verdict::or);
          }
        }
      }
      var sourceFirst = new ArrayList<>(gates.values());
      sourceFirst.sort(
          Comparator.comparing(verdict -> verdict.gate.direction() == Direction.INGRESS));
      return new Grounds(List.copyOf(links), List.copyOf(sourceFirst));
    }
  }

  public Explanation {
    pairs = List.copyOf(pairs);
  }

  /// Explains what passes from the one side to the other.
  ///
  /// @param atMost whether to count what may be allowed, or only what is for sure
  public static Explanation of(ReachabilityModel model, Side from, Side to, boolean atMost) {
    return of(model, from, to, new Scope(Services.ALL, atMost), () -> {});
  }

  /// Explains what passes from the one side to the other, as far as that is asked.
  ///
  /// Cost: for each pair of interfaces, a look at each rule of the gates in between.
  ///
  /// @param beforeEachPair may throw, to give up
  public static Explanation of(
      ReachabilityModel model, Side from, Side to, Scope asked, Runnable beforeEachPair) {
    var pairs = new ArrayList<Pair>();
    var sources = from.interfaces();
    var targets = to.interfaces();
    for (NetworkInterface source : sources) {
      for (NetworkInterface target : targets) {
        if (pairs.size() < PAIRS_MOST) {
          beforeEachPair.run();
          pairs.add(pair(model, source, target, asked));
        }
      }
    }
    var services = Services.union(pairs.stream().map(Pair::services).toList());
    var grounds = Grounds.of(pairs);
    pairs.sort(
        Comparator.comparing((Pair pair) -> pair.services.isEmpty())
            .thenComparingLong(Pair::blockingCount));
    boolean isWhole = (long) sources.size() * targets.size() <= PAIRS_MOST;
    return new Explanation(services, listed(pairs), grounds, isWhole);
  }

  private static List<Pair> listed(List<Pair> pairs) {
    var kinds = new HashSet<List<Object>>();
    return pairs.stream().filter(pair -> kinds.add(pair.kind())).limit(PAIRS_LISTED).toList();
  }

  private static Pair pair(
      ReachabilityModel model, NetworkInterface from, NetworkInterface to, Scope asked) {
    boolean isOneFamily =
        from.address().isEmpty()
            || to.address().isEmpty()
            || from.address().get().isV6() == to.address().get().isV6();
    var links = new ArrayList<Link>();
    var routed = Services.NONE;
    for (Link link : model.links()) {
      if (isOneFamily
          && link.sources().picks(from, asked.atMost)
          && link.destinations().picks(to, asked.atMost)) {
        links.add(link);
        routed = routed.or(link.services().and(asked.services));
      }
    }
    var verdicts = new ArrayList<Verdict>();
    var services = routed;
    for (Gate gate : gatesOnTheWay(model)) {
      boolean isEgress = gate.direction() == Direction.EGRESS;
      if (gate.guards().picks(isEgress ? from : to, true)) {
        var verdict = verdict(gate, isEgress ? from : to, isEgress ? to : from, to, asked);
        verdicts.add(verdict);
        services = services.and(verdict.services);
      }
    }
    return new Pair(from, to, isOneFamily, links, routed, verdicts, services);
  }

  /// Those that packets leave by in the model's order, and those that they come in by the other way
  /// round: the model has the gates of an interface from it outwards.
  private static List<Gate> gatesOnTheWay(ReachabilityModel model) {
    var gates = new ArrayList<Gate>();
    model.gates().stream().filter(gate -> gate.direction() == Direction.EGRESS).forEach(gates::add);
    model.gates().reversed().stream()
        .filter(gate -> gate.direction() == Direction.INGRESS)
        .forEach(gates::add);
    return gates;
  }

  private static Verdict verdict(
      Gate gate,
      NetworkInterface guarded,
      NetworkInterface peer,
      NetworkInterface reached,
      Scope asked) {
    boolean atMost = asked.atMost;
    if (gate.exempt().picks(peer, atMost)) {
      return new Verdict(gate, true, asked.services, List.of(), asked.services, List.of());
    }
    var matches = new ArrayList<Match>();
    var subjects = new ArrayList<Tier.Subject>();
    var allowed = Services.NONE;
    var open = asked.services;
    for (Tier tier : gate.tiers()) {
      if (!tier.applies().picks(guarded, true)) {
        continue;
      }
      tier.subjects().stream()
          .filter(subject -> !subject.id().isEmpty() && subject.selector().picks(guarded, true))
          .forEach(subjects::add);
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
    var services = gate.allowsOtherwise() ? allowed.or(open) : allowed;
    return new Verdict(gate, false, services, matches, open, subjects);
  }
}
