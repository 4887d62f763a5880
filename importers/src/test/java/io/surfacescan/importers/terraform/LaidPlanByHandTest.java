package io.surfacescan.importers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.Imported;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.testkit.DirectPairs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plans over exports that hold more than Terraform manages.
class LaidPlanByHandTest {
  private static final String GOOGLE =
      """
      [{"kind": "compute#network", "name": "n", "selfLink": "NETn"},
       {"kind": "compute#instance", "id": "17", "name": "web", "status": "RUNNING",
        "selfLink": "APIprojects/p/zones/z-1-a/instances/web", "zone": "APIprojects/p/zones/z-1-a",
        "tags": {"items": ["web"]}, "networkInterfaces": [
          {"network": "NETn", "networkIP": "10.0.0.5", "accessConfigs": [{"natIP": "34.1.1.1"}]}]},
       {"kind": "compute#instance", "id": "18", "name": "db", "status": "RUNNING",
        "selfLink": "APIprojects/p/zones/z-1-a/instances/db", "zone": "APIprojects/p/zones/z-1-a",
        "networkInterfaces": [{"network": "NETn", "networkIP": "10.0.0.6"}]},
       {"kind": "compute#firewall", "name": "all-db", "network": "NETn", "priority": 900,
        "selfLink": "APIprojects/p/global/firewalls/all-db", "direction": "INGRESS",
        "sourceRanges": ["10.0.0.0/8"], "allowed": [{"IPProtocol": "tcp", "ports": ["5432"]}]},
       {"kind": "compute#firewallPolicy", "name": "fp",
        "selfLink": "APIprojects/p/global/firewallPolicies/fp", "rules": [],
        "associations": [{"attachmentTarget": "NETn"}]},
       {"kind": "compute#route", "name": "out", "network": "NETn", "destRange": "0.0.0.0/0",
        "priority": 1000, "selfLink": "APIprojects/p/global/routes/out",
        "nextHopGateway": "APIprojects/p/global/gateways/default-internet-gateway"}]
      """
          .replace("NETn", "APIprojects/p/global/networks/n")
          .replace("API", "https://www.googleapis.com/compute/v1/");

  private static final String GROUP =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/";

  private static final String AZURE =
      """
      [{"id": "NETvirtualNetworks/v", "name": "v", "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
        "subnets": [{"id": "NETvirtualNetworks/v/subnets/s", "name": "s",
                     "addressPrefix": "10.0.1.0/24"}]},
       {"id": "NETnetworkSecurityGroups/g", "name": "g", "securityRules": [
         {"id": "NETnetworkSecurityGroups/g/securityRules/web", "name": "web", "priority": 100,
          "direction": "Inbound", "access": "Allow", "protocol": "Tcp", "sourcePortRange": "*",
          "destinationPortRange": "443", "sourceAddressPrefix": "Internet",
          "destinationAddressPrefix": "*"}]},
       {"id": "NETpublicIPAddresses/ip", "name": "ip", "sku": {"name": "Standard"}, "ipAddress": "20.1.1.1"},
       {"id": "NETnetworkInterfaces/n", "name": "n", "networkSecurityGroup": {"id": "NETnetworkSecurityGroups/g"},
        "virtualMachine": {"id": "VMa"}, "ipConfigurations": [
          {"id": "NETnetworkInterfaces/n/ipConfigurations/c", "name": "c",
           "privateIPAddress": "10.0.1.4", "subnet": {"id": "NETvirtualNetworks/v/subnets/s"},
           "publicIPAddress": {"id": "NETpublicIPAddresses/ip"}}]},
       {"id": "VMa", "name": "a", "networkProfile": {"networkInterfaces": [{"id": "NETnetworkInterfaces/n"}]}}]
      """
          .replace("NET", GROUP)
          .replace(
              "VM",
              "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/");

  @TempDir private Path directory;

  private Imported read(String export, String changes) throws IOException {
    String plan =
        "{\"format_version\": \"1.2\", \"planned_values\": {}, \"resource_changes\": ["
            + changes.replace("NET", GROUP)
            + "]}";
    var folder = new Folder(directory).with("export.json", export).with("plan.json", plan);
    var imported = folder.read(ReadOptions.STRICT.layingPlans(), "export.json", "plan.json");
    assertThat(folder.errors(imported)).isEmpty();
    return imported;
  }

  private static Map<String, String> pairs(Imported imported) {
    var pairs = new TreeMap<String, String>();
    DirectPairs.of(imported.environment())
        .sure()
        .forEach((pair, services) -> {
          if (!pair.contains("internet-out")) {
            pairs.put(pair.replaceAll("/\\S*/", ""), services.toString());
          }
        });
    return pairs;
  }

  private static String change(String address, String actions, String before, String after) {
    return "{\"address\": \"%s\", \"change\": {\"actions\": [%s], \"before\": %s, \"after\": %s}}"
        .formatted(address, actions, before, after);
  }

