package io.surfacescan.importers.terraform;

import io.surfacescan.importers.azure.AzureId;
import io.surfacescan.importers.azure.AzureResource.Header;
import io.surfacescan.importers.azure.AzureResource.IpConfiguration;
import io.surfacescan.importers.azure.AzureResource.Nic;
import io.surfacescan.importers.azure.AzureResource.PublicIp;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Network interfaces with their addresses and what is attached to them, and public addresses.
final class AzurePlanNics {
  static final String GROUPS = AzureLinks.NETWORK + "networkSecurityGroups";
  private static final String PUBLIC_IPS = AzureLinks.NETWORK + "publicIPAddresses";

  private final AzureLinks links;
  private final AzurePlanNetworks networks;
  private final Map<AzureId, Section> made;
  private final Map<String, List<String>> asgs = new HashMap<>();
  private final Map<String, List<String>> pools = new HashMap<>();
  private final Map<String, List<String>> natRules = new HashMap<>();
  private final Map<String, List<String>> gatewayPools = new HashMap<>();

  AzurePlanNics(AzureLinks links, AzurePlanNetworks networks) {
    this.links = links;
    this.networks = networks;
    made = links.register(AzureLinks.NETWORK + "networkInterfaces", AzureLinks.NIC);
    links
        .register(PUBLIC_IPS, AzureLinks.PUBLIC_IP)
        .forEach((id, section) ->
            links.put(
                new PublicIp(
                    links.header(section, id),
                    section.text("ip_address"),
                    section.text("sku").equalsIgnoreCase("Standard"),
                    "")));
    links.register("Microsoft.Compute/virtualMachines", AzureLinks.MACHINE);
  }

  /// The keys of all interfaces.
  List<String> keys() {
    return made.keySet().stream().map(AzureId::key).toList();
  }

  void add() {
    var groups =
        links.attached(
            "azurerm_network_interface_security_group_association",
            "network_interface_id",
            AzureLinks.NIC,
            "network_security_group_id",
            AzureLinks.GROUP,
            GROUPS,
            keys());
    join(
        "azurerm_network_interface_application_security_group_association",
        "application_security_group_id",
        AzureLinks.ASG,
        asgs);
    join(
        "azurerm_network_interface_backend_address_pool_association",
        "backend_address_pool_id",
        AzureLinks.POOL,
        pools);
    join(
        "azurerm_network_interface_nat_rule_association",
        "nat_rule_id",
        AzureLinks.NAT_RULE,
        natRules);
    joinGateways();
    made.forEach((id, section) -> {
      String group =
          section.has("network_security_group_id")
              ? links.keyOf(section, "network_security_group_id", AzureLinks.GROUP, GROUPS)
              : "";
      links.put(
          nic(
              section,
              links.header(section, id),
              links
                  .linked(section, "virtual_machine_id", AzureLinks.MACHINE)
                  .sure()
                  .orElse(AzureId.NONE),
              groups.getOrDefault(id.key(), group)));
    });
  }

  /// Reads what puts interfaces, or their addresses by name, into something.
  private void join(String type, String key, Wanted wanted, Map<String, List<String>> joined) {
    for (Section section : links.managed(type)) {
      var nics = links.linked(section, "network_interface_id", AzureLinks.NIC);
      var things = links.linked(section, key, wanted);
      if (nics.sure().isEmpty() || things.sure().isEmpty()) {
        links.later(section, "what " + section.of().text() + " is about");
      }
      String name = AzureLinks.lower(section.text("ip_configuration_name"));
      for (String nic : nics.ids().isEmpty() ? keys() : nics.keys()) {
        joined.computeIfAbsent(nic + "/" + name, absent -> new ArrayList<>()).addAll(things.keys());
      }
    }
  }

  private void joinGateways() {
    for (Section section :
        links.managed(
            "azurerm_network_interface_application_gateway_backend_address_pool_association")) {
      var nics = links.linked(section, "network_interface_id", AzureLinks.NIC);
      if (nics.sure().isEmpty()) {
        links.later(section, "what " + section.of().text() + " is about");
      }
      String name = AzureLinks.lower(section.text("ip_configuration_name"));
      for (String nic : nics.ids().isEmpty() ? keys() : nics.keys()) {
        gatewayPools
            .computeIfAbsent(nic + "/" + name, absent -> new ArrayList<>())
            .addAll(AzurePlanGateways.pools(links, section, "backend_address_pool_id"));
      }
    }
  }

