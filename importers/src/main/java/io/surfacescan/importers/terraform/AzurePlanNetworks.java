package io.surfacescan.importers.terraform;

import io.surfacescan.importers.azure.AzureId;
import io.surfacescan.importers.azure.AzureResource.Header;
import io.surfacescan.importers.azure.AzureResource.Hop;
import io.surfacescan.importers.azure.AzureResource.NatGateway;
import io.surfacescan.importers.azure.AzureResource.Peering;
import io.surfacescan.importers.azure.AzureResource.Route;
import io.surfacescan.importers.azure.AzureResource.RouteTable;
import io.surfacescan.importers.azure.AzureResource.Subnet;
import io.surfacescan.importers.azure.AzureResource.Vnet;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Virtual networks, their subnets with what is attached to these, peerings, routes and NAT
/// gateways.
final class AzurePlanNetworks {
  private static final String VNETS = AzureLinks.NETWORK + "virtualNetworks";
  private static final String GROUPS = AzureLinks.NETWORK + "networkSecurityGroups";
  private static final String TABLES = AzureLinks.NETWORK + "routeTables";
  private static final String NATS = AzureLinks.NETWORK + "natGateways";

  /// @param isInline whether it is a block of its network
  private record Draft(Header head, Section section, boolean isInline) {}

  private final AzureLinks links;
  private final Map<String, Draft> subnets = new LinkedHashMap<>();
  private final List<AzureId> vnets = new ArrayList<>();
  private final Set<String> withoutDefaultOutbound = new HashSet<>();

  AzurePlanNetworks(AzureLinks links) {
    this.links = links;
  }

  void add() {
    var made = links.register(VNETS, AzureLinks.VNET);
    made.forEach((id, section) -> {
      vnets.add(id);
      links.put(
          new Vnet(
              links.header(section, id), TerraformFacts.ranges(section.texts("address_space"))));
      if (AzureLinks.isLater(section, "address_space")) {
        links.later(section, "the address space of " + section.of().text());
      }
    });
    links.all("azurerm_subnet").forEach(this::addSubnet);
    made.forEach(this::addInlineSubnets);
    addTables();
    addNats();
    putSubnets();
    links.managed("azurerm_virtual_network_peering").forEach(this::addPeering);
  }

  private void addSubnet(Section section) {
    var outer = links.outer(section, "virtual_network_name", VNETS, AzureLinks.VNET);
    if (outer.sure().isEmpty()) {
      links.later(section, "the virtual network of " + section.of().text());
    }
    var vnet =
        outer.ids().stream()
            .findFirst()
            .or(() -> vnets.size() == 1 ? Optional.of(vnets.getFirst()) : Optional.empty())
            .orElseGet(() -> AzureId.ofAddress(AzureLinks.lower(VNETS), section.id()));
    String name = section.text("name");
    var id =
        AzureLinks.within(
            vnet,
            "subnets",
            name.isEmpty() ? "(" + section.id() + ")" : AzureLinks.lower(name),
            section);
    if (links.register(section, id)) {
      subnets.putIfAbsent(id.key(), new Draft(links.header(section, id), section, false));
    }
  }

  private void addInlineSubnets(AzureId vnet, Section section) {
    for (Section block : section.sections("subnet")) {
      String name = block.text("name");
      var id = vnet.within("subnets", AzureLinks.lower(name), section.of().text() + "/" + name);
      if (!name.isEmpty()) {
        links.alias(block.text("id"), id);
        subnets.putIfAbsent(id.key(), new Draft(new Header(id, name, block.spot()), block, true));
      }
    }
  }

