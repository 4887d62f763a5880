package io.surfacescan.importers.aws;

import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.VmKind;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Something that an export lists by an id of its own.
public sealed interface Resource extends Fact {
  Header head();

  default String id() {
    return head().id();
  }

  /// What every resource has.
  ///
  /// @param owner the account
  /// @param name from the tag `Name`
  record Header(String id, String owner, String region, String name, Unit unit, SourceOffset spot) {
    /// Whether the owner is an account, and not the name that someone gave to a folder.
    boolean isOwned() {
      return !owner.isEmpty() && (unit.hasAccountNumber() || !owner.equals(unit.account()));
    }

    /// Account and region, as far as they are known.
    String scope() {
      return owner.isEmpty() ? region : region.isEmpty() ? owner : owner + "/" + region;
    }
  }

  /// A VPC.
  ///
  /// @param ranges of IPv4 and IPv6
  record Vpc(Header head, List<AddressRange> ranges) implements Resource {
    boolean hasV6() {
      return ranges.stream().anyMatch(AddressRange::isV6);
    }
  }

  record Subnet(Header head, String vpc, String zone, List<AddressRange> ranges, boolean mapsPublic)
      implements Resource {}

  /// An address of an interface.
  ///
  /// @param address more than one if only the range that it comes from is known
  /// @param outer the public address that stands for it outside, or a word if it is not known;
  ///   empty without one
  record Address(AddressRange address, String outer) {}

  /// A network interface.
  ///
  /// @param kind `InterfaceType`
  /// @param instance what it is attached to
  record Nic(
      Header head,
      String vpc,
      String subnet,
      String zone,
      List<String> groups,
      boolean knowsGroups,
      List<Address> addresses,
      String kind,
      String description,
      String instance,
      String status)
      implements Resource {}

  /// An instance, or something else that is one VM whatever its interfaces.
  ///
  /// @param nics as the instance lists them
  record Instance(Header head, VmKind kind, String state, List<String> tags, List<Nic> nics)
      implements Resource {}

  record SecurityGroup(Header head, String groupName, String vpc, List<GroupRule> rules)
      implements Resource {}

  /// A rule of a security group, with one peer.
  ///
  /// @param id `sgr-…`, or empty
  /// @param doubt why there may be no such rule; empty if there is one for sure
  record GroupRule(
      String id,
      String group,
      boolean isEgress,
      String protocol,
      OptionalInt from,
      OptionalInt to,
      Peer peer,
      String doubt,
      Unit unit,
      SourceOffset spot)
      implements Fact {}

  /// The other side of a rule of a security group.
  sealed interface Peer {
    record Range(AddressRange range) implements Peer {
      @Override
      public String toString() {
        return range.toString();
      }
    }

    /// The members of a security group.
    ///
    /// @param isGone whether the peering that it came over is gone
    record Group(String id, boolean isGone) implements Peer {
      @Override
      public String toString() {
        return id;
      }
    }

    record PrefixList(String id) implements Peer {
      @Override
      public String toString() {
        return id;
      }
    }

    /// What the input does not tell, such as what is known only after a plan was applied.
    record Unknown(String why) implements Peer {
      @Override
      public String toString() {
        return "an unknown peer";
      }
    }

    /// What cannot be understood.
    record Other(String text) implements Peer {
      @Override
      public String toString() {
        return text;
      }
    }
  }

  record NetworkAcl(
      Header head, String vpc, boolean isDefault, List<String> subnets, List<AclEntry> entries)
      implements Resource {}

  /// An entry of a network ACL.
  ///
  /// @param id its own, or empty: then the ACL and the number tell
  /// @param icmpType any type if absent or -1
  record AclEntry(
      String id,
      int number,
      boolean isEgress,
      boolean isAllow,
      String protocol,
      String cidr,
      OptionalInt from,
      OptionalInt to,
      OptionalInt icmpType,
      SourceOffset spot) {}

  record RouteTable(
      Header head, String vpc, boolean isMain, List<String> subnets, List<Route> routes)
      implements Resource {}

  /// Where a route leads.
  enum Hop {
    LOCAL,
    GATEWAY,
    NAT,
    EGRESS_ONLY,
    PEERING,
    TRANSIT,
    INTERFACE,
    OTHER
  }

  /// A route of a route table.
  ///
  /// @param cidr the destination, or empty if it is a prefix list
  record Route(
      String cidr, String prefixList, Hop hop, String target, boolean isActive, SourceOffset spot) {
    public String destination() {
      return cidr.isEmpty() ? prefixList : cidr;
    }
  }

