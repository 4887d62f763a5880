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
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.Outside;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Models as large as one likes, of the kind that real clouds make: networks that use overlapping
/// addresses, groups that name each other, ranges of all widths, a list with denies before some
/// subnets, denies for the whole fleet that some pass by, and the internet.
public final class RandomFleets {
  private static final int NETWORK_SIZE = 50;
  private static final int SUBNETS = 4;
  private static final int GROUPS = 8;
  private static final List<Integer> PORTS = List.of(22, 80, 443, 5432, 8080);

  private final RandomGenerator random;
  private final ReachabilityModel.Builder model = new ReachabilityModel.Builder();

  private RandomFleets(long seed, int endpoints) {
    random = new SplittableRandom(seed);
    int networks = (endpoints + NETWORK_SIZE - 1) / NETWORK_SIZE;
    for (int i = 0; i < endpoints; i++) {
      addEndpoint(i);
    }
    var in = new ArrayList<GateRule>();
    var out = new ArrayList<GateRule>();
    for (int network = 0; network < networks; network++) {
      link("net-" + network, "net-" + network);
      if (network > 0 && random.nextInt(3) == 0) {
        link("net-" + network, "net-" + (network - 1));
      }
      for (int group = 0; group < GROUPS; group++) {
        addRules(network, group, in, out);
      }
      for (int subnet = 0; subnet < SUBNETS; subnet++) {
        if (random.nextInt(4) == 0) {
          addList(network, subnet);
        }
      }
    }
    var all = Selector.marked("fleet");
    model.gate(Gate.of("groups/in", "groups", Direction.INGRESS, all, Selector.nobody(), in));
    model.gate(Gate.of("groups/out", "groups", Direction.EGRESS, all, Selector.nobody(), out));
    addFleetRules(all);
    model.outside(
        new Outside(
            "internet",
            "the internet",
            Optional.empty(),
            Direction.INGRESS,
            Marks.of("internet"),
            List.of(AddressRange.ALL_V4)));
    link("internet", "public");
  }

  /// The model of this seed with so many endpoints: always the same.
  public static ReachabilityModel of(long seed, int endpoints) {
    return new RandomFleets(seed, endpoints).model.build();
  }

  private void link(String from, String to) {
    model.link(
        new Link(
            from + "/" + to,
            from + " to " + to,
            Optional.empty(),
            Selector.marked(from),
            Selector.marked(to),
            Services.ALL));
  }

  private static AddressRange range(String text) {
    return AddressRange.parse(text).orElseThrow();
  }

  private void addEndpoint(int number) {
    int network = number / NETWORK_SIZE;
    int subnet = random.nextInt(SUBNETS);
    var marks =
        new ArrayList<String>(List.of("fleet", "net-" + network, subnetMark(network, subnet)));
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      marks.add("group-" + network + "-" + random.nextInt(GROUPS));
    }
    if (subnet == 0) {
      marks.add("public");
    }
    String address =
        "10." + network % 5 + "." + (subnet * 64 + random.nextInt(2)) + "." + random.nextInt(256);
    model.endpoint(
        Endpoint.of(
            "vm-" + number,
            VmKind.VM,
            new NetworkInterface(model.marks(Marks.of(marks)), range(address))));
  }

  private static String subnetMark(int network, int subnet) {
    return "subnet-" + network + "-" + subnet;
  }

  private Selector group(int network) {
    return Selector.marked("group-" + network + "-" + random.nextInt(GROUPS));
  }

  private Services services() {
    int port = PORTS.get(random.nextInt(PORTS.size()));
    return random.nextInt(4) == 0
        ? Services.of(Protocol.TCP, port, port + random.nextInt(1_000))
        : Services.of(Protocol.TCP, port, port);
  }

  private Selector peers(int network) {
    int second = network % 5;
    return switch (random.nextInt(6)) {
      case 0 -> Selector.within(range("0.0.0.0/0"));
      case 1 -> Selector.within(range("10.0.0.0/8"));
      case 2 ->
          Selector.within(range("10." + second + "." + random.nextInt(SUBNETS) * 64 + ".0/18"));
      case 3 -> Selector.within(range("203.0.113." + random.nextInt(256) + "/28"));
      default -> group(network);
    };
  }

  private void addRules(int network, int group, List<GateRule> in, List<GateRule> out) {
    var targets = Selector.marked("group-" + network + "-" + group);
    String id = "rule-" + network + "-" + group;
    for (int i = random.nextInt(4); i > 0; i--) {
      in.add(
          GateRule.allow(id + "/in/" + i, Optional.empty(), targets, peers(network), services()));
    }
    if (random.nextInt(4) > 0) {
      out.add(
          GateRule.allow(
              id + "/out", Optional.empty(), targets, Selector.everyone(), Services.ALL));
    } else {
      out.add(GateRule.allow(id + "/out", Optional.empty(), targets, peers(network), services()));
    }
  }

  /// An ordered list before a subnet, which its own packets do not cross.
  private void addList(int network, int subnet) {
    var own = Selector.marked(subnetMark(network, subnet));
    for (var direction : Direction.values()) {
      var rules = new ArrayList<GateRule>();
      for (int i = random.nextInt(4); i > 0; i--) {
        var action = random.nextBoolean() ? Action.ALLOW : Action.DENY;
        rules.add(rule("acl-" + network + "-" + subnet + "/" + i, action, peers(network)));
      }
      rules.add(
          GateRule.allow(
              "acl-" + network + "-" + subnet + "/last",
              Optional.empty(),
              Selector.everyone(),
              Selector.within(range("0.0.0.0/0")),
              Services.ALL));
      model.gate(
          Gate.of(
              "acl-" + network + "-" + subnet + "/" + direction,
              "list of " + subnetMark(network, subnet),
              direction,
              own,
              own,
              rules));
    }
  }

  private GateRule rule(String id, Action action, Selector peers) {
    return new GateRule(
        id,
        Optional.empty(),
        action,
        Selector.everyone(),
        peers,
        random.nextInt(3) == 0 ? Services.ALL : services(),
        List.of(),
        id);
  }

  /// Denies for the whole fleet, some of which others pass by.
  private void addFleetRules(Selector all) {
    var first = new ArrayList<GateRule>();
    for (int i = 0; i < 8; i++) {
      var action =
          List.of(Action.DENY, Action.DENY, Action.PASS, Action.ALLOW).get(random.nextInt(4));
      first.add(
          new GateRule(
              "fleet-" + i,
              Optional.empty(),
              action,
              random.nextInt(3) == 0 ? Selector.everyone() : group(random.nextInt(4)),
              random.nextInt(3) == 0 ? Selector.everyone() : group(random.nextInt(4)),
              random.nextInt(3) == 0 ? Services.ALL : services(),
              List.of(),
              "fleet rule " + i));
    }
    var second = List.of(rule("fleet-last", Action.DENY, group(0)));
    model.gate(
        new Gate(
            "fleet/in",
            "rules of the fleet",
            Direction.INGRESS,
            all,
            Selector.nobody(),
            List.of(
                new Tier("first", Selector.everyone(), first, Tier.Otherwise.NEXT),
                new Tier("second", Selector.marked("public"), second, Tier.Otherwise.NEXT)),
            true));
  }
}