  /// What an address is in, by its name or as one of all of the interface.
  private static List<String> joinedTo(
      Map<String, List<String>> joined, Header nic, String name, List<String> own) {
    var all = new ArrayList<String>(own);
    all.addAll(joined.getOrDefault(nic.id().key() + "/", List.of()));
    if (!name.isEmpty()) {
      all.addAll(joined.getOrDefault(nic.id().key() + "/" + AzureLinks.lower(name), List.of()));
    }
    return all.stream().distinct().toList();
  }

  /// An interface, or what instances of a scale set get as such.
  Nic nic(Section section, Header head, AzureId machine, String group) {
    var configurations = new ArrayList<IpConfiguration>();
    for (Section block : section.sections("ip_configuration")) {
      configurations.addAll(configurations(block, head, configurations.size()));
    }
    if (configurations.isEmpty()) {
      links.later(section, "where " + section.of().text() + " is");
      for (String subnet : networks.anySubnet()) {
        configurations.add(unknown(head, subnet));
      }
    }
    boolean hasDefaultOutbound =
        configurations.stream().anyMatch(some -> networks.hasDefaultOutbound(some.subnet()));
    return new Nic(head, machine, AzureId.NONE, group, hasDefaultOutbound, configurations);
  }

  /// An interface of which nothing is known.
  Nic unknown(Section section, Header head) {
    return nic(
        new Section(
            section.ids(),
            section.of(),
            JsonValue.NOTHING,
            JsonValue.TRUE,
            JsonValue.NOTHING,
            List.of(),
            false),
        head,
        AzureId.NONE,
        AzureLinks.unknown(section, GROUPS));
  }

  private static IpConfiguration unknown(Header nic, String subnet) {
    return new IpConfiguration(
        nic.id().within("ipconfigurations", "unknown", "unknown").key(),
        Optional.empty(),
        false,
        subnet,
        "",
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /// An address, once for each subnet that it may be in.
  private List<IpConfiguration> configurations(Section section, Header nic, int number) {
    String name = section.text("name");
    var id =
        nic.id()
            .within(
                "ipconfigurations",
                name.isEmpty() ? "(" + number + ")" : AzureLinks.lower(name),
                name);
    var address = AddressRange.parse(section.text("private_ip_address"));
    boolean isV6 =
        address
            .map(AddressRange::isV6)
            .orElse(
                section
                    .firstText("private_ip_address_version", "version")
                    .equalsIgnoreCase("IPv6"));
    var own = new ArrayList<Section>(section.sections("public_ip_address"));
    own.addAll(section.sections("public_ip_address_configuration"));
    var configurations = new ArrayList<IpConfiguration>();
    for (String subnet : networks.subnetsOf(section, "subnet_id")) {
      configurations.add(
          new IpConfiguration(
              id.key(),
              address,
              isV6,
              subnet,
              links.keyOf(section, "public_ip_address_id", AzureLinks.PUBLIC_IP, PUBLIC_IPS),
              own.stream()
                  .findFirst()
                  .map(some -> AzureLinks.lower(some.text("sku_name")).startsWith("standard")),
              joinedTo(
                  asgs,
                  nic,
                  name,
                  links.linked(section, "application_security_group_ids", AzureLinks.ASG).keys()),
              joinedTo(
                  pools,
                  nic,
                  name,
                  links
                      .linked(section, "load_balancer_backend_address_pool_ids", AzureLinks.POOL)
                      .keys()),
              joinedTo(
                  natRules,
                  nic,
                  name,
                  links
                      .linked(section, "load_balancer_inbound_nat_rules_ids", AzureLinks.NAT_RULE)
                      .keys()),
              joinedTo(
                  gatewayPools,
                  nic,
                  name,
                  AzurePlanGateways.pools(
                      links, section, "application_gateway_backend_address_pool_ids"))));
    }
    return configurations;
  }
}
