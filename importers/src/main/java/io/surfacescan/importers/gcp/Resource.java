package io.surfacescan.importers.gcp;

import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Something that an export lists.
public sealed interface Resource {
  /// Who it is and where it stands.
  Header head();

  /// The link that others name it by.
  default String link() {
    return head().link();
  }

  /// What every resource has.
  ///
  /// @param id what answers call it
  /// @param link what others name it by ([Links])
  /// @param name for people
  record Header(String id, String link, String name, SourceOffset spot) {
    public String project() {
      return Links.project(link);
    }
  }

  /// An instance.
  ///
  /// @param status `RUNNING`, `TERMINATED`, …
  /// @param labels as `key=value`
  /// @param accounts the service accounts that it runs as
  /// @param doubts why it may have tags and accounts that are not listed
  /// @param group link of the manager that made it; empty without one
  record Instance(
      Header head,
      String status,
      List<String> labels,
      List<String> tags,
      List<String> accounts,
      Doubts doubts,
      String group,
      List<Nic> nics)
      implements Resource {}

  /// Why the lists of an instance may lack some; empty if they are whole.
  record Doubts(String tags, String accounts) {
    /// The lists are whole.
    public static final Doubts NONE = new Doubts("", "");
  }

  /// A network interface.
  ///
  /// @param network its link
  /// @param subnetwork its link; empty in a legacy network
  record Nic(String network, String subnetwork, List<Address> addresses) {}

  /// An address of an interface.
  ///
  /// @param range more than one address if only the range that it comes from is known, or if all of
  ///   an alias range is meant
  /// @param outer the external address that stands for it outside, or a word if it is not known;
  ///   empty without one
  /// @param isAlias whether it is of an alias range, which tags and accounts of sources do not mean
  record Address(AddressRange range, String outer, boolean isAlias) {}

  /// A VPC network.
  ///
  /// @param isPolicyFirst whether network firewall policies come before firewall rules
  record Network(Header head, boolean isPolicyFirst, List<Peering> peerings) implements Resource {}

  /// One side of a peering.
  ///
  /// @param network the other network's link
  /// @param carriesV6 whether IPv6 routes are exchanged too
  record Peering(
      String name, String network, boolean isActive, boolean carriesV6, SourceOffset spot) {}

  record Subnetwork(Header head, String network, List<AddressRange> ranges, String purpose)
      implements Resource {}

  /// A route.
  ///
  /// @param range its destination; empty if it is not understood
  /// @param tags the instances it is for; all if there are none
  record Route(
      Header head,
      String network,
      Optional<AddressRange> range,
      int priority,
      List<String> tags,
      Hop hop)
      implements Resource {}

  /// Where a route leads.
  enum Hop {
    /// The default internet gateway.
    INTERNET,
    /// A subnet of the network, or one of a peer.
    SUBNET,
    /// Drops.
    NOWHERE,
    /// An instance, a balancer, a tunnel.
    OTHER
  }

  /// A router with Cloud NAT.
  record Router(Header head, String network, List<Nat> nats) implements Resource {}

  /// A Cloud NAT gateway.
  ///
  /// @param subnets by link, those that it serves if it does not serve all
  record Nat(
      String name,
      boolean isPublic,
      boolean servesAll,
      boolean servesAliases,
      Map<String, NatCoverage> subnets,
      SourceOffset spot) {}

  /// Which addresses of a subnet a NAT gateway serves.
  record NatCoverage(boolean primary, boolean aliases) {}

  /// A VPC firewall rule.
  record Firewall(Header head, String network, Rule rule) implements Resource {}

  /// A firewall policy.
  ///
  /// @param region of a regional network policy
  /// @param hasRules whether the export holds its rules, be there none
  /// @param targets links of networks, or `organizations/…` and `folders/…`
  record Policy(
      Header head,
      boolean isHierarchical,
      String region,
      boolean hasRules,
      List<Rule> rules,
      List<String> targets)
      implements Resource {}

  /// A project, a folder or an organization in the hierarchy.
  ///
  /// @param alias the project's number as a link
  /// @param parents the nearest first
  record Node(Header head, String alias, List<String> parents) implements Resource {}

  /// A secure tag on something.
  ///
  /// @param on the link of an instance or a network
  /// @param value `tagValues/…`
  record TagBinding(Header head, String on, String value) implements Resource {}

  /// The front of a load balancer.
  ///
  /// @param scheme `EXTERNAL`, `EXTERNAL_MANAGED`, `INTERNAL`, `INTERNAL_MANAGED`
  /// @param address more than one if it is of IPv6, or if it is not known
  /// @param target link of a backend service, a proxy, a pool or an instance
  /// @param network of an internal one; empty if the export does not say
  /// @param isOpenToRegions whether clients in other regions may use an internal one
  record ForwardingRule(
      Header head,
      String scheme,
      Optional<AddressRange> address,
      Services services,
      String target,
      String network,
      boolean isOpenToRegions)
      implements Resource {}

  /// A proxy or a URL map.
  ///
  /// @param next links of what it leads to
  record Forwarder(Header head, List<String> next) implements Resource {}

  /// A backend service.
  ///
  /// @param groups links of instance groups and network endpoint groups
  /// @param portName the port's name in its groups
  record BackendService(Header head, List<String> groups, OptionalInt port, String portName)
      implements Resource {}

  /// A group of instances, a target pool or a target instance.
  ///
  /// @param isListed whether the instances are all
  /// @param instances their links
  /// @param ports by name
  record InstanceGroup(
      Header head, boolean isListed, List<String> instances, Map<String, Integer> ports)
      implements Resource {}

  /// An instance of a group that the file's name tells.
  record Member(Header head, String file, String instance) implements Resource {}

  /// Something that says something about networks and is not read.
  record Unread(Header head, String what) implements Resource {}
}
