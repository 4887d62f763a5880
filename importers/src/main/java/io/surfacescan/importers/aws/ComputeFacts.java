package io.surfacescan.importers.aws;

import io.surfacescan.importers.aws.Resource.Address;
import io.surfacescan.importers.aws.Resource.GroupRule;
import io.surfacescan.importers.aws.Resource.Instance;
import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.aws.Resource.Peer;
import io.surfacescan.importers.aws.Resource.SecurityGroup;
import io.surfacescan.importers.cloud.ExportObject;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.VmKind;
import java.util.ArrayList;
import java.util.List;

/// Reads instances, network interfaces and security groups.
///
/// @param facts gets what is read
record ComputeFacts(Facts facts) {
  /// The lists of those whom a permission is about.
  private static final List<String> PEERS =
      List.of("IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs");

  void add(String list, ExportObject object) {
    switch (list) {
      case "Reservations" -> {
        for (ExportObject instance : object.objects("Instances")) {
          instance(instance, object.text("OwnerId"));
        }
      }
      case "Instances" -> instance(object, object.text("OwnerId"));
      case "NetworkInterfaces" -> {
        if (!object.text("NetworkInterfaceId").isEmpty()) {
          facts.put(nic(object, object.text("OwnerId"), "", ""));
        }
      }
      case "SecurityGroups" -> group(object);
      case "SecurityGroupRules" -> rule(object);
      // What an elastic address is associated with, the interface says too.
      default -> {}
    }
  }

  private void instance(ExportObject object, String owner) {
    String id = object.text("InstanceId");
    if (id.isEmpty()) {
      return;
    }
    String zone = object.text("Placement", "AvailabilityZone");
    var nics = new ArrayList<Nic>();
    for (ExportObject nic : object.objects("NetworkInterfaces")) {
      nics.add(
          nic(nic, nic.firstText("OwnerId").isEmpty() ? owner : nic.text("OwnerId"), zone, id));
    }
    if (nics.isEmpty() && !object.text("PrivateIpAddress").isEmpty()) {
      nics.add(nicOfInstance(object, owner, zone, id));
    }
    var tags = new ArrayList<String>();
    for (ExportObject tag : object.objects("Tags")) {
      if (!tag.text("Key").equals("Name")) {
        tags.add(tag.text("Key") + "=" + tag.text("Value"));
      }
    }
    facts.put(
        new Instance(
            facts.header(object, id, owner, zone),
            VmKind.VM,
            object.text("State", "Name"),
            tags,
            nics));
  }

  /// Older exports list no interfaces, only what the first one has.
  private Nic nicOfInstance(ExportObject object, String owner, String zone, String id) {
    return new Nic(
        facts.header(object, id, owner, zone),
        object.text("VpcId"),
        object.text("SubnetId"),
        zone,
        object.textsIn("SecurityGroups", "GroupId"),
        object.has("SecurityGroups"),
        address(object.text("PrivateIpAddress"), object.text("PublicIpAddress")),
        "interface",
        "",
        id,
        "in-use");
  }

  /// @param knownZone that of the instance, if it is known
  /// @param knownInstance the instance that lists the interface
  private Nic nic(ExportObject object, String owner, String knownZone, String knownInstance) {
    String zone =
        object.text("AvailabilityZone").isEmpty() ? knownZone : object.text("AvailabilityZone");
    var addresses = new ArrayList<Address>();
    for (ExportObject address : object.objects("PrivateIpAddresses")) {
      addresses.addAll(
          address(address.text("PrivateIpAddress"), address.text("Association", "PublicIp")));
    }
    if (addresses.isEmpty()) {
      addresses.addAll(
          address(object.text("PrivateIpAddress"), object.text("Association", "PublicIp")));
    }
    for (ExportObject address : object.objects("Ipv6Addresses")) {
      addresses.addAll(address(address.text("Ipv6Address"), ""));
    }
    String instance =
        knownInstance.isEmpty() ? object.text("Attachment", "InstanceId") : knownInstance;
    return new Nic(
        facts.header(object, object.text("NetworkInterfaceId"), owner, zone),
        object.text("VpcId"),
        object.text("SubnetId"),
        zone,
        object.textsIn("Groups", "GroupId"),
        object.has("Groups"),
        addresses,
        object.text("InterfaceType"),
        object.text("Description"),
        instance,
        object.text("Status"));
  }

