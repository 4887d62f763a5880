package io.surfacescan.testkit.azure;

import io.surfacescan.testkit.azure.AzureWorld.AdminRule;
import io.surfacescan.testkit.azure.AzureWorld.Balancer;
import io.surfacescan.testkit.azure.AzureWorld.Group;
import io.surfacescan.testkit.azure.AzureWorld.Nic;
import io.surfacescan.testkit.azure.AzureWorld.Peering;
import io.surfacescan.testkit.azure.AzureWorld.Public;
import io.surfacescan.testkit.azure.AzureWorld.Route;
import io.surfacescan.testkit.azure.AzureWorld.Rule;
import io.surfacescan.testkit.azure.AzureWorld.Subnet;
import io.surfacescan.testkit.azure.AzureWorld.Table;
import io.surfacescan.testkit.azure.AzureWorld.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Draws worlds in which ranges overlap, rules contradict each other and routes lead nowhere.
public final class RandomAzureWorlds {
  private static final List<String> CIDRS =
      List.of("10.0.0.0/16", "10.1.0.0/16", "10.0.0.0/16", "192.168.0.0/16");
  private static final List<String> PREFIXES =
      List.of(
          "*",
          "*",
          "VirtualNetwork",
          "VirtualNetwork",
          "Internet",
          "AzureLoadBalancer",
          "Storage",
          "10.0.0.0/8",
          "10.0.1.0/24",
          "10.1.0.0/16",
          "10.0.0.4",
          "192.168.0.0/16",
          "8.8.0.0/16",
          "0.0.0.0/0");
  private static final List<String> PORTS =
      List.of("*", "*", "22", "80", "443", "0-1023", "8000-8100", "0-65535");
  private static final List<String> ASGS = List.of("asg-a", "asg-b");

  private final Random random;
  private final List<Vnet> vnets = new ArrayList<>();
  private final List<Subnet> subnets = new ArrayList<>();
  private final List<Nic> nics = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final List<Peering> peerings = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();
  private final List<Balancer> balancers = new ArrayList<>();
  private final List<AdminRule> adminRules = new ArrayList<>();

  private RandomAzureWorlds(long seed) {
    random = new Random(seed);
  }

  public static AzureWorld of(long seed) {
    return new RandomAzureWorlds(seed).draw();
  }

  /// Addresses of the internet that the rules of a world tell apart.
  public static List<String> addressesOutside() {
    return List.of("8.8.8.8", "8.9.9.9", "52.1.2.3");
  }

  /// Packets of which rules speak, and some of which none does.
  public static List<NaiveAzure.Packet> packets() {
    var packets = new ArrayList<NaiveAzure.Packet>();
    for (int port : List.of(1, 22, 80, 443, 8080, 65_535)) {
      packets.add(new NaiveAzure.Packet("tcp", port));
    }
    packets.add(new NaiveAzure.Packet("udp", 80));
    packets.add(new NaiveAzure.Packet("icmp", 0));
    return packets;
  }

  private boolean is(double chance) {
    return random.nextDouble() < chance;
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private AzureWorld draw() {
    int groupCount = 1 + random.nextInt(3);
    for (int i = 0; i < groupCount; i++) {
      groups.add(new Group("nsg-" + i, rules()));
    }
    int tableCount = random.nextInt(3);
    for (int i = 0; i < tableCount; i++) {
      tables.add(new Table("rt-" + i, routes()));
    }
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      vnets.add(new Vnet("vnet-" + i, i % 2 == 0 ? "sub-1" : "sub-2", CIDRS.get(i)));
      drawSubnets(i);
    }
    drawPeerings();
    drawNics();
    if (is(0.5)) {
      drawBalancer();
    }
    if (is(0.4)) {
      drawAdminRules();
    }
    return new AzureWorld(vnets, subnets, nics, groups, peerings, tables, balancers, adminRules);
  }

  private String group() {
    return is(0.4) ? "" : is(0.05) ? "nsg-lost" : any(groups).name();
  }

