package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Resource.Subnet;
import io.surfacescan.importers.aws.Resource.Vpc;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// VPCs and subnets, and what is in between them: route tables, network ACLs and gateways.
///
/// A VPC comes with a main route table that leads nowhere else and a network ACL that is open. Both
/// stand here too, if nothing manages them.
final class TerraformNetwork {
  static final String UNKNOWN = "(known after apply)";

  static final String[] VPCS = {"aws_vpc", "aws_default_vpc"};

  private final TerraformFacts facts;
  private final Map<String, Vpc> vpcs = new LinkedHashMap<>();

  TerraformNetwork(TerraformFacts facts) {
    this.facts = facts;
  }

  /// Lets what manages a part of a VPC by default stand for that part.
  static void nameDefaults(TerraformFacts facts) {
    var ids = facts.ids();
    for (Section group : facts.of("aws_default_security_group")) {
      var vpc = group.linked("vpc_id", Wanted.VPC);
      if (!vpc.ids().isEmpty()) {
        ids.rename(vpc.first() + Defaults.GROUP, group.id());
      }
    }
    for (Section table : facts.of("aws_default_route_table")) {
      String made = table.link("default_route_table_id", Wanted.TABLE);
      if (!made.isEmpty()) {
        ids.rename(made, table.id());
      }
    }
    for (Section acl : facts.of("aws_default_network_acl")) {
      String made = acl.link("default_network_acl_id", Wanted.ACL);
      if (!made.isEmpty()) {
        ids.rename(made, acl.id());
      }
    }
    for (Section accepter : facts.of("aws_vpc_peering_connection_accepter")) {
      accept(ids, accepter, "vpc_peering_connection_id", "aws_vpc_peering_connection");
    }
    for (Section accepter : facts.of("aws_ec2_transit_gateway_vpc_attachment_accepter")) {
      accept(
          ids, accepter, "transit_gateway_attachment_id", "aws_ec2_transit_gateway_vpc_attachment");
    }
  }

  /// What accepts something stands for the same thing.
  private static void accept(ResourceIds ids, Section accepter, String key, String type) {
    String accepted = accepter.link(key, new Wanted(Set.of(type), List.of()));
    if (!accepted.isEmpty()) {
      ids.rename(accepter.id(), accepted);
    }
  }

  void add() {
    for (Section vpc : facts.of(VPCS)) {
      addVpc(vpc);
    }
    for (Section subnet : facts.of("aws_subnet", "aws_default_subnet")) {
      addSubnet(subnet);
    }
    new TerraformTables(facts, this).add();
    new TerraformAcls(facts, this).add();
    new TerraformGateways(facts, this).add();
  }

  /// The VPCs by their ids.
  Map<String, Vpc> vpcs() {
    return vpcs;
  }

  private void addVpc(Section vpc) {
    var texts = new ArrayList<String>(vpc.texts("cidr_block"));
    texts.addAll(vpc.texts("ipv6_cidr_block"));
    for (Section block : vpc.sections("cidr_block_associations")) {
      texts.add(block.text("cidr_block"));
    }
    boolean isUnknown = vpc.isUnknown("cidr_block");
    for (Section more : facts.of("aws_vpc_ipv4_cidr_block_association")) {
      if (more.linked("vpc_id", Wanted.VPC).ids().contains(vpc.id())) {
        texts.addAll(more.texts("cidr_block"));
        isUnknown |= more.isUnknown("cidr_block");
      }
    }
    for (Section more : facts.of("aws_vpc_ipv6_cidr_block_association")) {
      if (more.linked("vpc_id", Wanted.VPC).ids().contains(vpc.id())) {
        texts.addAll(more.texts("ipv6_cidr_block"));
      }
    }
    var ranges = new ArrayList<>(TerraformFacts.ranges(texts));
    boolean hasUnknownV6 =
        vpc.isTrue("assign_generated_ipv6_cidr_block")
            && ranges.stream().noneMatch(AddressRange::isV6);
    if (isUnknown || ranges.stream().allMatch(AddressRange::isV6)) {
      ranges.add(AddressRange.ALL_V4);
      facts.assumed(
          vpc.spot(),
          "the range of " + vpc.of().text() + " is not known, so it may hold every address",
          "write the range, or read the state after terraform apply");
    }
    if (hasUnknownV6) {
      ranges.add(AddressRange.ALL_V6);
    }
    var made = new Vpc(facts.header(vpc), AddressRange.joined(ranges));
    vpcs.put(vpc.id(), made);
    facts.put(made);
  }

  private void addSubnet(Section subnet) {
    String vpc = subnet.link("vpc_id", Wanted.VPC);
    var texts = new ArrayList<String>(subnet.texts("cidr_block"));
    texts.addAll(subnet.texts("ipv6_cidr_block"));
    var ranges = new ArrayList<>(TerraformFacts.ranges(texts));
    if (ranges.stream().allMatch(AddressRange::isV6) && !subnet.isTrue("ipv6_native")) {
      var all = Optional.ofNullable(vpcs.get(vpc)).map(Vpc::ranges).orElse(List.of());
      all.stream().filter(range -> !range.isV6()).forEach(ranges::add);
    }
    facts.put(
        new Subnet(
            facts.header(subnet),
            vpc.isEmpty() ? onlyVpc() : vpc,
            subnet.firstText("availability_zone", "availability_zone_id"),
            AddressRange.joined(ranges),
            subnet.isTrue("map_public_ip_on_launch")
                || subnet.of().type().equals("aws_default_subnet")));
  }

  /// The VPC of what does not say in which it is, if there is only one.
  String onlyVpc() {
    return vpcs.size() == 1 ? vpcs.keySet().iterator().next() : "an unknown VPC";
  }

  /// Whether the plan or state makes a VPC, and with it what is there by default.
  boolean isMade(Section vpc) {
    return !vpc.of().address().isData() && !facts.isExported(vpc.id());
  }

  /// The VPC that something is by default in.
  String vpcOf(String id, String name) {
    for (String vpc : vpcs.keySet()) {
      if (facts.ids().byDefault(vpc, name).equals(id)) {
        return vpc;
      }
    }
    return onlyVpc();
  }
}