  /// An internet gateway, or an egress-only one.
  ///
  /// @param vpcs to which it is attached
  record InternetGateway(Header head, boolean isEgressOnly, List<String> vpcs)
      implements Resource {}

  record NatGateway(Header head, String vpc, String subnet, boolean isPublic, boolean isAvailable)
      implements Resource {}

  record OtherGateway(Header head) implements Resource {}

  record Peering(Header head, boolean isActive, String requester, String accepter)
      implements Resource {}

  record TransitGateway(Header head, String association, String propagation, boolean hasReferences)
      implements Resource {}

  /// What is attached to a transit gateway.
  ///
  /// @param type `vpc`, `peering`, `vpn`, …
  /// @param resource what is attached
  /// @param subnets of the VPC, in whose zones the gateway can be reached; none if not known
  /// @param table the route table that it is associated with; empty if that is not known
  /// @param isUnassociated whether it is known to be associated with none
  /// @param takesReferences whether rules of the VPC may refer to groups behind the gateway
  record TransitAttachment(
      Header head,
      String gateway,
      String type,
      String resource,
      boolean isAvailable,
      List<String> subnets,
      String table,
      boolean isUnassociated,
      boolean takesReferences)
      implements Resource {
    TransitAttachment of(String otherGateway) {
      return new TransitAttachment(
          head,
          otherGateway,
          type,
          resource,
          isAvailable,
          subnets,
          table,
          isUnassociated,
          takesReferences);
    }
  }

  record TransitTable(Header head, String gateway, boolean isDefault, boolean propagates)
      implements Resource {}

  /// A route, a propagation (without range) or an association of a transit gateway's route table.
  ///
  /// @param table its id; empty if only the file's name may hold it
  record TransitEntry(
      String table,
      Sort sort,
      String cidr,
      List<String> attachments,
      boolean isStatic,
      boolean isBlackhole,
      Unit unit,
      SourceOffset spot)
      implements Fact {
    /// What an entry is.
    public enum Sort {
      ROUTE,
      PROPAGATION,
      ASSOCIATION
    }
  }

  /// A managed prefix list.
  ///
  /// @param ranges none if the export holds only the list's name
  record PrefixList(Header head, boolean isKnown, List<AddressRange> ranges) implements Resource {}

  /// Ranges of a prefix list.
  ///
  /// @param list its id; empty if only the file's name may hold it
  record PrefixEntries(String list, List<AddressRange> ranges, Unit unit) implements Fact {}

  record VpcEndpoint(
      Header head, String vpc, String type, String service, boolean isAvailable, List<String> nics)
      implements Resource {}

  record EndpointService(Header head, String service, List<String> balancers) implements Resource {}

  /// A load balancer, whose id is its ARN, or a classic one's name.
  ///
  /// @param subnets where it stands
  record Balancer(
      Header head,
      String balancerName,
      String type,
      boolean isInternet,
      String vpc,
      List<String> groups,
      List<String> subnets,
      boolean checksPrivateLink)
      implements Resource {}

  /// A listener of a load balancer, with where its rules lead.
  ///
  /// @param balancer its ARN
  record Listener(
      Header head, String balancer, String protocol, int port, List<String> targetGroups)
      implements Resource {}

  /// A target group.
  ///
  /// @param type `instance`, `ip`, `lambda`, `alb`
  record TargetGroup(
      Header head,
      String groupName,
      String protocol,
      OptionalInt port,
      String vpc,
      String type,
      List<String> balancers)
      implements Resource {}

  /// The targets of a group.
  ///
  /// @param group its ARN; empty if only the file's name may hold it
  record Targets(String group, List<Target> targets, Unit unit) implements Fact {}

  record Target(String id, OptionalInt port, SourceOffset spot) {}

  /// Attributes of a load balancer or a target group.
  ///
  /// @param of the ARN that they belong to; empty if only the file's name may hold it
  record Attributes(String of, Map<String, String> values, Unit unit) implements Fact {}

  /// The mode of VPC Block Public Access.
  ///
  /// @param mode `off`, `block-ingress`, `block-bidirectional`
  record AccessBlock(String owner, String region, String mode, Unit unit) implements Fact {}

  /// What is excluded from VPC Block Public Access.
  ///
  /// @param arn of a VPC or a subnet
  /// @param mode `allow-bidirectional`, `allow-egress`
  record AccessExclusion(String arn, String mode) implements Fact {}
}
