package io.surfacescan.importers.terraform;

import io.surfacescan.importers.azure.AzureResource;
import java.util.List;
import java.util.stream.Stream;

/// What there is of Azure in plans and states.
final class AzurePlan {
  private static final List<String> TYPES =
      List.of(
          "azurerm_application_gateway",
          "azurerm_application_security_group",
          "azurerm_lb",
          "azurerm_lb_backend_address_pool",
          "azurerm_lb_backend_address_pool_address",
          "azurerm_lb_nat_pool",
          "azurerm_lb_nat_rule",
          "azurerm_lb_outbound_rule",
          "azurerm_lb_rule",
          "azurerm_linux_virtual_machine",
          "azurerm_linux_virtual_machine_scale_set",
          "azurerm_nat_gateway",
          "azurerm_nat_gateway_public_ip_association",
          "azurerm_nat_gateway_public_ip_prefix_association",
          "azurerm_network_interface",
          "azurerm_network_interface_application_gateway_backend_address_pool_association",
          "azurerm_network_interface_application_security_group_association",
          "azurerm_network_interface_backend_address_pool_association",
          "azurerm_network_interface_nat_rule_association",
          "azurerm_network_interface_security_group_association",
          "azurerm_network_security_group",
          "azurerm_network_security_rule",
          "azurerm_orchestrated_virtual_machine_scale_set",
          "azurerm_public_ip",
          "azurerm_route",
          "azurerm_route_table",
          "azurerm_subnet",
          "azurerm_subnet_nat_gateway_association",
          "azurerm_subnet_network_security_group_association",
          "azurerm_subnet_route_table_association",
          "azurerm_virtual_machine",
          "azurerm_virtual_machine_scale_set",
          "azurerm_virtual_network",
          "azurerm_virtual_network_peering",
          "azurerm_windows_virtual_machine",
          "azurerm_windows_virtual_machine_scale_set");

  private AzurePlan() {}

  /// The types of resources that are read.
  static List<String> types() {
    return Stream.concat(TYPES.stream(), AzurePlanServices.types().stream()).toList();
  }

  /// @param exported what an export beside it lists
  static List<AzureResource> of(TerraformFacts facts, List<AzureResource> exported) {
    if (facts.counts().keySet().stream().noneMatch(types()::contains)) {
      return List.of();
    }
    var links = new AzureLinks(facts, exported);
    var groups = links.register(AzureLinks.NETWORK + "networkSecurityGroups", AzureLinks.GROUP);
    links.register(AzureLinks.NETWORK + "applicationSecurityGroups", AzureLinks.ASG);
    var networks = new AzurePlanNetworks(links);
    networks.add();
    new AzurePlanRules(links).add(groups);
    var nics = new AzurePlanNics(links, networks);
    new AzurePlanBalancers(links).add();
    var gateways = new AzurePlanGateways(links, networks);
    gateways.register();
    nics.add();
    gateways.add();
    new AzurePlanServices(links, networks).add();
    new AzurePlanMachines(links, nics).add();
    return links.found();
  }
}