  private void putSubnets() {
    var keys = subnets.keySet();
    var groups =
        links.attached(
            "azurerm_subnet_network_security_group_association",
            "subnet_id",
            AzureLinks.SUBNET,
            "network_security_group_id",
            AzureLinks.GROUP,
            GROUPS,
            keys);
    var tables =
        links.attached(
            "azurerm_subnet_route_table_association",
            "subnet_id",
            AzureLinks.SUBNET,
            "route_table_id",
            AzureLinks.TABLE,
            TABLES,
            keys);
    var nats =
        links.attached(
            "azurerm_subnet_nat_gateway_association",
            "subnet_id",
            AzureLinks.SUBNET,
            "nat_gateway_id",
            AzureLinks.NAT,
            NATS,
            keys);
    var ungrouped = detached("azurerm_subnet_network_security_group_association");
    var unrouted = detached("azurerm_subnet_route_table_association");
    for (Draft draft : subnets.values()) {
      String key = draft.head.id().key();
      String group =
          own(
              draft,
              ungrouped,
              AzureLinks.GROUP,
              GROUPS,
              "security_group",
              "network_security_group_id");
      String table = own(draft, unrouted, AzureLinks.TABLE, TABLES, "route_table_id");
      String nat = nats.getOrDefault(key, "");
      String policies = draft.section.text("private_endpoint_network_policies");
      if (!nat.isEmpty() || AzureLinks.isFalse(draft.section, "default_outbound_access_enabled")) {
        withoutDefaultOutbound.add(key);
      }
      links.put(
          new Subnet(
              draft.head,
              ranges(draft.section),
              groups.getOrDefault(key, group),
              tables.getOrDefault(key, table),
              nat,
              policies.equalsIgnoreCase("Enabled")
                  || policies.equalsIgnoreCase("NetworkSecurityGroupEnabled")));
    }
    // What is attached to subnets that are managed elsewhere.
    Stream.of(groups, tables, nats)
        .flatMap(some -> some.keySet().stream())
        .distinct()
        .filter(key -> !subnets.containsKey(key))
        .forEach(key ->
            links.put(
                new Subnet(
                    new Header(new AzureId(key, key), "", links.facts().anySpot()),
                    List.of(),
                    groups.getOrDefault(key, ""),
                    tables.getOrDefault(key, ""),
                    nats.getOrDefault(key, ""),
                    false)));
  }

  /// The keys of the subnets of which a plan takes something.
  private Set<String> detached(String type) {
    var keys = new HashSet<String>();
    for (Section section : links.facts().removed(type)) {
      keys.addAll(links.linked(section, "subnet_id", AzureLinks.SUBNET).keys());
    }
    return keys;
  }

  /// What a subnet says itself that it has. Terraform also lists there what it had before.
  private String own(
      Draft draft, Set<String> detached, Wanted wanted, String collection, String... keys) {
    if (detached.contains(draft.head.id().key())) {
      return "";
    }
    for (String key : keys) {
      boolean isTold = draft.section.has(key) || draft.isInline;
      String found = isTold ? links.keyOf(draft.section, key, wanted, collection) : "";
      if (!found.isEmpty()) {
        return found;
      }
    }
    return "";
  }

  private static List<AddressRange> ranges(Section section) {
    var texts = new ArrayList<String>(section.texts("address_prefixes"));
    texts.addAll(section.texts("address_prefix"));
    return AddressRange.joined(TerraformFacts.ranges(texts));
  }

  private void addPeering(Section section) {
    var outer = links.outer(section, "virtual_network_name", VNETS, AzureLinks.VNET);
    var remote = links.linked(section, "remote_virtual_network_id", AzureLinks.VNET);
    if (outer.sure().isEmpty() || remote.sure().isEmpty()) {
      links.later(section, "what " + section.of().text() + " is about");
    }
    for (AzureId from : outer.isWhole() ? outer.ids() : vnets) {
      for (AzureId to : remote.isWhole() ? remote.ids() : vnets) {
        if (!from.equals(to)) {
          addPeering(section, from, to);
        }
      }
    }
  }

  /// Of a network that Terraform manages both sides of a peering are known, and one alone passes
  /// nothing.
  private void addPeering(Section section, AzureId from, AzureId to) {
    boolean isWhole = links.isManaged(VNETS, from) && links.isManaged(VNETS, to);
    var id =
        AzureLinks.within(from, "virtualnetworkpeerings", section.id() + " " + to.key(), section);
    links.put(
        new Peering(
            links.header(section, id),
            from.key(),
            to.key(),
            isWhole ? Optional.empty() : Optional.of(true),
            !AzureLinks.isFalse(section, "allow_virtual_network_access"),
            section.isTrue("allow_forwarded_traffic")
                || AzureLinks.isLater(section, "allow_forwarded_traffic"),
            AzureLinks.isFalse(section, "peer_complete_virtual_networks_enabled"),
            section.texts("local_subnet_names").stream().map(AzureLinks::lower).toList(),
            section.texts("remote_subnet_names").stream().map(AzureLinks::lower).toList()));
  }

