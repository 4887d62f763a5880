package io.surfacescan.importers.azure;

import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Something that an export lists by an id. Other resources are named by their keys
/// ([AzureId#key]); an empty key means none.
public sealed interface AzureResource {
  Header head();

  default String key() {
    return head().id().key();
  }

  /// What every resource has.
  record Header(AzureId id, String name, SourceOffset spot) {
    /// Its own name, or the last part of its id.
    public String shown() {
      return name.isEmpty() ? id.name() : name;
    }
  }

  /// A virtual machine, or an instance of a scale set.
  ///
  /// @param state such as `deallocated`; empty if it runs, or if that is not known
  /// @param scaleSet what it is an instance of
  record Machine(Header head, List<String> tags, String state, List<String> nics, String scaleSet)
      implements AzureResource {}

  /// A scale set with the interfaces that its instances get.
  record ScaleSet(Header head, List<String> tags, List<Nic> nics) implements AzureResource {}

  /// A network interface.
  ///
  /// @param machine the id of what it is attached to
  /// @param privateEndpoint the id of the private endpoint that it is of
  record Nic(
      Header head,
      AzureId machine,
      AzureId privateEndpoint,
      String nsg,
      boolean hasDefaultOutbound,
      List<IpConfiguration> configurations)
      implements AzureResource {}

  /// An address of an interface.
  ///
  /// @param key of its id
  /// @param address empty if the export does not tell it
  /// @param publicIp empty without one
  /// @param publicSku of a public address that each instance of a scale set gets; empty if there is
  ///   none
  record IpConfiguration(
      String key,
      Optional<AddressRange> address,
      boolean isV6,
      String subnet,
      String publicIp,
      Optional<Boolean> publicSku,
      List<String> asgs,
      List<String> pools,
      List<String> natRules,
      List<String> gatewayPools) {}

  record Vnet(Header head, List<AddressRange> ranges) implements AzureResource {}

  /// A subnet.
  ///
  /// @param filtersEndpoints whether its security group and routes count for private endpoints
  record Subnet(
      Header head,
      List<AddressRange> ranges,
      String nsg,
      String table,
      String nat,
      boolean filtersEndpoints)
      implements AzureResource {}

  /// One side of a peering.
  ///
  /// @param vnet whose side it is
  /// @param isConnected empty if the export does not tell it
  /// @param allowsAccess whether the tag `VirtualNetwork` holds the remote network
  /// @param localSubnets names, if it is about some subnets only
  record Peering(
      Header head,
      String vnet,
      String remote,
      Optional<Boolean> isConnected,
      boolean allowsAccess,
      boolean allowsForwarded,
      boolean isOfSubnets,
      List<String> localSubnets,
      List<String> remoteSubnets)
      implements AzureResource {}

  /// A network security group.
  ///
  /// @param subnets which it says it is of
  /// @param nics likewise
  record SecurityGroup(
      Header head, List<SecurityRule> rules, List<String> subnets, List<String> nics)
      implements AzureResource {}

  /// A rule of a network security group, or an admin rule.
  ///
  /// @param group the security group, or the collection of admin rules
  /// @param protocol as it is written
  /// @param doubt why it may not be so, or not be at all; empty if it is for sure
  record SecurityRule(
      Header head,
      String group,
      int priority,
      boolean isInbound,
      Access access,
      String protocol,
      List<String> ports,
      List<String> sourcePorts,
      Side source,
      Side destination,
      String doubt)
      implements AzureResource {}

  /// What a rule does.
  enum Access {
    ALLOW,
    DENY,
    ALWAYS_ALLOW;

