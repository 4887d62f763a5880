package io.surfacescan.importers.terraform;

import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.text.EditDistance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Attributes that decide who may attack whom, under names that nobody reads.
///
/// Terraform writes every attribute of a resource, be it null. Who writes a plan or a state by hand
/// may misspell one, and a rule without its peers would allow nothing: that is an error. Only what
/// lacks the attribute itself is looked at.
final class MisspeltAttributes {
  private static final int EDITS_MOST = 2;
  private static final int LETTERS_OF_AN_EDIT = 4;

  /// By type, and by type and block, the attributes that decide.
  private static final Map<String, Set<String>> DECIDING = new HashMap<>();

  static {
    var addresses = Set.of("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "self");
    for (String type : List.of("aws_security_group", "aws_default_security_group")) {
      deciding(type, "ingress", "egress", "vpc_id");
      for (String block : List.of("/ingress", "/egress")) {
        deciding(type + block, "from_port", "to_port", "protocol", "security_groups");
        deciding(type + block, addresses.toArray(String[]::new));
      }
    }
    deciding("aws_security_group_rule", "type", "security_group_id", "source_security_group_id");
    deciding("aws_security_group_rule", "from_port", "to_port", "protocol");
    deciding("aws_security_group_rule", addresses.toArray(String[]::new));
    for (String side : List.of("ingress", "egress")) {
      String type = "aws_vpc_security_group_" + side + "_rule";
      deciding(type, "security_group_id", "referenced_security_group_id", "prefix_list_id");
      deciding(type, "cidr_ipv4", "cidr_ipv6", "ip_protocol", "from_port", "to_port");
    }
    deciding("aws_instance", "subnet_id", "vpc_security_group_ids", "associate_public_ip_address");
    deciding("aws_instance", "private_ip", "public_ip", "network_interface");
    deciding("aws_subnet", "vpc_id", "cidr_block", "map_public_ip_on_launch");
    deciding("aws_internet_gateway", "vpc_id");
    deciding("aws_route_table", "vpc_id", "route");
    deciding("aws_route_table/route", "cidr_block", "gateway_id", "nat_gateway_id");
    deciding("aws_route_table_association", "subnet_id", "route_table_id", "gateway_id");
    deciding("aws_route", "route_table_id", "destination_cidr_block", "gateway_id");
    deciding("aws_route", "nat_gateway_id", "vpc_peering_connection_id");
    deciding("aws_network_acl", "vpc_id", "subnet_ids", "ingress", "egress");
    deciding("aws_network_acl_rule", "network_acl_id", "rule_number", "rule_action", "egress");
    deciding("aws_network_acl_rule", "cidr_block", "protocol", "from_port", "to_port");
    deciding("google_compute_firewall", "network", "direction", "priority", "allow", "deny");
    deciding("google_compute_firewall", "source_ranges", "destination_ranges", "source_tags");
    deciding("google_compute_firewall", "target_tags", "source_service_accounts", "disabled");
    deciding("google_compute_firewall", "target_service_accounts");
    for (String block : List.of("allow", "deny")) {
      deciding("google_compute_firewall/" + block, "protocol", "ports");
    }
    deciding("google_compute_instance", "network_interface", "tags", "service_account");
    deciding("google_compute_instance/network_interface", "network", "subnetwork", "access_config");
    deciding("google_compute_instance/network_interface", "network_ip");
    for (String rule :
        List.of("azurerm_network_security_rule", "azurerm_network_security_group/security_rule")) {
      deciding(rule, "priority", "direction", "access", "protocol");
      for (String side : List.of("source_", "destination_")) {
        deciding(rule, side + "port_range", side + "port_ranges");
        deciding(rule, side + "address_prefix", side + "address_prefixes");
        deciding(rule, side + "application_security_group_ids");
      }
    }
    deciding("azurerm_network_security_group", "security_rule");
    deciding("azurerm_network_security_rule", "network_security_group_name");
    deciding("azurerm_network_interface", "ip_configuration");
    deciding("azurerm_network_interface/ip_configuration", "subnet_id", "private_ip_address");
    deciding("azurerm_network_interface/ip_configuration", "public_ip_address_id");
    deciding("azurerm_linux_virtual_machine", "network_interface_ids");
    deciding("azurerm_windows_virtual_machine", "network_interface_ids");
    deciding("azurerm_subnet", "virtual_network_name", "address_prefixes");
  }

  private final ProblemLog problems;

  /// By place and attribute, what is near; an attribute stands in many resources.
  private final Map<String, List<String>> near = new HashMap<>();

  private MisspeltAttributes(ProblemLog problems) {
    this.problems = problems;
  }

  private static void deciding(String place, String... attributes) {
    var all = new HashSet<>(DECIDING.getOrDefault(place, Set.of()));
    all.addAll(List.of(attributes));
    DECIDING.put(place, Set.copyOf(all));
  }

  /// Refuses what is misspelt in the resources.
  static void refuse(Iterable<Snapshot> snapshots, ProblemLog problems) {
    var search = new MisspeltAttributes(problems);
    for (Snapshot snapshot : snapshots) {
      for (TerraformResource resource : snapshot.resources().values()) {
        if (DECIDING.containsKey(resource.type()) && !resource.address().isData()) {
          search.look(resource, resource.type(), resource.values(), resource.unknown());
        }
      }
    }
  }

  private void look(TerraformResource resource, String place, JsonValue values, JsonValue later) {
    values
        .map()
        .forEach((key, value) -> {
          for (String meant : near(place, key)) {
            if (!values.map().containsKey(meant)
                && !later.isTrue()
                && later.get(meant).isNothing()) {
              refuse(resource, value, key, meant);
            }
          }
          String inner = place + "/" + key;
          if (DECIDING.containsKey(inner)) {
            var blocks = value.isObject() ? List.of(value) : value.list();
            for (int i = 0; i < blocks.size(); i++) {
              look(resource, inner, blocks.get(i), later(later, key, i));
            }
          }
        });
  }

  private static JsonValue later(JsonValue later, String key, int index) {
    var ofKey = later.get(key);
    return later.isTrue() || ofKey.isTrue()
        ? JsonValue.TRUE
        : ofKey.isObject() ? ofKey : ofKey.get(index);
  }

  private void refuse(TerraformResource resource, JsonValue value, String key, String meant) {
    problems.add(
        ProblemKind.UNSUPPORTED_KEY,
        new SourceOffset(resource.source(), value.isNothing() ? resource.offset() : value.offset()),
        Quoted.value(key)
            + " in "
            + Quoted.bare(resource.text())
            + " is no attribute that Terraform writes",
        "write "
            + Quoted.value(meant)
            + " if that is meant, or write the file with terraform show -json");
  }

  /// The attributes that somebody may have meant; none for one of them.
  private List<String> near(String place, String key) {
    return near.computeIfAbsent(place + " " + key, absent -> find(place, key));
  }

  private static List<String> find(String place, String key) {
    var known = DECIDING.getOrDefault(place, Set.of());
    var found = new ArrayList<String>();
    if (!known.contains(key)) {
      String plain = plain(key);
      for (String attribute : known.stream().sorted().toList()) {
        int most = Math.min(EDITS_MOST, attribute.length() / LETTERS_OF_AN_EDIT);
        if (plain.equals(plain(attribute)) || EditDistance.of(key, attribute) <= most) {
          found.add(attribute);
        }
      }
    }
    return found.isEmpty() ? List.of() : List.of(found.getFirst());
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }
}