  @Test
  void google_aRuleOfAPolicyThatOnlyTheExportHolds_counts_asDoesARuleThatChanges()
      throws IOException {
    assertThat(pairs(read(GOOGLE, "")))
        .isEqualTo(Map.of("17 -> 18", "tcp/5432", "18 -> 17", "tcp/5432"));
    String firewall =
        "{\"id\": \"projects/p/global/firewalls/all-db\", \"name\": \"all-db\", \"priority\": 900,"
            + " \"network\": \"n\", \"project\": \"p\", \"source_ranges\": [\"10.0.0.0/8\"],"
            + " \"allow\": [{\"protocol\": \"tcp\", \"ports\": [\"%s\"]}]}";
    var imported =
        read(
            GOOGLE,
            change(
                    "google_compute_network_firewall_policy_rule.ssh",
                    "\"create\"",
                    "null",
                    "{\"firewall_policy\": \"fp\", \"project\": \"p\", \"priority\": 10,"
                        + " \"action\": \"allow\", \"direction\": \"INGRESS\", \"match\":"
                        + " [{\"src_ip_ranges\": [\"0.0.0.0/0\"], \"layer4_configs\":"
                        + " [{\"ip_protocol\": \"tcp\", \"ports\": [\"22\"]}]}]}")
                + ","
                + change(
                    "google_compute_firewall.all-db",
                    "\"update\"",
                    firewall.formatted("5432"),
                    firewall.formatted("3306"))
                + ","
                + change(
                    "google_compute_instance.web",
                    "\"no-op\"",
                    "{\"self_link\": \"https://www.googleapis.com/compute/v1/projects/p/zones/z-1-a/instances/web\"}",
                    "{\"self_link\": \"https://www.googleapis.com/compute/v1/projects/p/zones/z-1-a/instances/web\"}"));
    // After the rules of a network come those of the policy: they allow what no rule decides.
    assertThat(pairs(imported))
        .isEqualTo(
            Map.of(
                "internet -> 17", "tcp/22",
                "17 -> 18", "tcp/22, tcp/3306",
                "18 -> 17", "tcp/22, tcp/3306"));
    int vm = imported.environment().findVm("17").orElseThrow();
    assertThat(imported.environment().vmDetails(vm).labels())
        .containsExactly("terraform=google_compute_instance.web");
    assertThat(imported.export().orElseThrow().lowered().model().realRules().keySet())
        .contains("all-db")
        .doesNotContain("google_compute_firewall.all-db");
  }

  @Test
  void azure_whatThePlanAddsToAGroup_orTakesFromIt_counts() throws IOException {
    assertThat(pairs(read(AZURE, ""))).isEqualTo(Map.of("internet -> a", "tcp/443"));
    String rule =
        "{\"id\": \"NETnetworkSecurityGroups/g/securityRules/%s\", \"name\": \"%s\","
            + " \"resource_group_name\": \"rg\", \"network_security_group_name\": \"g\","
            + " \"priority\": %d, \"direction\": \"Inbound\", \"access\": \"Allow\","
            + " \"protocol\": \"Tcp\", \"source_port_range\": \"*\","
            + " \"destination_port_range\": \"%d\", \"source_address_prefix\": \"Internet\","
            + " \"destination_address_prefix\": \"*\"}";
    String web = rule.formatted("WEB", "web", 100, 443);
    String ssh =
        rule.formatted("ssh", "ssh", 110, 22)
            .replace("\"id\": \"NETnetworkSecurityGroups/g/securityRules/ssh\", ", "");
    String create = change("azurerm_network_security_rule.ssh", "\"create\"", "null", ssh);
    assertThat(pairs(read(AZURE, create))).isEqualTo(Map.of("internet -> a", "tcp/22, tcp/443"));
    String delete = change("azurerm_network_security_rule.web", "\"delete\"", web, "null");
    assertThat(pairs(read(AZURE, delete))).isEmpty();
    assertThat(
            pairs(
                read(
                    AZURE,
                    change(
                        "azurerm_network_security_rule.web",
                        "\"update\"",
                        web,
                        web.replace("443", "8443")))))
        .isEqualTo(Map.of("internet -> a", "tcp/8443"));
  }

  @Test
  void azure_whatIsAttachedToASubnetThatOnlyTheExportHolds_counts() throws IOException {
    String empty =
        change(
            "azurerm_network_security_group.none",
            "\"create\"",
            "null",
            "{\"name\": \"none\", \"resource_group_name\": \"rg\", \"security_rule\": []}");
    String association =
        "{\"address\": \"azurerm_subnet_network_security_group_association.s\", \"change\":"
            + " {\"actions\": [\"create\"], \"before\": null, \"after\": {\"subnet_id\":"
            + " \"NETvirtualNetworks/v/subnets/s\"}, \"after_unknown\":"
            + " {\"network_security_group_id\": true}}}";
    String configuration =
        "], \"configuration\": {\"root_module\": {\"resources\": [{\"address\":"
            + " \"azurerm_subnet_network_security_group_association.s\", \"expressions\":"
            + " {\"subnet_id\": {\"constant_value\": \"x\"}, \"network_security_group_id\":"
            + " {\"references\": [\"azurerm_network_security_group.none.id\","
            + " \"azurerm_network_security_group.none\"]}}}]}}, \"variables\": {}, \"resources\": [";
    assertThat(pairs(read(AZURE, empty + "," + association + configuration))).isEmpty();
  }

  @Test
  void resourcesOfACloudWithoutAnExport_makeTheAnswerIncomplete() throws IOException {
    var imported =
        read(GOOGLE, change("azurerm_public_ip.new", "\"create\"", "null", "{\"name\": \"new\"}"));
    assertThat(imported.environment().isComplete()).isFalse();
    assertThat(new Folder(directory).warnings(imported))
        .contains(
            "plan.json:1:70: the plan changes resources of azure, and no export of that is beside"
                + " it; see docs/import/terraform.md for what that means");
  }
}
