package io.surfacescan.testkit;

import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.GateRule.Action;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NamedPort;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.Outside;
import io.surfacescan.reachability.PortName;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Small models of every shape that a lowering could get wrong, each made from one seed: a few
/// networks with marks and addresses of both families, endpoints with several interfaces, addresses
/// outside, gates of several tiers with allows, denies, passes, named ports and exempt peers, links
/// one way and both, and, in some, selectors and addresses that nobody knows.
public final class RandomWorlds {
  private static final List<String> MARKS = List.of("red", "green", "blue", "net-1", "net-2");
  private static final List<String> PORT_NAMES = List.of("web", "dns");
  private static final List<Integer> PORTS = List.of(1, 22, 53, 80, 443, 8080, 65535);

  private static final List<AddressRange> RANGES =
      List.of(
          range("0.0.0.0/0"),
          range("::/0"),
          range("10.0.0.0/8"),
          range("10.0.0.0/30"),
          range("10.0.0.2/31"),
          range("10.0.0.5"),
          range("10.0.0.8/29"),
          range("192.0.2.0/24"),
          range("192.0.2.128/25"),
          range("198.51.100.7"),
          range("255.255.255.255"),
          range("0.0.0.0/1"),
          range("2001:db8::/32"),
          range("2001:db8::/64"),
          range("2001:db8::7"),
          range("ffff::/16"));

  private final RandomGenerator random;
  private final boolean isVague;

  /// Which parts the world has, so that some are simple enough to be looked at.
  private final int tiersMost;

  private final boolean hasPasses;
  private final ReachabilityModel.Builder model = new ReachabilityModel.Builder();

