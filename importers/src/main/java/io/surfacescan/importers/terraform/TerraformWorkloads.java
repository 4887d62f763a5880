package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Resource.Instance;
import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.aws.Resource.VpcEndpoint;
import io.surfacescan.importers.terraform.TerraformNics.Draft;
import io.surfacescan.model.VmKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What has network interfaces that Terraform does not list: databases, functions, containers, and
/// endpoints of services. Each is one VM with an interface in each of its subnets.
final class TerraformWorkloads {
  /// How a type of resources says where it is.
  ///
  /// @param block that holds the keys; empty if the resource itself does
  /// @param subnets the key of the subnets, or of the subnet group that names them
  /// @param publicKey the key that says whether it has a public address; empty if it never has
  private record Shape(
      String type, VmKind kind, String block, String subnets, String groups, String publicKey) {}

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(
              "aws_db_instance",
              VmKind.DATABASE,
              "",
              "db_subnet_group_name",
              "vpc_security_group_ids",
              "publicly_accessible"),
          new Shape(
              "aws_rds_cluster",
              VmKind.DATABASE,
              "",
              "db_subnet_group_name",
              "vpc_security_group_ids",
              ""),
          new Shape(
              "aws_docdb_cluster",
              VmKind.DATABASE,
              "",
              "db_subnet_group_name",
              "vpc_security_group_ids",
              ""),
          new Shape(
              "aws_neptune_cluster",
              VmKind.DATABASE,
              "",
              "neptune_subnet_group_name",
              "vpc_security_group_ids",
              ""),
          new Shape(
              "aws_redshift_cluster",
              VmKind.DATABASE,
              "",
              "cluster_subnet_group_name",
              "vpc_security_group_ids",
              "publicly_accessible"),
          new Shape(
              "aws_elasticache_cluster",
              VmKind.DATABASE,
              "",
              "subnet_group_name",
              "security_group_ids",
              ""),
          new Shape(
              "aws_elasticache_replication_group",
              VmKind.DATABASE,
              "",
              "subnet_group_name",
              "security_group_ids",
              ""),
          new Shape(
              "aws_memorydb_cluster",
              VmKind.DATABASE,
              "",
              "subnet_group_name",
              "security_group_ids",
              ""),
          new Shape(
              "aws_dax_cluster",
              VmKind.DATABASE,
              "",
              "subnet_group_name",
              "security_group_ids",
              ""),
          new Shape(
              "aws_opensearch_domain",
              VmKind.DATABASE,
              "vpc_options",
              "subnet_ids",
              "security_group_ids",
              ""),
          new Shape(
              "aws_elasticsearch_domain",
              VmKind.DATABASE,
              "vpc_options",
              "subnet_ids",
              "security_group_ids",
              ""),
          new Shape(
              "aws_msk_cluster",
              VmKind.DATABASE,
              "broker_node_group_info",
              "client_subnets",
              "security_groups",
              ""),
          new Shape(
              "aws_mq_broker",
              VmKind.DATABASE,
              "",
              "subnet_ids",
              "security_groups",
              "publicly_accessible"),
          new Shape(
              "aws_efs_mount_target", VmKind.DATABASE, "", "subnet_id", "security_groups", ""),
          new Shape(
              "aws_lambda_function",
              VmKind.FUNCTION,
              "vpc_config",
              "subnet_ids",
              "security_group_ids",
              ""),
          new Shape(
              "aws_ecs_service",
              VmKind.WORKLOAD,
              "network_configuration",
              "subnets",
              "security_groups",
              "assign_public_ip"),
          new Shape(
              "aws_eks_cluster",
              VmKind.WORKLOAD,
              "vpc_config",
              "subnet_ids",
              "security_group_ids",
              ""));

  private final TerraformFacts facts;
  private final TerraformNics nics;

  TerraformWorkloads(TerraformFacts facts, TerraformNics nics) {
    this.facts = facts;
    this.nics = nics;
  }

  /// The types of resources that become VMs here or in [TerraformCompute].
  static Set<String> types() {
    var types = SHAPES.stream().map(Shape::type).collect(Collectors.toSet());
    types.add("aws_autoscaling_group");
    return types;
  }

  void add() {
    Map<String, Section> groups = new HashMap<>();
    for (Section group : facts.of(Wanted.SUBNET_GROUP.types().toArray(String[]::new))) {
      groups.put(group.id(), group);
    }
    for (Shape shape : SHAPES) {
      for (Section section : facts.of(shape.type)) {
        if (!section.of().address().isData()) {
          add(section, shape, groups);
        }
      }
    }
    for (Section endpoint : facts.of("aws_vpc_endpoint")) {
      if (!endpoint.of().address().isData()) {
        addEndpoint(endpoint);
      }
    }
  }

  private void add(Section section, Shape shape, Map<String, Section> subnetGroups) {
    Optional<Section> at =
        shape.block.isEmpty()
            ? Optional.of(section)
            : section.sections(shape.block).stream().findFirst();
    if (at.isEmpty()) {
      // It runs in no VPC.
      return;
    }
    var place = at.get();
    var made = new ArrayList<Nic>();
    for (String subnet : subnets(place, shape, subnetGroups)) {
      var linked = place.linked(shape.groups, Wanted.GROUP);
      made.add(
          nics.nic(
              section,
              new Draft(
                  section.id() + "/" + subnet,
                  subnet,
                  nics.groups(place, shape.groups, nics.vpc(subnet, linked)),
                  List.of(),
                  !shape.publicKey.isEmpty() && place.isTrue(shape.publicKey)
                      ? TerraformNics.PUBLIC
                      : "",
                  shape.kind == VmKind.FUNCTION ? "lambda" : "interface",
                  "",
                  section.id())));
    }
    made.forEach(facts::put);
    facts.put(
        new Instance(facts.header(section), shape.kind, "", TerraformFacts.labels(section), made));
  }

  private List<String> subnets(Section place, Shape shape, Map<String, Section> subnetGroups) {
    if (!shape.subnets.endsWith("group_name")) {
      return nics.subnets(place, shape.subnets);
    }
    var named = place.linked(shape.subnets, Wanted.SUBNET_GROUP).ids();
    for (String name : named) {
      var group = subnetGroups.get(name);
      if (group != null) {
        return nics.subnets(group, "subnet_ids");
      }
    }
    return List.of("");
  }

  /// An endpoint of a service: an interface in each subnet, or an entry of route tables.
  private void addEndpoint(Section endpoint) {
    String type = endpoint.text("vpc_endpoint_type");
    var ids = new ArrayList<String>();
    if (type.equals("Interface")) {
      for (String subnet : nics.subnets(endpoint, "subnet_ids")) {
        var linked = endpoint.linked("security_group_ids", Wanted.GROUP);
        var nic =
            nics.nic(
                endpoint,
                new Draft(
                    endpoint.id() + "/" + subnet,
                    subnet,
                    nics.groups(endpoint, "security_group_ids", nics.vpc(subnet, linked)),
                    List.of(),
                    "",
                    "vpc_endpoint",
                    "",
                    endpoint.id()));
        ids.add(nic.id());
        facts.put(nic);
      }
      facts.put(
          new Instance(
              facts.header(endpoint),
              VmKind.GATEWAY,
              "",
              TerraformFacts.labels(endpoint),
              List.of()));
    }
    facts.put(
        new VpcEndpoint(
            facts.header(endpoint),
            endpoint.link("vpc_id", Wanted.VPC),
            type.isEmpty() ? "Gateway" : type,
            endpoint.text("service_name"),
            true,
            ids));
  }
}
