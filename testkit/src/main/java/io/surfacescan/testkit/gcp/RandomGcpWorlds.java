package io.surfacescan.testkit.gcp;

import io.surfacescan.testkit.gcp.GcpWorld.Instance;
import io.surfacescan.testkit.gcp.GcpWorld.Nat;
import io.surfacescan.testkit.gcp.GcpWorld.Network;
import io.surfacescan.testkit.gcp.GcpWorld.Nic;
import io.surfacescan.testkit.gcp.GcpWorld.Policy;
import io.surfacescan.testkit.gcp.GcpWorld.Route;
import io.surfacescan.testkit.gcp.GcpWorld.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Draws worlds in which ranges overlap, rules contradict each other and policies pass on.
public final class RandomGcpWorlds {
  private static final List<String> RANGES =
      List.of(
          "0.0.0.0/0",
          "10.0.0.0/8",
          "10.0.1.0/24",
          "10.0.1.2",
          "10.0.2.0/28",
          "10.1.0.0/16",
          "10.9.1.4/31",
          "8.8.0.0/16",
          "8.8.8.8/32");
  private static final List<String> TAGS = List.of("web", "app", "db");
  private static final List<String> ACCOUNTS = List.of("a@p.iam", "b@p.iam");
  private static final List<String> REGIONS = List.of("us-east1", "us-west1");
  private static final List<Integer> PRIORITIES = List.of(100, 500, 1000, 1000, 2000);

  private final Random random;
  private final List<Network> networks = new ArrayList<>();

  private RandomGcpWorlds(long seed) {
    random = new Random(seed);
  }

  public static GcpWorld of(long seed) {
    return new RandomGcpWorlds(seed).draw();
  }

  /// Addresses of the internet that the rules of a world tell apart.
  public static List<String> addressesOutside() {
    return List.of("8.8.8.8", "8.8.1.1", "9.9.9.9");
  }

  /// Services that the rules of a world tell apart.
  public static List<NaiveGcp.Packet> packets() {
    return List.of(
        new NaiveGcp.Packet("tcp", 22),
        new NaiveGcp.Packet("tcp", 80),
        new NaiveGcp.Packet("udp", 53),
        new NaiveGcp.Packet("icmp", 0));
  }

