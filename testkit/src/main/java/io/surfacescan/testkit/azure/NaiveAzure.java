package io.surfacescan.testkit.azure;

import io.surfacescan.model.AddressRange;
import io.surfacescan.testkit.azure.AzureWorld.AdminRule;
import io.surfacescan.testkit.azure.AzureWorld.Balancer;
import io.surfacescan.testkit.azure.AzureWorld.Group;
import io.surfacescan.testkit.azure.AzureWorld.Nic;
import io.surfacescan.testkit.azure.AzureWorld.Peering;
import io.surfacescan.testkit.azure.AzureWorld.Public;
import io.surfacescan.testkit.azure.AzureWorld.Route;
import io.surfacescan.testkit.azure.AzureWorld.Rule;
import io.surfacescan.testkit.azure.AzureWorld.Subnet;
import io.surfacescan.testkit.azure.AzureWorld.Vnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Follows one packet through a world as Microsoft's documentation says: the route, the admin
/// rules, the security groups on both sides. It shares nothing with the importer.
///
/// @param atMost whether what the export leaves open lets everything pass, or nothing
public record NaiveAzure(AzureWorld world, boolean atMost) {
  /// One packet's service.
  ///
  /// @param port 0 for ICMP
  public record Packet(String protocol, int port) {}

  /// Whether something is so.
  private enum Answer {
    NO,
    MAYBE,
    YES;

    Answer or(Answer other) {
      return compareTo(other) >= 0 ? this : other;
    }

    Answer and(Answer other) {
      return compareTo(other) <= 0 ? this : other;
    }
  }

  /// One end of a packet.
  ///
  /// @param nic empty on the internet
  private record End(String address, Optional<Nic> nic) {
    static End of(Nic nic) {
      return new End(nic.address(), Optional.of(nic));
    }
  }

  /// A route that was found: the network it leads to, or what kind of hop it is.
  private record Found(int length, int rank, String hop, String vnet, String address) {}

  private List<Nic> nicsOf(String machine) {
    return world.nics().stream().filter(nic -> nic.machine().equals(machine)).toList();
  }

  public boolean passes(String from, String to, Packet packet) {
    for (Nic source : nicsOf(from)) {
      for (Nic target : nicsOf(to)) {
        if (isRouted(source, target)
            && leaves(source, End.of(target), packet)
            && enters(End.of(source), target, packet)) {
          return true;
        }
      }
    }
    return false;
  }

  public boolean passesIn(String address, String to, Packet packet) {
    return nicsOf(to).stream()
        .anyMatch(
            nic -> isOpen(nic, packet) && enters(new End(address, Optional.empty()), nic, packet));
  }

  public boolean passesOut(String from, String address, Packet packet) {
    return nicsOf(from).stream()
        .anyMatch(nic ->
            exits(nic, address, packet) && leaves(nic, new End(address, Optional.empty()), packet));
  }

  private boolean isOpen(Nic nic, Packet packet) {
    boolean isGuarded = !nic.group().isEmpty() || !subnetOf(nic).group().isEmpty();
    boolean hasOwn =
        switch (nic.publicAddress()) {
          case NONE -> false;
          case BASIC -> true;
          case STANDARD -> isGuarded;
          case UNKNOWN -> isGuarded || atMost;
        };
    if (hasOwn) {
      return true;
    }
    for (Balancer balancer : world.balancers()) {
      if (balancer.isPublic()
          && isBackend(nic, balancer)
          && (isGuarded || !balancer.isStandard())
          && isOf(balancer.protocol(), packet)
          && packet.port() == balancer.backendPort()) {
        return true;
      }
    }
    return false;
  }

  /// The first interface of a machine is in the pool.
  private boolean isBackend(Nic nic, Balancer balancer) {
    return balancer.machines().contains(nic.machine())
        && nicsOf(nic.machine()).getFirst().equals(nic);
  }

  private boolean exits(Nic nic, String address, Packet packet) {
    var route = route(nic, address);
    if (route.hop().equals("VirtualAppliance") || route.hop().equals("VirtualNetworkGateway")) {
      return atMost;
    }
    if (!route.hop().equals("Internet")) {
      return false;
    }
    boolean isPort = !packet.protocol().equals("icmp") && !packet.protocol().equals("sctp");
    return nic.publicAddress() != Public.NONE
        || (subnetOf(nic).hasNat() && isPort)
        || world.balancers().stream()
            .anyMatch(balancer ->
                balancer.isPublic()
                    && balancer.snats()
                    && isBackend(nic, balancer)
                    && isOf(balancer.protocol(), packet)
                    && isPort);
  }

