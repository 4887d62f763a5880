package io.surfacescan.importers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.Imported;
import io.surfacescan.model.Services;
import io.surfacescan.testkit.DirectPairs;
import io.surfacescan.testkit.TerraformChanges;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plans that make load balancers, groups of instances, clusters and databases: every id is known
/// only later.
class PlannedServicesTest {
  @TempDir private Path directory;

  private final Map<String, Map<String, Object>> made = new LinkedHashMap<>();

  /// Makes a resource, whose id is its address until it has one.
  private void made(String address, Object... pairs) {
    var values = object(pairs);
    values.put("id", address);
    made.put(address, values);
  }

  private static Map<String, Object> object(Object... pairs) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put((String) pairs[i], pairs[i + 1]);
    }
    return object;
  }

  private static List<Object> block(Object... pairs) {
    return List.of(object(pairs));
  }

  private Imported read() throws IOException {
    var folder = new Folder(directory).with("plan.json", TerraformChanges.text(Map.of(), made));
    var imported = folder.read("plan.json");
    assertThat(folder.errors(imported)).isEmpty();
    return imported;
  }

  /// The pairs with their services, without types; `?` behind those that are assumed.
  private static Map<String, String> pairs(Imported imported) {
    var direct = DirectPairs.of(imported.environment());
    var pairs = new TreeMap<String, String>();
    direct
        .atMost()
        .forEach((pair, services) -> {
          boolean isSure = direct.sure().getOrDefault(pair, Services.NONE).equals(services);
          if (!pair.contains("internet-out")) {
            pairs.put(pair.replaceAll("[a-z_0-9]+\\.", ""), services + (isSure ? "" : "?"));
          }
        });
    return pairs;
  }

  private void addGoogleNetwork() {
    made("google_compute_network.n", "name", "n");
    made(
        "google_compute_subnetwork.s",
        "name",
        "s",
        "region",
        "r-1",
        "network",
        "google_compute_network.n",
        "ip_cidr_range",
        "10.0.0.0/24");
    made(
        "google_compute_instance.vm",
        "zone",
        "r-1-a",
        "tags",
        List.of("mail"),
        "network_interface",
        block("subnetwork", "google_compute_subnetwork.s"));
    made(
        "google_compute_firewall.mail",
        "network",
        "google_compute_network.n",
        "source_ranges",
        List.of("0.0.0.0/0"),
        "target_tags",
        List.of("mail"),
        "allow",
        block("protocol", "tcp", "ports", List.of("25")));
  }

  /// https://cloud.google.com/load-balancing/docs/https and …/docs/firewall-rules
  @Test
  void google_aBalancerLeadsToAGroupByItsTemplate() throws IOException {
    addGoogleNetwork();
    made(
        "google_compute_instance_template.t",
        "tags",
        List.of("web"),
        "network_interface",
        block("subnetwork", "google_compute_subnetwork.s"));
    made(
        "google_compute_instance_group_manager.web",
        "zone",
        "r-1-a",
        "version",
        block("instance_template", "google_compute_instance_template.t"),
        "named_port",
        block("name", "http", "port", 8080));
    made(
        "google_compute_backend_service.b",
        "port_name",
        "http",
        "backend",
        block("group", "google_compute_instance_group_manager.web"));
    made("google_compute_url_map.u", "default_service", "google_compute_backend_service.b");
    made("google_compute_target_http_proxy.p", "url_map", "google_compute_url_map.u");
    made(
        "google_compute_global_forwarding_rule.front",
        "load_balancing_scheme",
        "EXTERNAL_MANAGED",
        "ip_protocol",
        "TCP",
        "port_range",
        "80",
        "target",
        "google_compute_target_http_proxy.p");
    made(
        "google_compute_firewall.web",
        "network",
        "google_compute_network.n",
        "source_ranges",
        List.of("130.211.0.0/22", "35.191.0.0/16"),
        "target_tags",
        List.of("web"),
        "allow",
        block("protocol", "tcp", "ports", List.of("8080")));
    var imported = read();
    assertThat(pairs(imported))
        .isEqualTo(
            Map.of(
                "internet -> front", "tcp/80",
                "front -> web", "tcp/8080",
                "web -> vm", "tcp/25"));
    assertThat(imported.environment().isComplete()).isTrue();
  }

  /// https://cloud.google.com/load-balancing/docs/network
  @Test
  void google_aPassthroughBalancerLetsTheInternetToInstancesWithoutAnAddress() throws IOException {
    addGoogleNetwork();
    assertThat(pairs(read())).isEmpty();
    made(
        "google_compute_target_pool.pool",
        "region",
        "r-1",
        "instances",
        List.of("google_compute_instance.vm"));
    made(
        "google_compute_forwarding_rule.smtp",
        "region",
        "r-1",
        "port_range",
        "25",
        "target",
        "google_compute_target_pool.pool");
    assertThat(pairs(read())).isEqualTo(Map.of("internet -> vm", "tcp/25"));
  }

  @Test
  void google_aPoolOfNodesIsAVm_andTheRulesThatGoogleMakesAreMissing() throws IOException {
    addGoogleNetwork();
    made(
        "google_container_cluster.c",
        "location",
        "r-1",
        "network",
        "google_compute_network.n",
        "subnetwork",
        "google_compute_subnetwork.s",
        "remove_default_node_pool",
        true,
        "private_cluster_config",
        block("enable_private_nodes", true));
    made(
        "google_container_node_pool.nodes",
        "cluster",
        "google_container_cluster.c",
        "location",
        "r-1",
        "node_config",
        block("tags", List.of("mail")));
    var imported = read();
    assertThat(pairs(imported)).isEqualTo(Map.of("nodes -> vm", "tcp/25", "vm -> nodes", "tcp/25"));
    assertThat(imported.environment().isComplete()).isFalse();
    assertThat(new Folder(directory).warnings(imported).toString())
        .contains(
            "the firewall rules that GKE makes for google_container_cluster.c are not in a plan");
  }

  @Test
  void google_aGroupWhoseTemplateIsNotThere_makesTheAnswerIncomplete() throws IOException {
    addGoogleNetwork();
    made(
        "google_compute_instance_group_manager.web",
        "zone",
        "r-1-a",
        "version",
        block("instance_template", "elsewhere"));
    assertThat(read().environment().isComplete()).isFalse();
  }

  private void addAzureNetwork() {
    made("azurerm_virtual_network.v", "name", "v", "address_space", List.of("10.0.0.0/16"));
    for (String subnet : List.of("gate", "app", "data")) {
      made(
          "azurerm_subnet." + subnet,
          "name",
          subnet,
          "virtual_network_name",
          "v",
          "address_prefixes",
          List.of("10.0." + List.of("gate", "app", "data").indexOf(subnet) + ".0/24"));
    }
    made(
        "azurerm_network_security_group.g",
        "name",
        "g",
        "security_rule",
        List.of(
            rule("web", 100, "Allow", "8080", "10.0.0.0/24"), rule("no", 200, "Deny", "*", "*")));
    made(
        "azurerm_network_interface.nic",
        "name",
        "nic",
        "ip_configuration",
        block("name", "c", "private_ip_address", "10.0.1.4", "subnet_id", "azurerm_subnet.app"));
    made(
        "azurerm_network_interface_security_group_association.a",
        "network_interface_id",
        "azurerm_network_interface.nic",
        "network_security_group_id",
        "azurerm_network_security_group.g");
    made(
        "azurerm_linux_virtual_machine.app",
        "network_interface_ids",
        List.of("azurerm_network_interface.nic"));
  }

  private static Map<String, Object> rule(
      String name, int priority, String access, String port, String source) {
    return object(
        "name",
        name,
        "priority",
        priority,
        "direction",
        "Inbound",
        "access",
        access,
        "protocol",
        access.equals("Deny") ? "*" : "Tcp",
        "source_port_range",
        "*",
        "destination_port_range",
        port,
        "source_address_prefix",
        source,
        "destination_address_prefix",
        "*");
  }

  private void addGateway(List<String> addresses) {
    made("azurerm_public_ip.ip", "name", "ip", "sku", "Standard");
    made(
        "azurerm_application_gateway.front",
        "name",
        "front",
        "gateway_ip_configuration",
        block("name", "g", "subnet_id", "azurerm_subnet.gate"),
        "frontend_port",
        block("name", "p", "port", 443),
        "frontend_ip_configuration",
        block("name", "f", "public_ip_address_id", "azurerm_public_ip.ip"),
        "http_listener",
        block("name", "l", "frontend_ip_configuration_name", "f", "frontend_port_name", "p"),
        "backend_address_pool",
        List.of(object("name", "b", "ip_addresses", addresses), object("name", "unused")),
        "backend_http_settings",
        block("name", "h", "port", 8080),
        "request_routing_rule",
        block(
            "name",
            "r",
            "http_listener_name",
            "l",
            "backend_address_pool_name",
            "b",
            "backend_http_settings_name",
            "h"));
  }

  /// https://learn.microsoft.com/azure/application-gateway/how-application-gateway-works
  @Test
  void azure_aGatewayLeadsToAddresses_orToInterfacesThatArePutIntoItsPool() throws IOException {
    addAzureNetwork();
    addGateway(List.of("10.0.1.4"));
    var expected = Map.of("internet -> front", "tcp/443", "front -> app", "tcp/8080");
    assertThat(pairs(read())).isEqualTo(expected);
    addGateway(List.of());
    assertThat(pairs(read())).isEqualTo(Map.of("internet -> front", "tcp/443"));
    made(
        "azurerm_network_interface_application_gateway_backend_address_pool_association.a",
        "network_interface_id",
        "azurerm_network_interface.nic",
        "ip_configuration_name",
        "c",
        "backend_address_pool_id",
        "azurerm_application_gateway.front");
    assertThat(pairs(read())).isEqualTo(expected);
  }

  /// https://learn.microsoft.com/azure/private-link/private-endpoint-overview
  @Test
  void azure_databasesAndPrivateEndpointsAreInTheirSubnets() throws IOException {
    addAzureNetwork();
    made(
        "azurerm_postgresql_flexible_server.db",
        "name",
        "db",
        "delegated_subnet_id",
        "azurerm_subnet.data");
    made(
        "azurerm_private_endpoint.files",
        "name",
        "files",
        "subnet_id",
        "azurerm_subnet.data",
        "private_service_connection",
        block("name", "c"));
    assertThat(pairs(read()))
        .containsEntry("app -> db", "all")
        .containsEntry("app -> files", "all")
        .doesNotContainKeys("db -> app", "internet -> db", "internet -> files");
  }

  @Test
  void azure_aPoolOfNodesIsAScaleSet_andWhatAksMakesIsMissing() throws IOException {
    addAzureNetwork();
    made(
        "azurerm_kubernetes_cluster.k",
        "name",
        "k",
        "default_node_pool",
        block("name", "nodes", "vnet_subnet_id", "azurerm_subnet.gate"));
    var imported = read();
    assertThat(imported.environment().isComplete()).isFalse();
    // The group lets in the subnet of the nodes; what their own group lets in is not known.
    assertThat(pairs(imported))
        .containsEntry("k -> app", "tcp/8080?")
        .containsEntry("app -> k", "all?");
  }
}
