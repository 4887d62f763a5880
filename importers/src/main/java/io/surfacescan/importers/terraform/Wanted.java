package io.surfacescan.importers.terraform;

import java.util.List;
import java.util.Set;

/// What an attribute leads to: a flattened expression names all that it is made of, and of these
/// only some can be meant.
///
/// @param types of resources
/// @param prefixes of ids that the provider gives to such resources
record Wanted(Set<String> types, List<String> prefixes) {
  static final Wanted VPC = of("vpc-", "aws_vpc", "aws_default_vpc");
  static final Wanted SUBNET = of("subnet-", "aws_subnet", "aws_default_subnet");
  static final Wanted GROUP = of("sg-", "aws_security_group", "aws_default_security_group");
  static final Wanted TABLE = of("rtb-", "aws_route_table", "aws_default_route_table");
  static final Wanted ACL = of("acl-", "aws_network_acl", "aws_default_network_acl");
  static final Wanted INTERNET_GATEWAY = of("igw-", "aws_internet_gateway");
  static final Wanted GATEWAY =
      new Wanted(
          Set.of("aws_internet_gateway", "aws_vpn_gateway", "aws_egress_only_internet_gateway"),
          List.of("igw-", "vgw-", "eigw-", "lgw-"));
  static final Wanted EGRESS_ONLY = of("eigw-", "aws_egress_only_internet_gateway");
  static final Wanted NAT = of("nat-", "aws_nat_gateway");
  static final Wanted PEERING =
      of("pcx-", "aws_vpc_peering_connection", "aws_vpc_peering_connection_accepter");
  static final Wanted TRANSIT = of("tgw-", "aws_ec2_transit_gateway");
  static final Wanted TRANSIT_TABLE = of("tgw-rtb-", "aws_ec2_transit_gateway_route_table");
  static final Wanted TRANSIT_ATTACHMENT =
      new Wanted(
          Set.of(
              "aws_ec2_transit_gateway_vpc_attachment",
              "aws_ec2_transit_gateway_vpc_attachment_accepter",
              "aws_ec2_transit_gateway_peering_attachment",
              "aws_ec2_transit_gateway_peering_attachment_accepter"),
          List.of("tgw-attach-"));
  static final Wanted PREFIX_LIST =
      of("pl-", "aws_ec2_managed_prefix_list", "aws_prefix_list", "aws_vpc_endpoint");
  static final Wanted NIC = of("eni-", "aws_network_interface");
  static final Wanted INSTANCE = of("i-", "aws_instance", "aws_spot_instance_request");
  static final Wanted ENDPOINT = of("vpce-", "aws_vpc_endpoint");
  static final Wanted BALANCER = of("arn:", "aws_lb", "aws_alb");
  static final Wanted TARGET_GROUP = of("arn:", "aws_lb_target_group", "aws_alb_target_group");
  static final Wanted LISTENER = of("arn:", "aws_lb_listener", "aws_alb_listener");
  static final Wanted CLASSIC = of("", "aws_elb");
  static final Wanted TEMPLATE = of("lt-", "aws_launch_template");
  static final Wanted LAUNCH_CONFIGURATION = of("", "aws_launch_configuration");
  static final Wanted SCALING_GROUP = of("", "aws_autoscaling_group");
  static final Wanted SUBNET_GROUP =
      of(
          "",
          "aws_db_subnet_group",
          "aws_docdb_subnet_group",
          "aws_elasticache_subnet_group",
          "aws_memorydb_subnet_group",
          "aws_neptune_subnet_group",
          "aws_redshift_subnet_group",
          "aws_dax_subnet_group");
  static final Wanted TARGET =
      new Wanted(
          Set.of("aws_instance", "aws_spot_instance_request", "aws_lb", "aws_alb"),
          List.of("i-", "arn:"));

  private static Wanted of(String prefix, String... types) {
    return new Wanted(Set.of(types), prefix.isEmpty() ? List.of() : List.of(prefix));
  }

  /// Resources that are named, and have no ids that look like such.
  static Wanted named(String type) {
    return new Wanted(Set.of(type), List.of());
  }

  /// Whether a text may be such an id.
  boolean looksLikeId(String text) {
    return prefixes.stream().anyMatch(text::startsWith);
  }
}
