package io.surfacescan.importers.terraform;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which types of resources are read, and which of the others have a place in a network.
final class ResourceTypes {
  private static final List<String> GOOGLE =
      List.of(
          "google_compute_firewall",
          "google_compute_firewall_policy",
          "google_compute_firewall_policy_association",
          "google_compute_firewall_policy_rule",
          "google_compute_firewall_policy_with_rules",
          "google_compute_network",
          "google_compute_network_firewall_policy",
          "google_compute_network_firewall_policy_association",
          "google_compute_network_firewall_policy_rule",
          "google_compute_network_firewall_policy_with_rules",
          "google_compute_network_peering",
          "google_compute_region_network_firewall_policy",
          "google_compute_region_network_firewall_policy_association",
          "google_compute_region_network_firewall_policy_rule",
          "google_compute_region_network_firewall_policy_with_rules",
          "google_compute_route",
          "google_compute_router",
          "google_compute_router_nat",
          "google_compute_subnetwork",
          "google_service_account");

  private static final Set<String> READ =
      Stream.of(
              Stream.of(
                  "aws_default_network_acl",
                  "aws_default_route_table",
                  "aws_default_security_group",
                  "aws_default_subnet",
                  "aws_default_vpc",
                  "aws_ec2_managed_prefix_list",
                  "aws_ec2_managed_prefix_list_entry",
                  "aws_ec2_transit_gateway",
                  "aws_ec2_transit_gateway_peering_attachment",
                  "aws_ec2_transit_gateway_peering_attachment_accepter",
                  "aws_ec2_transit_gateway_route",
                  "aws_ec2_transit_gateway_route_table",
                  "aws_ec2_transit_gateway_route_table_association",
                  "aws_ec2_transit_gateway_route_table_propagation",
                  "aws_ec2_transit_gateway_vpc_attachment",
                  "aws_ec2_transit_gateway_vpc_attachment_accepter",
                  "aws_egress_only_internet_gateway",
                  "aws_eip",
                  "aws_eip_association",
                  "aws_instance",
                  "aws_internet_gateway",
                  "aws_internet_gateway_attachment",
                  "aws_launch_configuration",
                  "aws_launch_template",
                  "aws_main_route_table_association",
                  "aws_nat_gateway",
                  "aws_network_acl",
                  "aws_network_acl_association",
                  "aws_network_acl_rule",
                  "aws_network_interface",
                  "aws_network_interface_attachment",
                  "aws_network_interface_sg_attachment",
                  "aws_prefix_list",
                  "aws_route",
                  "aws_route_table",
                  "aws_route_table_association",
                  "aws_security_group",
                  "aws_security_group_rule",
                  "aws_security_groups",
                  "aws_spot_instance_request",
                  "aws_subnet",
                  "aws_subnet_ids",
                  "aws_subnets",
                  "aws_vpc",
                  "aws_vpc_endpoint",
                  "aws_vpc_endpoint_security_group_association",
                  "aws_vpc_endpoint_service",
                  "aws_vpc_endpoint_subnet_association",
                  "aws_vpc_ipv4_cidr_block_association",
                  "aws_vpc_ipv6_cidr_block_association",
                  "aws_vpc_peering_connection",
                  "aws_vpc_peering_connection_accepter",
                  "aws_vpc_peering_connection_options",
                  "aws_vpc_security_group_egress_rule",
                  "aws_vpc_security_group_ingress_rule",
                  "aws_vpn_gateway",
                  "aws_vpn_gateway_attachment",
                  "aws_alb",
                  "aws_alb_listener",
                  "aws_alb_listener_rule",
                  "aws_alb_target_group",
                  "aws_alb_target_group_attachment",
                  "aws_autoscaling_attachment",
                  "aws_elb",
                  "aws_elb_attachment",
                  "aws_lb",
                  "aws_lb_listener",
                  "aws_lb_listener_rule",
                  "aws_lb_target_group",
                  "aws_lb_target_group_attachment"),
              google().stream(),
              AzurePlan.types().stream(),
              TerraformWorkloads.types().stream(),
              Wanted.SUBNET_GROUP.types().stream())
          .flatMap(types -> types)
          .collect(Collectors.toUnmodifiableSet());

