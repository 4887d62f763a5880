package io.surfacescan.testkit.azure;

import java.util.List;

/// Virtual networks of Azure and what is in them. Things are named by their names; an empty name
/// means none.
public record AzureWorld(
    List<Vnet> vnets,
    List<Subnet> subnets,
    List<Nic> nics,
    List<Group> groups,
    List<Peering> peerings,
    List<Table> tables,
    List<Balancer> balancers,
    List<AdminRule> adminRules) {
  public record Vnet(String name, String subscription, String cidr) {}

  /// Where interfaces stand.
  ///
  /// @param group a name that no group has: the export lacks it
  public record Subnet(
      String name, String vnet, String cidr, String group, String table, boolean hasNat) {}

  /// An interface of a machine.
  ///
  /// @param publicAddress what kind of public address it has
  public record Nic(
      String machine,
      String subnet,
      String address,
      String group,
      Public publicAddress,
      List<String> asgs) {}

  public enum Public {
    NONE,
    BASIC,
    STANDARD,
    /// The export lacks it.
    UNKNOWN
  }

  public record Group(String name, List<Rule> rules) {}

  /// A rule of a group.
  ///
  /// @param sources prefixes and service tags
  /// @param sourcePorts `*`, or some
  public record Rule(
      String name,
      int priority,
      boolean isInbound,
      boolean isAllow,
      String protocol,
      List<String> ports,
      String sourcePorts,
      List<String> sources,
      List<String> sourceAsgs,
      List<String> destinations,
      List<String> destinationAsgs) {}

  /// One side of a peering; both sides are listed.
  public record Peering(
      String from, String to, boolean isConnected, boolean hasAccess, boolean takesForwarded) {}

  public record Table(String name, List<Route> routes) {}

  /// Where a table leads what a prefix holds.
  ///
  /// @param hop `VnetLocal`, `Internet`, `None`, `VirtualAppliance`, `VirtualNetworkGateway`
  public record Route(String prefix, String hop, String address) {}

  /// A load balancer with one rule.
  ///
  /// @param machines those in its pool
  public record Balancer(
      String name,
      boolean isStandard,
      boolean isPublic,
      List<String> machines,
      String protocol,
      int backendPort,
      boolean snats) {}

  /// A rule that comes before those of groups.
  ///
  /// @param access `Allow`, `Deny`, `AlwaysAllow`
  /// @param source a prefix, `*` or `Internet`
  public record AdminRule(
      String name,
      List<String> vnets,
      int priority,
      boolean isInbound,
      String access,
      String protocol,
      String ports,
      String source) {}

  Vnet vnet(String name) {
    return vnets.stream().filter(vnet -> vnet.name().equals(name)).findFirst().orElseThrow();
  }

  Subnet subnet(String name) {
    return subnets.stream().filter(some -> some.name().equals(name)).findFirst().orElseThrow();
  }

  Vnet vnetOf(Nic nic) {
    return vnet(subnet(nic.subnet()).vnet());
  }
}
