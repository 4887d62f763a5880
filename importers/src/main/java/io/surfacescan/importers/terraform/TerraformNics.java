package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Resource.Address;
import io.surfacescan.importers.aws.Resource.Header;
import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.aws.Resource.SecurityGroup;
import io.surfacescan.importers.aws.Resource.Subnet;
import io.surfacescan.importers.terraform.Section.Linked;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the network interfaces of whatever has some, in one subnet each.
///
/// An address that is not known yet is one of its subnet's.
final class TerraformNics {
  /// A public address that is not known yet.
  static final String PUBLIC = "public";

  private final TerraformFacts facts;
  private final TerraformNetwork network;
  private final Map<String, String> vpcOfGroup = new HashMap<>();

  TerraformNics(TerraformFacts facts, TerraformNetwork network) {
    this.facts = facts;
    this.network = network;
    facts.found().stream()
        .filter(SecurityGroup.class::isInstance)
        .map(SecurityGroup.class::cast)
        .forEach(group -> vpcOfGroup.put(group.id(), group.vpc()));
  }

  /// What an interface is made of.
  ///
  /// @param outer its public address, or [#PUBLIC]; empty without one
  /// @param kind `InterfaceType`
  /// @param instance what it belongs to
  record Draft(
      String id,
      String subnet,
      List<String> groups,
      List<String> addresses,
      String outer,
      String kind,
      String description,
      String instance) {}

  /// The subnets that a value leads to, at least one: the last resort is one that is not known.
  List<String> subnets(Section section, String key) {
    var linked = section.linked(key, Wanted.SUBNET);
    if (linked.ids().isEmpty()) {
      boolean isGiven = section.has(key) || !section.isComputed(key);
      if (section.isUnknown(key) || isGiven) {
        facts.assumed(
            section.spot(),
            "the subnet of " + section.of().text() + " is not known",
            "read the state after terraform apply");
      }
      return List.of("");
    }
    return linked.ids();
  }

  /// The security groups that a value leads to; those that are not known among them as one that
  /// does not exist, so that it may allow everything.
  ///
  /// @param vpc whose default group is used if nothing is written
  List<String> groups(Section section, String key, String vpc) {
    var linked = section.linked(key, Wanted.GROUP);
    var groups = new ArrayList<>(linked.ids());
    boolean isWritten = section.isUnknown(key) && !section.isComputed(key);
    if (isWritten && !linked.isWhole()) {
      groups.add(TerraformNetwork.UNKNOWN);
    } else if (groups.isEmpty()) {
      groups.add(
          network.vpcs().containsKey(vpc) || facts.isExported(facts.defaultGroup(vpc))
              ? facts.defaultGroup(vpc)
              : "the default security group of " + (vpc.isEmpty() ? "an unknown VPC" : vpc));
    }
    return groups;
  }

  /// The VPC of a subnet, else of the groups, else the only one.
  String vpc(String subnet, Linked groups) {
    String ofSubnet = facts.subnet(subnet).map(Subnet::vpc).orElse("");
    if (!ofSubnet.isEmpty()) {
      return ofSubnet;
    }
    return groups.ids().stream()
        .map(group -> vpcOfGroup.getOrDefault(group, ""))
        .filter(vpc -> !vpc.isEmpty())
        .findFirst()
        .orElseGet(network::onlyVpc);
  }

  boolean mapsPublic(String subnet) {
    return facts.subnet(subnet).map(Subnet::mapsPublic).orElse(false);
  }

  Nic nic(Section section, Draft draft) {
    var subnet = facts.subnet(draft.subnet);
    var known = TerraformFacts.ranges(draft.addresses);
    var addresses = new ArrayList<Address>();
    String outer = draft.outer;
    for (AddressRange address : known) {
      addresses.add(new Address(address, address.isV6() ? "" : outer));
      // The public address stands for the first.
      outer = address.isV6() ? outer : "";
    }
    if (known.stream().allMatch(AddressRange::isV6)) {
      var ranges =
          subnet.map(Subnet::ranges).orElse(List.of()).stream()
              .filter(range -> !range.isV6())
              .toList();
      boolean hasV4 = !ranges.isEmpty() || subnet.isEmpty();
      if (hasV4) {
        addresses.addFirst(
            new Address(ranges.isEmpty() ? AddressRange.ALL_V4 : ranges.getFirst(), draft.outer));
      }
    }
    var header = facts.header(section, draft.id);
    String zone = subnet.map(Subnet::zone).orElse("");
    return new Nic(
        new Header(
            draft.id, header.owner(), header.region(), header.name(), header.unit(), header.spot()),
        vpc(draft.subnet, new Linked(draft.groups, true, true)),
        draft.subnet,
        zone,
        draft.groups,
        true,
        addresses,
        draft.kind,
        draft.description,
        draft.instance,
        "in-use");
  }

  /// The addresses of IPv6 that something has or will have.
  List<String> v6(Section section, String subnet, boolean isAssigned) {
    var known = section.texts("ipv6_addresses");
    boolean isLater = section.isUnknown("ipv6_addresses") && !section.isComputed("ipv6_addresses");
    boolean willHave = isAssigned || isLater || section.number("ipv6_address_count").orElse(0) > 0;
    if (!known.isEmpty() || !willHave) {
      return known;
    }
    return facts.subnet(subnet).map(Subnet::ranges).orElse(List.of()).stream()
        .filter(AddressRange::isV6)
        .map(AddressRange::toString)
        .toList();
  }

  Optional<Subnet> subnet(String id) {
    return facts.subnet(id);
  }
}
