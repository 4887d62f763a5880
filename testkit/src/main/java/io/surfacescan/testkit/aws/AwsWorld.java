package io.surfacescan.testkit.aws;

import java.util.List;
import java.util.Optional;

/// A small network, all of IPv4.
///
/// Things refer to each other by their ids.
public record AwsWorld(
    List<Vpc> vpcs,
    List<Subnet> subnets,
    List<Nic> nics,
    List<Group> groups,
    List<Acl> acls,
    List<Table> tables,
    List<Nat> nats,
    List<Peering> peerings,
    Optional<Transit> transit,
    List<Balancer> balancers,
    List<PrefixList> prefixLists) {
  /// A VPC with its internet gateway.
  ///
  /// @param account whose folder it is listed in
  /// @param gateway its internet gateway
  /// @param isAttached whether the gateway is attached to it
  public record Vpc(String id, String account, String cidr, String gateway, boolean isAttached) {}

  public record Subnet(String id, String vpc, String cidr, String zone) {}

  /// A network interface with one address.
  ///
  /// @param outer its public address
  /// @param instance what it belongs to; its own id for one of a balancer
  public record Nic(
      String id,
      String instance,
      String subnet,
      String address,
      Optional<String> outer,
      List<String> groups) {}

  public record Group(String id, String vpc, List<GroupRule> rules) {}

  /// A rule of a security group.
  ///
  /// @param protocol `tcp`, `udp`, `icmp` or `-1`
  /// @param peer a CIDR, or the id of a group or a prefix list
  public record GroupRule(boolean isEgress, String protocol, int from, int to, String peer) {}

  public record Acl(
      String id, String vpc, boolean isDefault, List<String> subnets, List<Entry> entries) {}

  public record Entry(
      int number,
      boolean isEgress,
      boolean isAllow,
      String protocol,
      int from,
      int to,
      String cidr) {}

  public record Table(
      String id, String vpc, boolean isMain, List<String> subnets, List<Route> routes) {}

  /// A route.
  ///
  /// @param target an id, or `blackhole`
  public record Route(String cidr, String target) {}

  public record Nat(String id, String subnet) {}

  public record Peering(String id, String requester, String accepter, boolean isActive) {}

  /// A transit gateway with one route table.
  ///
  /// @param routes targets are attachments; none if the export does not tell them
  public record Transit(
      String id, String table, List<Attachment> attachments, Optional<List<Route>> routes) {}

  public record Attachment(String id, String vpc, List<String> subnets) {}

  /// A load balancer with one listener and one target group.
  ///
  /// @param isNetwork whether it keeps its clients' addresses
  /// @param nics its interfaces
  /// @param targets instances
  public record Balancer(
      String name,
      List<String> nics,
      boolean isNetwork,
      int port,
      int targetPort,
      boolean staysInZone,
      List<String> targets) {}

  /// A managed prefix list.
  ///
  /// @param cidrs none if the export does not tell them
  public record PrefixList(String id, Optional<List<String>> cidrs) {}

  Vpc vpc(String id) {
    return vpcs.stream().filter(vpc -> vpc.id.equals(id)).findFirst().orElseThrow();
  }

  Subnet subnet(String id) {
    return subnets.stream().filter(subnet -> subnet.id.equals(id)).findFirst().orElseThrow();
  }

  Group group(String id) {
    return groups.stream().filter(group -> group.id.equals(id)).findFirst().orElseThrow();
  }

  Vpc vpcOf(Nic nic) {
    return vpc(subnet(nic.subnet).vpc);
  }

  Optional<Balancer> balancer(Nic nic) {
    return balancers.stream().filter(some -> some.nics.contains(nic.id)).findFirst();
  }

  /// The table that a subnet uses.
  Table table(Subnet subnet) {
    return tables.stream()
        .filter(table -> table.subnets.contains(subnet.id))
        .findFirst()
        .orElseGet(() ->
            tables.stream()
                .filter(table -> table.isMain && table.vpc.equals(subnet.vpc))
                .findFirst()
                .orElseThrow());
  }

  Acl acl(Subnet subnet) {
    return acls.stream()
        .filter(acl -> acl.subnets.contains(subnet.id))
        .findFirst()
        .orElseGet(() ->
            acls.stream()
                .filter(acl -> acl.isDefault && acl.vpc.equals(subnet.vpc))
                .findFirst()
                .orElseThrow());
  }
}