  private static List<Address> address(String inner, String outer) {
    return AddressRange.parse(inner).stream().map(range -> new Address(range, outer)).toList();
  }

  private void group(ExportObject object) {
    String id = object.text("GroupId");
    if (id.isEmpty()) {
      return;
    }
    var rules = new ArrayList<GroupRule>();
    for (ExportObject permission : object.objects("IpPermissions")) {
      permission(permission, id, object.text("OwnerId"), false, rules);
    }
    for (ExportObject permission : object.objects("IpPermissionsEgress")) {
      permission(permission, id, object.text("OwnerId"), true, rules);
    }
    facts.put(
        new SecurityGroup(
            facts.header(object, "GroupId"),
            object.text("GroupName"),
            object.text("VpcId"),
            rules));
  }

  private void permission(
      ExportObject permission,
      String group,
      String owner,
      boolean isEgress,
      List<GroupRule> rules) {
    var unit = facts.unit(owner);
    if (PEERS.stream().noneMatch(permission::has)) {
      facts
          .problems()
          .add(
              ProblemKind.ASSUMPTION,
              permission.spot(),
              "a permission of a security group has none of "
                  + String.join(", ", PEERS)
                  + ", so it allows no address and no group",
              "export the groups with describe-security-groups, which writes all of them");
    }
    for (ExportObject range : permission.objects("IpRanges")) {
      rules.add(rule(permission, "", group, unit, isEgress, range(range.text("CidrIp")), range));
    }
    for (ExportObject range : permission.objects("Ipv6Ranges")) {
      rules.add(rule(permission, "", group, unit, isEgress, range(range.text("CidrIpv6")), range));
    }
    for (ExportObject list : permission.objects("PrefixListIds")) {
      rules.add(
          rule(
              permission,
              "",
              group,
              unit,
              isEgress,
              new Peer.PrefixList(list.text("PrefixListId")),
              list));
    }
    for (ExportObject pair : permission.objects("UserIdGroupPairs")) {
      rules.add(rule(permission, "", group, unit, isEgress, peer(pair), pair));
    }
  }

  private void rule(ExportObject object) {
    Peer peer;
    if (object.has("CidrIpv4")) {
      peer = range(object.text("CidrIpv4"));
    } else if (object.has("CidrIpv6")) {
      peer = range(object.text("CidrIpv6"));
    } else if (object.has("PrefixListId")) {
      peer = new Peer.PrefixList(object.text("PrefixListId"));
    } else {
      peer =
          object
              .object("ReferencedGroupInfo")
              .map(ComputeFacts::peer)
              .orElse(new Peer.Other("no peer"));
    }
    facts.put(
        rule(
            object,
            object.text("SecurityGroupRuleId"),
            object.text("GroupId"),
            facts.unit(object.text("GroupOwnerId")),
            object.isTrue("IsEgress"),
            peer,
            object));
  }

  private static GroupRule rule(
      ExportObject ports,
      String id,
      String group,
      Unit unit,
      boolean isEgress,
      Peer peer,
      ExportObject at) {
    return new GroupRule(
        id,
        group,
        isEgress,
        ports.text("IpProtocol"),
        ports.number("FromPort"),
        ports.number("ToPort"),
        peer,
        "",
        unit,
        at.spot());
  }

  private static Peer range(String text) {
    return AddressRange.parse(text).<Peer>map(Peer.Range::new).orElse(new Peer.Other(text));
  }

  private static Peer peer(ExportObject pair) {
    String status = pair.text("PeeringStatus");
    return new Peer.Group(pair.text("GroupId"), !status.isEmpty() && !status.equals("active"));
  }
}