  private Subnet subnetOf(Nic nic) {
    return world.subnet(nic.subnet());
  }

  private List<Route> routesOf(Subnet subnet) {
    return world.tables().stream()
        .filter(table -> table.name().equals(subnet.table()))
        .flatMap(table -> table.routes().stream())
        .toList();
  }

  private boolean isRouted(Nic from, Nic to) {
    String own = world.vnetOf(from).name();
    String other = world.vnetOf(to).name();
    var route = route(from, to.address());
    return switch (route.hop()) {
      case "VnetLocal" -> other.equals(own);
      case "peering" -> other.equals(route.vnet());
      case "VirtualAppliance" -> atMost && isBehind(own, route.address(), other);
      default -> false;
    };
  }

  /// Whether an appliance that a network's route names may send to another network.
  private boolean isBehind(String vnet, String appliance, String other) {
    String home = vnet;
    if (!within(appliance, world.vnet(vnet).cidr())) {
      for (Peering side : world.peerings()) {
        if (side.from().equals(vnet)
            && isConnected(side)
            && within(appliance, world.vnet(side.to()).cidr())) {
          home = side.to();
        }
      }
    }
    String at = home;
    return other.equals(at)
        || world.peerings().stream()
            .anyMatch(side ->
                side.from().equals(other)
                    && side.to().equals(at)
                    && isConnected(side)
                    && side.takesForwarded());
  }

  private boolean isConnected(Peering side) {
    return side.isConnected()
        && world.peerings().stream()
            .anyMatch(back ->
                back.from().equals(side.to())
                    && back.to().equals(side.from())
                    && back.isConnected());
  }

  private Found route(Nic from, String address) {
    var found = new ArrayList<Found>();
    Vnet own = world.vnetOf(from);
    add(found, address, own.cidr(), 1, "VnetLocal", own.name(), "");
    for (Peering side : world.peerings()) {
      if (side.from().equals(own.name()) && isConnected(side)) {
        add(found, address, world.vnet(side.to()).cidr(), 1, "peering", side.to(), "");
      }
    }
    add(found, address, "0.0.0.0/0", 1, "Internet", "", "");
    for (String dropped : List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")) {
      add(found, address, dropped, 0, "None", "", "");
    }
    for (Route route : routesOf(subnetOf(from))) {
      add(found, address, route.prefix(), 2, route.hop(), "", route.address());
    }
    return found.stream()
        .max(Comparator.comparingInt(Found::length).thenComparingInt(Found::rank))
        .orElseThrow();
  }

  private static void add(
      List<Found> found,
      String address,
      String prefix,
      int rank,
      String hop,
      String vnet,
      String next) {
    if (within(address, prefix)) {
      int length = Integer.parseInt(prefix.substring(prefix.indexOf('/') + 1));
      found.add(new Found(length, rank, hop, vnet, next));
    }
  }

  private static boolean within(String address, String prefix) {
    return AddressRange.parse(prefix)
        .orElseThrow()
        .contains(AddressRange.parse(address).orElseThrow());
  }

  private boolean leaves(Nic nic, End to, Packet packet) {
    return allows(nic, End.of(nic), to, packet, false);
  }

  private boolean enters(End from, Nic nic, Packet packet) {
    return allows(nic, from, End.of(nic), packet, true);
  }

  private boolean allows(Nic nic, End from, End to, Packet packet, boolean isInbound) {
    var admin =
        world.adminRules().stream()
            .filter(rule -> rule.isInbound() == isInbound)
            .filter(rule -> rule.vnets().contains(world.vnetOf(nic).name()))
            .filter(rule -> matches(rule, from, packet))
            .min(Comparator.comparingInt(AdminRule::priority));
    if (admin.isPresent() && !admin.get().access().equals("Allow")) {
      return admin.get().access().equals("AlwaysAllow");
    }
    return passesGroup(nic.group(), nic, from, to, packet, isInbound)
        && passesGroup(subnetOf(nic).group(), nic, from, to, packet, isInbound);
  }

  private static boolean matches(AdminRule rule, End from, Packet packet) {
    boolean isFrom =
        switch (rule.source()) {
          case "*" -> true;
          case "Internet" -> from.nic().isEmpty();
          default -> within(from.address(), rule.source());
        };
    return isFrom && isOf(rule.protocol(), packet) && isAt(rule.ports(), packet);
  }