  private void drawSubnets(int number) {
    String prefix = CIDRS.get(number).substring(0, CIDRS.get(number).indexOf(".0.0/"));
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      subnets.add(
          new Subnet(
              "subnet-" + number + i,
              "vnet-" + number,
              prefix + "." + i + ".0/24",
              group(),
              tables.isEmpty() || is(0.6) ? "" : any(tables).name(),
              is(0.2)));
    }
  }

  private void drawPeerings() {
    for (int i = 0; i < vnets.size(); i++) {
      for (int j = i + 1; j < vnets.size(); j++) {
        // Networks whose ranges overlap cannot be peered, nor can two such have a peer in common.
        if (is(0.6) && i != 2 && j != 2) {
          boolean isConnected = is(0.85);
          peerings.add(new Peering("vnet-" + i, "vnet-" + j, isConnected, is(0.8), is(0.5)));
          peerings.add(
              new Peering("vnet-" + j, "vnet-" + i, isConnected || is(0.3), is(0.8), is(0.5)));
        }
      }
    }
  }

  private void drawNics() {
    int machines = 2 + random.nextInt(4);
    int host = 4;
    for (int i = 0; i < machines; i++) {
      int count = is(0.2) ? 2 : 1;
      for (int k = 0; k < count; k++) {
        Subnet subnet = any(subnets);
        String prefix = subnet.cidr().substring(0, subnet.cidr().indexOf(".0/"));
        nics.add(
            new Nic(
                "vm-" + i,
                subnet.name(),
                prefix + "." + host++,
                group(),
                is(0.5) ? Public.NONE : any(List.of(Public.values())),
                ASGS.stream().filter(_ -> is(0.3)).toList()));
      }
    }
  }

  private List<Rule> rules() {
    var rules = new ArrayList<Rule>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      boolean hasSourceAsgs = is(0.15);
      boolean hasDestinationAsgs = is(0.15);
      String protocol = any(List.of("*", "Tcp", "Udp", "Icmp", "TCP"));
      // A rule about ICMP has no ports.
      boolean isRanged = is(0.3) && !protocol.equals("Icmp");
      String ports = protocol.equals("Icmp") ? "*" : any(PORTS);
      rules.add(
          new Rule(
              "rule-" + i,
              100 + (i * 37) % 11 * 10 + i,
              is(0.6),
              is(0.6),
              protocol,
              isRanged ? List.of(ports, any(PORTS)) : List.of(ports),
              is(0.1) ? "5000-6000" : "*",
              hasSourceAsgs ? List.of() : prefixes(),
              hasSourceAsgs ? List.of(any(ASGS)) : List.of(),
              hasDestinationAsgs ? List.of() : prefixes(),
              hasDestinationAsgs ? List.of(any(ASGS)) : List.of()));
    }
    return rules;
  }

  private List<String> prefixes() {
    return is(0.25)
        ? List.of("10.0.0.0/24", any(List.of("10.1.1.0/24", "8.8.8.8/32", "10.0.2.5")))
        : List.of(any(PREFIXES));
  }

  private List<Route> routes() {
    var routes = new ArrayList<Route>();
    var prefixes =
        List.of(
            "0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/16", "10.0.1.0/24", "10.1.0.0/16", "8.8.0.0/16");
    for (String prefix : prefixes) {
      if (is(0.35)) {
        String hop =
            any(
                List.of(
                    "VnetLocal",
                    "Internet",
                    "None",
                    "VirtualAppliance",
                    "VirtualAppliance",
                    "VirtualNetworkGateway"));
        routes.add(
            new Route(
                prefix,
                hop,
                hop.equals("VirtualAppliance") ? any(List.of("10.0.0.100", "10.1.0.100")) : ""));
      }
    }
    return routes;
  }

  private void drawBalancer() {
    balancers.add(
        new Balancer(
            "lb-0",
            is(0.6),
            is(0.8),
            nics.stream().map(Nic::machine).distinct().filter(_ -> is(0.5)).toList(),
            any(List.of("Tcp", "Udp")),
            any(List.of(80, 8080)),
            is(0.5)));
  }

  private void drawAdminRules() {
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      adminRules.add(
          new AdminRule(
              "admin-" + i,
              vnets.stream().map(Vnet::name).filter(_ -> is(0.6)).toList(),
              10 + (i * 7) % 5,
              is(0.7),
              any(List.of("Allow", "Deny", "AlwaysAllow")),
              any(List.of("Any", "Tcp")).replace("Any", "*"),
              any(List.of("*", "22", "80-443")),
              any(List.of("*", "Internet", "10.0.0.0/8", "10.0.1.0/24"))));
    }
  }
}