  private void addTables() {
    var made = links.register(TABLES, AzureLinks.TABLE);
    var apart = new HashSet<String>();
    var gone = new HashSet<String>();
    for (Section section : links.facts().removed("azurerm_route")) {
      links
          .outer(section, "route_table_name", TABLES, AzureLinks.TABLE)
          .ids()
          .forEach(id -> gone.add(AzureLinks.name(id, section)));
    }
    var lone = new HashMap<AzureId, List<Route>>();
    for (Section section : links.managed("azurerm_route")) {
      var outer = links.outer(section, "route_table_name", TABLES, AzureLinks.TABLE);
      outer.ids().forEach(id -> apart.add(AzureLinks.name(id, section)));
      if (outer.sure().isEmpty()) {
        links.later(section, "the table of " + section.of().text() + ", so it is left out; it");
      } else {
        var table = outer.sure().get();
        var id = AzureLinks.within(table, "routes", section.id(), section);
        route(section, table, links.header(section, id))
            .ifPresent(
                route -> lone.computeIfAbsent(table, absent -> new ArrayList<>()).add(route));
      }
    }
    made.forEach((id, section) -> {
      var routes = new ArrayList<Route>(lone.getOrDefault(id, List.of()));
      for (Section block : links.inline(section, "route", id, apart, gone)) {
        String name = block.text("name");
        String inside = AzureLinks.isGiven(id) ? "" : "block ";
        var inner = id.within("routes", inside + AzureLinks.lower(name), name);
        route(block, id, new Header(inner, name, block.spot())).ifPresent(routes::add);
      }
      links.put(new RouteTable(links.header(section, id), routes, List.of()));
    });
    lone.forEach((id, routes) -> {
      if (!made.containsKey(id) && links.exported(id).isPresent()) {
        routes.forEach(links::put);
      }
    });
  }

  private Optional<Route> route(Section section, AzureId table, Header head) {
    String prefix = section.text("address_prefix");
    if (prefix.isEmpty()) {
      links.later(section, "the prefix of a route, so it is left out; it");
      return Optional.empty();
    }
    return Optional.of(
        new Route(
            head,
            table.key(),
            prefix,
            Hop.of(section.text("next_hop_type")),
            section.text("next_hop_in_ip_address")));
  }

  private void addNats() {
    var made = links.register(NATS, AzureLinks.NAT);
    var open = new HashSet<String>();
    for (Section section :
        links.managed(
            "azurerm_nat_gateway_public_ip_association",
            "azurerm_nat_gateway_public_ip_prefix_association")) {
      var targets = links.linked(section, "nat_gateway_id", AzureLinks.NAT);
      open.addAll(targets.keys());
      if (!targets.isWhole()) {
        made.keySet().forEach(id -> open.add(id.key()));
      }
    }
    made.forEach((id, section) -> {
      boolean isOpen =
          open.contains(id.key())
              || section.of().address().isData()
              || !section.texts("public_ip_address_ids").isEmpty()
              || !section.texts("public_ip_prefix_ids").isEmpty();
      links.put(new NatGateway(links.header(section, id), isOpen, List.of()));
    });
  }

  /// The keys of the subnets that an attribute may lead to.
  List<String> subnetsOf(Section section, String key) {
    var targets = links.linked(section, key, AzureLinks.SUBNET);
    if (targets.sure().isPresent()) {
      return targets.keys();
    }
    links.later(section, "the subnet of " + section.of().text() + ", so it may be any; it");
    return targets.isWhole() && !targets.ids().isEmpty() ? targets.keys() : anySubnet();
  }

  /// All subnets, and one of each network that nobody knows.
  List<String> anySubnet() {
    var keys = new ArrayList<String>(subnets.keySet());
    vnets.forEach(vnet -> keys.add(vnet.within("subnets", "(any)", "any").key()));
    if (keys.isEmpty()) {
      keys.add(
          AzureId.ofAddress(AzureLinks.lower(VNETS), "a network that is known later")
              .within("subnets", "(any)", "any")
              .key());
    }
    return keys;
  }

  /// Whether what has no other way to the internet has one from a subnet.
  boolean hasDefaultOutbound(String subnet) {
    return !withoutDefaultOutbound.contains(subnet);
  }
}