  private RandomWorlds(long seed) {
    random = new SplittableRandom(seed);
    isVague = random.nextInt(3) == 0;
    tiersMost = 1 + random.nextInt(3);
    hasPasses = !isVague && random.nextBoolean();
    int endpoints = 2 + random.nextInt(9);
    for (int i = 0; i < endpoints; i++) {
      addEndpoint("e" + i);
    }
    if (random.nextBoolean()) {
      addOutside("internet", Direction.INGRESS);
    }
    if (random.nextBoolean()) {
      addOutside("internet-out", Direction.EGRESS);
    }
    if (chance(4)) {
      addOutside("office", Direction.INGRESS);
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      addGate("gate-" + i);
    }
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      var services = chance(3) ? services() : Services.ALL;
      model.link(
          new Link("link-" + i, "link " + i, Optional.empty(), selector(2), selector(2), services));
    }
    if (random.nextBoolean()) {
      model.link(
          new Link(
              "all",
              "all",
              Optional.empty(),
              Selector.everyone(),
              Selector.everyone(),
              Services.ALL));
    }
  }

  /// The model of this seed: always the same.
  public static ReachabilityModel of(long seed) {
    return new RandomWorlds(seed).model.build();
  }

  /// Ports that rules of these models name as bounds, their neighbours, and ICMP.
  public static List<NaiveGates.Packet> packets() {
    var packets = new ArrayList<NaiveGates.Packet>();
    Set<Integer> ports = new LinkedHashSet<>();
    for (int port : PORTS) {
      for (int near = port - 1; near <= port + 1; near++) {
        if (near >= 1 && near <= Services.PORT_MAX) {
          ports.add(near);
        }
      }
    }
    for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)) {
      ports.forEach(port -> packets.add(new NaiveGates.Packet(protocol, port)));
    }
    packets.add(new NaiveGates.Packet(Protocol.ICMP, 1));
    return packets;
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private static AddressRange range(String text) {
    return AddressRange.parse(text).orElseThrow();
  }

  private void addEndpoint(String id) {
    var interfaces = new ArrayList<NetworkInterface>();
    for (int i = chance(4) ? 1 + random.nextInt(3) : 1; i > 0; i--) {
      interfaces.add(networkInterface());
    }
    if (chance(20)) {
      interfaces.clear();
    }
    model.endpoint(
        new Endpoint(
            id,
            chance(3) ? Optional.empty() : Optional.of("name of " + id),
            VmKind.VM,
            Optional.empty(),
            List.of(),
            List.of(),
            interfaces));
  }

  private NetworkInterface networkInterface() {
    var ports = new ArrayList<NamedPort>();
    for (String name : PORT_NAMES) {
      for (int i = random.nextInt(3); i > 0; i--) {
        ports.add(new NamedPort(name, chance(3) ? Protocol.UDP : Protocol.TCP, any(PORTS)));
      }
    }
    var address =
        chance(4)
            ? Optional.<AddressRange>empty()
            : isVague && chance(3)
                ? Optional.of(any(RANGES))
                : Optional.of(
                    range((chance(4) ? "2001:db8::" : "10.0.0.") + (1 + random.nextInt(9))));
    return new NetworkInterface(model.marks(marks()), address, ports);
  }

  private Marks marks() {
    var marks = new ArrayList<String>();
    MARKS.stream().filter(_ -> chance(3)).forEach(marks::add);
    return Marks.of(marks);
  }

  private void addOutside(String id, Direction direction) {
    var ranges = chance(3) ? List.of(range("192.0.2.0/24")) : new ArrayList<AddressRange>();
    if (ranges.isEmpty()) {
      ranges.add(AddressRange.ALL_V4);
      if (random.nextBoolean()) {
        ranges.add(AddressRange.ALL_V6);
      }
    }
    model.outside(
        new Outside(
            id,
            "all of " + id,
            Optional.empty(),
            direction,
            Marks.of(chance(3) ? "red" : "outside"),
            ranges));
  }

  private void addGate(String id) {
    var tiers = new ArrayList<Tier>();
    for (int i = random.nextInt(tiersMost + 1); i > 0; i--) {
      var rules = new ArrayList<GateRule>();
      for (int j = random.nextInt(6); j > 0; j--) {
        rules.add(rule(id + "/" + i + "/" + j));
      }
      var applies = chance(3) ? sureSelector() : Selector.everyone();
      tiers.add(
          new Tier(
              "tier " + i,
              applies,
              rules,
              random.nextBoolean() ? Tier.Otherwise.NEXT : Tier.Otherwise.DENY));
    }
    model.gate(
        new Gate(
            id,
            "the gate " + id,
            random.nextBoolean() ? Direction.INGRESS : Direction.EGRESS,
            chance(2) ? Selector.everyone() : sureSelector(),
            chance(3) ? selector(1) : Selector.nobody(),
            tiers,
            random.nextBoolean()));
  }

  private GateRule rule(String id) {
    var action = chance(2) ? Action.ALLOW : hasPasses && chance(2) ? Action.PASS : Action.DENY;
    var names = new ArrayList<PortName>();
    if (chance(4)) {
      var protocol = chance(2) ? Optional.of(Protocol.TCP) : Optional.<Protocol>empty();
      names.add(new PortName(any(PORT_NAMES), protocol));
    }
    var services = chance(3) ? Services.ALL : services();
    return new GateRule(
        id,
        Optional.empty(),
        action,
        chance(2) ? Selector.everyone() : selector(2),
        selector(2),
        !names.isEmpty() && chance(2) ? Services.NONE : services,
        names,
        "rule " + id);
  }

  private Services services() {
    var services = Services.NONE;
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      int first = any(PORTS);
      int last = chance(2) ? first : Math.max(first, any(PORTS));
      services = services.or(Services.of(any(List.of(Protocol.values())), first, last));
    }
    return services;
  }

  /// A selector that says whom it picks.
  private Selector sureSelector() {
    return switch (random.nextInt(3)) {
      case 0 -> Selector.marked(any(MARKS));
      case 1 -> Selector.not(Selector.marked(any(MARKS)));
      default -> Selector.anyOf(Selector.marked(any(MARKS)), Selector.marked(any(MARKS)));
    };
  }

  private Selector selector(int depth) {
    int kind = random.nextInt(depth == 0 ? 4 : 8);
    return switch (kind) {
      case 0 -> Selector.everyone();
      case 1 -> Selector.marked(any(MARKS));
      case 2 -> Selector.within(any(RANGES), any(RANGES));
      case 3 ->
          isVague && chance(2) ? Selector.unknown("nobody knows") : Selector.within(any(RANGES));
      case 4 -> Selector.not(selector(depth - 1));
      case 5 -> Selector.anyOf(selector(depth - 1), selector(depth - 1));
      default -> Selector.allOf(selector(depth - 1), selector(depth - 1));
    };
  }
}