  /// Starts of the names of types that let packets through, or keep them off, and are not read.
  private static final List<String> OF_NETWORKS =
      List.of(
          "aws_apigatewayv2_vpc_link",
          "aws_api_gateway_vpc_link",
          "aws_appmesh_",
          "aws_apprunner_vpc_connector",
          "aws_batch_compute_environment",
          "aws_client_vpn_",
          "aws_customer_gateway",
          "aws_dx_",
          "aws_ec2_carrier_gateway",
          "aws_ec2_client_vpn_",
          "aws_ec2_fleet",
          "aws_ec2_instance_connect_endpoint",
          "aws_ec2_local_gateway",
          "aws_ec2_network_insights_",
          "aws_ec2_transit_gateway_",
          "aws_eks_node_group",
          "aws_emr_",
          "aws_fsx_",
          "aws_globalaccelerator_",
          "aws_lightsail_",
          "aws_mwaa_environment",
          "aws_network_firewall_",
          "aws_networkfirewall_",
          "aws_networkmanager_",
          "aws_proxy_protocol_policy",
          "aws_route53_resolver_endpoint",
          "aws_sagemaker_",
          "aws_spot_fleet_request",
          "aws_transfer_server",
          "aws_vpc_block_public_access_",
          "aws_vpc_endpoint_connection_",
          "aws_vpc_endpoint_route_table_association",
          "aws_vpc_route_server",
          "aws_vpclattice_",
          "aws_vpn_",
          "aws_workspaces_",
          "azurerm_api_management",
          "azurerm_app_service_",
          "azurerm_bastion_host",
          "azurerm_batch_pool",
          "azurerm_container_app_environment",
          "azurerm_databricks_workspace",
          "azurerm_express_route_",
          "azurerm_firewall",
          "azurerm_hdinsight_",
          "azurerm_kubernetes_cluster",
          "azurerm_linux_function_app",
          "azurerm_linux_web_app",
          "azurerm_local_network_gateway",
          "azurerm_network_manager",
          "azurerm_point_to_site_vpn_gateway",
          "azurerm_private_link_service",
          "azurerm_redis_",
          "azurerm_route_server",
          "azurerm_virtual_hub",
          "azurerm_virtual_network_gateway",
          "azurerm_virtual_wan",
          "azurerm_vpn_",
          "azurerm_windows_function_app",
          "azurerm_windows_web_app",
          "google_alloydb_instance",
          "google_cloud_run_",
          "google_cloudfunctions2_",
          "google_compute_external_vpn_gateway",
          "google_compute_ha_vpn_gateway",
          "google_compute_instance_from_machine_image",
          "google_compute_instance_group",
          "google_compute_network_endpoint",
          "google_compute_global_network_endpoint",
          "google_compute_region_instance_group",
          "google_compute_region_network_endpoint_group",
          "google_compute_interconnect",
          "google_compute_network_attachment",
          "google_compute_router_interface",
          "google_compute_service_attachment",
          "google_compute_vpn_",
          "google_dataproc_cluster",
          "google_network_connectivity_",
          "google_redis_",
          "google_sql_database_instance",
          "google_vpc_access_connector");

  /// Providers whose networks are not read yet.
  private static final List<String> OTHER_CLOUDS =
      List.of("azapi_", "alicloud_", "oci_", "digitalocean_", "hcloud_");

  private ResourceTypes() {}

  /// The types of Google Cloud that are read.
  static List<String> google() {
    return Stream.of(
            GOOGLE.stream(), GoogleMachines.types().stream(), GoogleBalancers.types().stream())
        .flatMap(types -> types)
        .toList();
  }

  /// Whether the values of such a resource say something that is read.
  static boolean areValuesUsed(String type) {
    return READ.contains(type);
  }

  static boolean isRead(String type) {
    return READ.contains(type);
  }

  static boolean isOfNetwork(String type) {
    return OF_NETWORKS.stream().anyMatch(type::startsWith);
  }

  static boolean isOfOtherCloud(String type) {
    return OTHER_CLOUDS.stream().anyMatch(type::startsWith);
  }
}