  private GcpWorld draw() {
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      var peers = new ArrayList<String>();
      for (int other = 0; other < count; other++) {
        if (other != i && random.nextInt(3) > 0) {
          peers.add("net-" + other);
        }
      }
      networks.add(new Network("net-" + i, "project-" + i / 2, random.nextBoolean(), peers));
    }
    var instances = new ArrayList<Instance>();
    int instanceCount = 3 + random.nextInt(4);
    for (int i = 0; i < instanceCount; i++) {
      instances.add(instance(i));
    }
    var firewalls = new ArrayList<Rule>();
    for (Network network : networks) {
      int rules = random.nextInt(7);
      for (int i = 0; i < rules; i++) {
        firewalls.add(firewall("fw-" + network.name() + "-" + i, network.name()));
      }
    }
    return new GcpWorld(List.copyOf(networks), instances, firewalls, policies(), routes(), nats());
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private <T> List<T> some(List<T> list, int most) {
    var some = new ArrayList<T>();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      T one = any(list);
      if (!some.contains(one)) {
        some.add(one);
      }
    }
    return some;
  }

  private Instance instance(int number) {
    var nics = new ArrayList<Nic>();
    int count = networks.size() > 1 && random.nextInt(4) == 0 ? 2 : 1;
    int first = random.nextInt(networks.size());
    for (int i = 0; i < count; i++) {
      int network = (first + i) % networks.size();
      int subnet = 1 + random.nextInt(2);
      nics.add(
          new Nic(
              "net-" + network,
              "net-" + network + "-s" + subnet,
              "10." + network + "." + subnet + "." + (2 + number),
              random.nextBoolean()
                  ? Optional.of("34.1." + network + "." + number)
                  : Optional.empty(),
              random.nextInt(4) == 0
                  ? Optional.of("10.9." + number + "." + "0/29")
                  : Optional.empty()));
    }
    return new Instance(
        Integer.toString(4000 + number),
        "project-" + random.nextInt(2),
        any(REGIONS),
        some(TAGS, 2),
        any(ACCOUNTS),
        nics);
  }

  private Rule firewall(String name, String network) {
    boolean isIngress = random.nextInt(3) > 0;
    boolean isByAccount = random.nextInt(3) == 0;
    return rule(
        name,
        network,
        any(PRIORITIES),
        random.nextInt(3) == 0 ? "deny" : "allow",
        isIngress,
        some(RANGES, 2),
        isIngress && !isByAccount ? some(TAGS, 1) : List.of(),
        isIngress && isByAccount ? some(ACCOUNTS, 1) : List.of(),
        isByAccount ? List.of() : some(TAGS, 2),
        isByAccount ? some(ACCOUNTS, 1) : List.of(),
        false);
  }

  private Rule rule(
      String name,
      String of,
      int priority,
      String action,
      boolean isIngress,
      List<String> ranges,
      List<String> tags,
      List<String> accounts,
      List<String> targetTags,
      List<String> targetAccounts,
      boolean hasUnknown) {
    String protocol = any(List.of("tcp", "tcp", "tcp", "udp", "icmp", "all"));
    int from = any(List.of(1, 22, 50, 80));
    return new Rule(
        name,
        of,
        priority,
        action,
        isIngress,
        random.nextInt(8) == 0,
        protocol,
        from,
        any(List.of(from, 65_535)),
        ranges,
        tags,
        accounts,
        random.nextInt(5) == 0 ? some(RANGES, 1) : List.of(),
        targetTags,
        targetAccounts,
        hasUnknown);
  }

  private List<Policy> policies() {
    var policies = new ArrayList<Policy>();
    if (random.nextInt(3) == 0) {
      policies.add(policy("org-policy", "organization", "77", ""));
    }
    if (random.nextInt(3) == 0) {
      policies.add(policy("folder-policy", "folder", "88", ""));
    }
    for (Network network : networks) {
      if (random.nextInt(2) == 0) {
        policies.add(policy("global-" + network.name(), "global", network.name(), ""));
      }
      if (random.nextInt(3) == 0) {
        policies.add(
            policy("regional-" + network.name(), "regional", network.name(), any(REGIONS)));
      }
    }
    return policies;
  }

  private Policy policy(String name, String kind, String target, String region) {
    var rules = new ArrayList<Rule>();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      String action = any(List.of("allow", "allow", "deny", "goto_next"));
      rules.add(
          rule(
              "",
              name,
              100 + 10 * i,
              action,
              random.nextInt(3) > 0,
              some(RANGES, 2),
              List.of(),
              List.of(),
              List.of(),
              random.nextInt(3) == 0 ? some(ACCOUNTS, 1) : List.of(),
              !action.equals("goto_next") && random.nextInt(8) == 0));
    }
    return new Policy(name, kind, target, region, rules);
  }

  private List<Route> routes() {
    var routes = new ArrayList<Route>();
    for (Network network : networks) {
      routes.add(
          new Route("local-" + network.name(), network.name(), "10.0.0.0/8", 0, List.of(), false));
      int count = random.nextInt(4);
      for (int i = 0; i < count; i++) {
        routes.add(
            new Route(
                "route-" + network.name() + "-" + i,
                network.name(),
                any(List.of("0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/1", "8.8.0.0/16", "8.8.8.0/24")),
                // Each another: of equal ones either may win.
                100 + i,
                random.nextInt(3) == 0 ? some(TAGS, 2) : List.of(),
                random.nextInt(4) > 0));
      }
    }
    return routes;
  }

  private List<Nat> nats() {
    var nats = new ArrayList<Nat>();
    for (Network network : networks) {
      if (random.nextInt(2) == 0) {
        nats.add(
            new Nat(
                "nat-" + network.name(),
                network.name(),
                any(REGIONS),
                random.nextBoolean()
                    ? Optional.empty()
                    : Optional.of(List.of(network.name() + "-s1"))));
      }
    }
    return nats;
  }
}