  private boolean passesGroup(
      String name, Nic nic, End from, End to, Packet packet, boolean isInbound) {
    if (name.isEmpty()) {
      return true;
    }
    var group = world.groups().stream().filter(some -> some.name().equals(name)).findFirst();
    if (group.isEmpty()) {
      return atMost;
    }
    var rules =
        group.map(Group::rules).orElseThrow().stream()
            .filter(rule -> rule.isInbound() == isInbound)
            .sorted(Comparator.comparingInt(Rule::priority))
            .toList();
    for (Rule rule : rules) {
      var answer = matches(rule, nic, from, to, packet);
      boolean isMatch =
          answer == Answer.YES || (answer == Answer.MAYBE && rule.isAllow() == atMost);
      if (isMatch) {
        return rule.isAllow();
      }
    }
    var source = isOfTag("VirtualNetwork", nic, from);
    var destination = isOfTag("VirtualNetwork", nic, to);
    var isWithin = source.and(destination);
    boolean isOut = !isInbound && to.nic().isEmpty();
    return isOut || isWithin == Answer.YES || (isWithin == Answer.MAYBE && atMost);
  }

  private Answer matches(Rule rule, Nic nic, End from, End to, Packet packet) {
    boolean isFree = rule.isAllow() || rule.sourcePorts().equals("*");
    if (!isFree
        || !isOf(rule.protocol(), packet)
        || rule.ports().stream().noneMatch(ports -> isAt(ports, packet))) {
      return Answer.NO;
    }
    return isSide(rule.sources(), rule.sourceAsgs(), nic, from)
        .and(isSide(rule.destinations(), rule.destinationAsgs(), nic, to));
  }

  private static boolean isOf(String protocol, Packet packet) {
    return protocol.equals("*") || protocol.equalsIgnoreCase(packet.protocol());
  }

  /// ICMP has no ports.
  private static boolean isAt(String ports, Packet packet) {
    if (ports.equals("*") || ports.equals("0-65535")) {
      return true;
    }
    String[] ends = ports.split("-", -1);
    return packet.port() >= Math.max(1, Integer.parseInt(ends[0]))
        && packet.port() <= Integer.parseInt(ends[ends.length - 1]);
  }

  private Answer isSide(List<String> prefixes, List<String> asgs, Nic nic, End end) {
    var answer = Answer.NO;
    for (String asg : asgs) {
      boolean isIn = end.nic().map(some -> some.asgs().contains(asg)).orElse(false);
      answer = answer.or(isIn ? Answer.YES : Answer.NO);
    }
    for (String prefix : prefixes) {
      answer = answer.or(isOfTag(prefix, nic, end));
    }
    return answer;
  }

  /// @param nic whose rules are asked
  private Answer isOfTag(String prefix, Nic nic, End end) {
    return switch (prefix) {
      case "*" -> Answer.YES;
      case "Internet" -> end.nic().isEmpty() ? Answer.YES : Answer.NO;
      case "AzureLoadBalancer" -> Answer.NO;
      case "Storage" -> end.nic().isEmpty() ? Answer.MAYBE : Answer.NO;
      case "VirtualNetwork" -> isInVirtualNetwork(nic, end);
      default -> within(end.address(), prefix) ? Answer.YES : Answer.NO;
    };
  }

  private Answer isInVirtualNetwork(Nic nic, End end) {
    String own = world.vnetOf(nic).name();
    if (end.nic().isPresent()) {
      String other = world.vnetOf(end.nic().get()).name();
      boolean isPeer =
          world.peerings().stream()
              .anyMatch(side ->
                  side.from().equals(own)
                      && side.to().equals(other)
                      && isConnected(side)
                      && side.hasAccess());
      if (other.equals(own) || isPeer) {
        return Answer.YES;
      }
    }
    boolean isRouted =
        world.subnets().stream()
            .filter(subnet -> subnet.vnet().equals(own))
            .flatMap(subnet -> routesOf(subnet).stream())
            .filter(route ->
                route.hop().equals("VirtualAppliance")
                    || route.hop().equals("VirtualNetworkGateway"))
            .anyMatch(route -> within(end.address(), route.prefix()));
    return isRouted ? Answer.MAYBE : Answer.NO;
  }
}