    public static Access of(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "deny" -> DENY;
        case "alwaysallow" -> ALWAYS_ALLOW;
        default -> ALLOW;
      };
    }
  }

  /// One side of a rule.
  ///
  /// @param prefixes ranges, addresses, service tags, `*`
  /// @param asgs application security groups
  /// @param networkGroups groups of networks, of an admin rule
  record Side(List<String> prefixes, List<String> asgs, List<String> networkGroups) {
    /// Stands among the prefixes for those that nobody knows yet.
    public static final String LATER = "(known after apply)";

    @Override
    public String toString() {
      var all = new ArrayList<String>(prefixes);
      asgs.forEach(asg -> all.add(asg.substring(asg.lastIndexOf('/') + 1)));
      networkGroups.forEach(group -> all.add(group.substring(group.lastIndexOf('/') + 1)));
      return all.isEmpty() ? "nothing" : String.join(", ", all);
    }
  }

  /// A public address.
  ///
  /// @param configuration what it is of, as it says itself
  record PublicIp(Header head, String address, boolean isStandard, String configuration)
      implements AzureResource {}

  record RouteTable(Header head, List<Route> routes, List<String> subnets)
      implements AzureResource {}

  /// A route.
  ///
  /// @param table whose it is
  record Route(Header head, String table, String prefix, Hop hop, String hopAddress)
      implements AzureResource {}

  /// Where a route leads.
  enum Hop {
    NETWORK,
    INTERNET,
    APPLIANCE,
    GATEWAY,
    NONE;

    public static Hop of(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "vnetlocal", "virtualnetwork" -> NETWORK;
        case "internet" -> INTERNET;
        case "none" -> NONE;
        case "virtualnetworkgateway" -> GATEWAY;
        default -> APPLIANCE;
      };
    }
  }

  record NatGateway(Header head, boolean hasAddress, List<String> subnets)
      implements AzureResource {}

  /// A load balancer.
  ///
  /// @param isStandard whether its backends get nothing without a security group
  record LoadBalancer(Header head, boolean isStandard, List<Pool> pools, List<BalancingRule> rules)
      implements AzureResource {}

  /// The backends of a load balancer.
  ///
  /// @param configurations of interfaces
  /// @param addresses with the network that they are in
  record Pool(String key, List<String> configurations, List<PoolAddress> addresses) {}

  record PoolAddress(String vnet, AddressRange address) {}

  /// A rule of a load balancer that sends from a frontend to backends, or lets these out.
  ///
  /// @param pool where it leads, or empty
  /// @param configuration of the one interface where it leads, or empty
  /// @param letsIn whether clients come in by it
  /// @param letsOut whether the backends may open connections by it
  record BalancingRule(
      Header head,
      String pool,
      String configuration,
      Services services,
      boolean letsIn,
      boolean letsOut) {
    String key() {
      return head.id().key();
    }
  }

  /// An application gateway.
  ///
  /// @param addresses private ones
  /// @param outer what its listeners take from the internet
  /// @param inner what they take at private addresses
  record AppGateway(
      Header head,
      List<String> tags,
      String subnet,
      List<AddressRange> addresses,
      Services outer,
      Services inner,
      List<Backend> backends)
      implements AzureResource {}

  /// Backends of an application gateway.
  ///
  /// @param services that they are sent; none if no rule leads to them
  /// @param hasNames whether some are told by their names alone
  record Backend(
      Header head,
      Services services,
      List<AddressRange> addresses,
      List<String> configurations,
      boolean hasNames) {
    String key() {
      return head.id().key();
    }
  }

  /// What stands in a subnet without an interface that is listed: a database, a container group.
  record Service(
      Header head, VmKind kind, List<String> tags, String subnet, Optional<AddressRange> address)
      implements AzureResource {}

  /// An admin rule of a Virtual Network Manager.
  ///
  /// @param groups of networks that it is for, as far as the listing says
  /// @param file the name of the file that it stands in
  record AdminRule(SecurityRule rule, List<String> groups, String file) implements AzureResource {
    @Override
    public Header head() {
      return rule.head();
    }
  }

  /// A collection of admin rules.
  ///
  /// @param groups of networks that it is for
  record AdminCollection(Header head, List<String> groups) implements AzureResource {}

  /// A network, or a subnet, of a group of networks.
  record GroupMember(Header head, String group, String member) implements AzureResource {}

  /// The addresses of a service.
  record ServiceTag(Header head, List<AddressRange> ranges) implements AzureResource {}

  /// What Azure itself says of the rules that count for an interface or a subnet.
  ///
  /// @param group whose rules they are
  /// @param nic of which they are, or empty
  /// @param subnet likewise
  record EffectiveGroup(
      Header head, String group, String nic, String subnet, List<EffectiveRule> rules)
      implements AzureResource {}

  /// A rule as Azure applies it.
  ///
  /// @param sources the addresses that its source means, if Azure says them
  record EffectiveRule(SecurityRule rule, List<AddressRange> sources) {}

  /// What says nothing that is read.
  record Other(Header head, String type) implements AzureResource {}
}
