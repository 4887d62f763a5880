package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Resource.InternetGateway;
import io.surfacescan.importers.aws.Resource.NatGateway;
import io.surfacescan.importers.aws.Resource.OtherGateway;
import io.surfacescan.importers.aws.Resource.Peering;
import io.surfacescan.importers.aws.Resource.PrefixList;
import io.surfacescan.importers.aws.Resource.Subnet;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Gateways, peerings and prefix lists.
final class TerraformGateways {
  private final TerraformFacts facts;
  private final TerraformNetwork network;

  TerraformGateways(TerraformFacts facts, TerraformNetwork network) {
    this.facts = facts;
    this.network = network;
  }

  void add() {
    addGateways();
    addPrefixLists();
  }

  private void addGateways() {
    Map<String, List<String>> attached = new HashMap<>();
    for (Section attachment : facts.of("aws_internet_gateway_attachment")) {
      attached
          .computeIfAbsent(
              attachment.link("internet_gateway_id", Wanted.INTERNET_GATEWAY),
              ignored -> new ArrayList<>())
          .addAll(attachment.linked("vpc_id", Wanted.VPC).ids());
    }
    for (Section gateway : facts.of("aws_internet_gateway")) {
      var vpcs = new ArrayList<>(gateway.linked("vpc_id", Wanted.VPC).ids());
      for (Section attachment : gateway.sections("attachments")) {
        vpcs.addAll(attachment.linked("vpc_id", Wanted.VPC).ids());
      }
      vpcs.addAll(attached.getOrDefault(gateway.id(), List.of()));
      boolean isUnknown =
          vpcs.isEmpty() && gateway.isUnknown("vpc_id") && !gateway.isComputed("vpc_id");
      if (isUnknown) {
        vpcs.addAll(network.vpcs().keySet());
      }
      facts.put(new InternetGateway(facts.header(gateway), false, vpcs));
    }
    for (Section gateway : facts.of("aws_egress_only_internet_gateway")) {
      facts.put(
          new InternetGateway(
              facts.header(gateway), true, gateway.linked("vpc_id", Wanted.VPC).ids()));
    }
    for (Section gateway : facts.of("aws_vpn_gateway")) {
      facts.put(new OtherGateway(facts.header(gateway)));
    }
    for (Section nat : facts.of("aws_nat_gateway")) {
      String subnet = nat.link("subnet_id", Wanted.SUBNET);
      facts.put(
          new NatGateway(
              facts.header(nat),
              facts.subnet(subnet).map(Subnet::vpc).orElse(""),
              subnet,
              !nat.text("connectivity_type").equals("private"),
              true));
    }
    var peerings = new HashSet<String>();
    for (Section peering :
        facts.of("aws_vpc_peering_connection", "aws_vpc_peering_connection_accepter")) {
      String status = peering.firstText("accept_status", "status");
      if (peerings.add(peering.id())) {
        facts.put(
            new Peering(
                facts.header(peering),
                status.isEmpty() || status.equals("active"),
                peering.link("vpc_id", Wanted.VPC),
                peering.link("peer_vpc_id", Wanted.VPC)));
      }
    }
  }

  private void addPrefixLists() {
    Map<String, List<String>> more = new HashMap<>();
    for (Section entry : facts.of("aws_ec2_managed_prefix_list_entry")) {
      more.computeIfAbsent(
              entry.link("prefix_list_id", Wanted.PREFIX_LIST), absent -> new ArrayList<>())
          .add(entry.isUnknown("cidr") ? TerraformNetwork.UNKNOWN : entry.text("cidr"));
    }
    for (Section list : facts.of("aws_ec2_managed_prefix_list", "aws_prefix_list")) {
      var texts = new ArrayList<>(more.getOrDefault(list.id(), List.of()));
      texts.addAll(list.texts("cidr_blocks"));
      boolean isUnknown = list.isUnknown("entry") && !list.isComputed("entry");
      for (String key : List.of("entry", "entries")) {
        for (Section entry : list.sections(key)) {
          texts.add(entry.isUnknown("cidr") ? TerraformNetwork.UNKNOWN : entry.text("cidr"));
        }
      }
      boolean isKnown = !isUnknown && !texts.contains(TerraformNetwork.UNKNOWN);
      facts.put(
          new PrefixList(
              facts.header(list), isKnown, AddressRange.joined(TerraformFacts.ranges(texts))));
    }
  }
}
