package io.surfacescan.importers.terraform;

import java.util.Optional;
import java.util.Set;

/// What AWS makes with each VPC: a security group, a route table and a network ACL. They count also
/// where no resource manages them.
final class Defaults {
  static final String GROUP = "/default-security-group";
  static final String TABLE = "/main-route-table";
  static final String ACL = "/default-network-acl";

  private static final Set<String> VPCS = Set.of("aws_vpc", "aws_default_vpc");

  private Defaults() {}

  /// The attribute of a VPC that names such a thing, by the thing's name; empty for another.
  static String name(String attribute) {
    return switch (attribute) {
      case "default_security_group_id" -> GROUP;
      case "default_route_table_id", "main_route_table_id" -> TABLE;
      case "default_network_acl_id" -> ACL;
      default -> "";
    };
  }

  static boolean isVpc(TerraformResource resource) {
    return VPCS.contains(resource.type());
  }

  /// What an attribute of a VPC will name.
  static Optional<String> of(TerraformResource resource, String attribute) {
    String name = name(attribute);
    return isVpc(resource) && !name.isEmpty()
        ? Optional.of(resource.address() + name)
        : Optional.empty();
  }
}
