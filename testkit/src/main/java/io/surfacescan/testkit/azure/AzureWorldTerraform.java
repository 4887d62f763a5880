package io.surfacescan.testkit.azure;

import static io.surfacescan.testkit.JsonText.object;

import io.surfacescan.testkit.JsonText;
import io.surfacescan.testkit.azure.AzureWorld.Group;
import io.surfacescan.testkit.azure.AzureWorld.Nic;
import io.surfacescan.testkit.azure.AzureWorld.Peering;
import io.surfacescan.testkit.azure.AzureWorld.Public;
import io.surfacescan.testkit.azure.AzureWorld.Rule;
import io.surfacescan.testkit.azure.AzureWorld.Subnet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Writes a world as Terraform does: as a state, or as a plan that makes all of it, with every id
/// unknown. Rules and routes are blocks or resources of their own.
public final class AzureWorldTerraform {
  private static final String NETWORK =
      "/subscriptions/sub-1/resourceGroups/rg/providers/Microsoft.Network/";

  /// The id of another resource as the value of an attribute.
  private record Id(String address) {}

  private record Resource(String type, String name, Map<String, Object> values) {}

  private final AzureWorld world;
  private final long seed;
  private final boolean isPlan;
  private final Map<String, Resource> resources = new LinkedHashMap<>();

  /// By addresses, what Azure calls them.
  private final Map<String, String> ids = new LinkedHashMap<>();

  private AzureWorldTerraform(AzureWorld world, long seed, boolean isPlan) {
    this.world = world;
    this.seed = seed;
    this.isPlan = isPlan;
  }

  /// The part of a world that Terraform can write here: without admin rules.
  public static AzureWorld writable(AzureWorld world) {
    return new AzureWorld(
        world.vnets(),
        world.subnets(),
        world.nics(),
        world.groups(),
        world.peerings(),
        world.tables(),
        world.balancers(),
        List.of());
  }

  /// The text of a document.
  public static String text(AzureWorld world, long seed, boolean isPlan) {
    var writer = new AzureWorldTerraform(world, seed, isPlan);
    writer.make();
    return writer.document();
  }

  /// The values of all resources, with the ids that Azure has given, by their addresses.
  ///
  /// @param seed of which rules and routes are resources of their own
  public static Map<String, Map<String, Object>> resources(AzureWorld world, long seed) {
    var writer = new AzureWorldTerraform(world, seed, false);
    writer.make();
    var values = new LinkedHashMap<String, Map<String, Object>>();
    writer.resources.forEach((address, resource) -> {
      var known = new LinkedHashMap<String, Object>();
      resource.values.forEach((key, value) -> known.put(key, writer.known(value)));
      values.put(address, known);
    });
    return values;
  }

  /// A part of a world: what a plan adds to it, or takes from it, is left out by chance.
  public static AzureWorld part(AzureWorld world, long seed) {
    var random = new Random(seed);
    // A machine is where its first interface is.
    var first = new LinkedHashMap<String, Nic>();
    world.nics().forEach(nic -> first.putIfAbsent(nic.machine(), nic));
    first.values().removeIf(nic -> random.nextInt(6) == 0);
    var nics =
        world.nics().stream()
            .filter(nic -> first.containsKey(nic.machine()))
            .filter(nic -> first.containsValue(nic) || random.nextInt(4) > 0)
            .toList();
    var machines = first.keySet();
    return new AzureWorld(
        world.vnets(),
        world.subnets().stream()
            .map(some ->
                new Subnet(
                    some.name(),
                    some.vnet(),
                    some.cidr(),
                    random.nextInt(5) == 0 ? "" : some.group(),
                    random.nextInt(5) == 0 ? "" : some.table(),
                    some.hasNat() && random.nextInt(5) > 0))
            .toList(),
        nics.stream()
            .map(some ->
                new Nic(
                    some.machine(),
                    some.subnet(),
                    some.address(),
                    random.nextInt(5) == 0 ? "" : some.group(),
                    random.nextInt(5) == 0 ? Public.NONE : some.publicAddress(),
                    some.asgs().stream().filter(asg -> random.nextInt(5) > 0).toList()))
            .toList(),
        world.groups().stream()
            .map(some ->
                new Group(
                    some.name(),
                    some.rules().stream().filter(rule -> random.nextInt(4) > 0).toList()))
            .toList(),
        world.peerings(),
        world.tables().stream()
            .map(some ->
                new AzureWorld.Table(
                    some.name(),
                    some.routes().subList(0, random.nextInt(some.routes().size() + 1))))
            .toList(),
        world.balancers().stream()
            .filter(some -> random.nextInt(4) > 0)
            .map(some ->
                new AzureWorld.Balancer(
                    some.name(),
                    some.isStandard(),
                    some.isPublic(),
                    some.machines().stream().filter(machines::contains).toList(),
                    some.protocol(),
                    some.backendPort(),
                    some.snats()))
            .toList(),
        List.of());
  }

  /// Whether something is a resource of its own, rather than a block.
  private boolean isApart(String name) {
    return new Random(seed * 31 + name.hashCode()).nextBoolean();
  }

  /// What a machine of a world is called there.
  public static String address(String machine) {
    return "azurerm_linux_virtual_machine." + machine;
  }

  private String document() {
    var made = new ArrayList<String>();
    var written = new ArrayList<String>();
    resources.forEach((address, resource) -> {
      String head =
          "{\"address\": \"%s\", \"mode\": \"managed\", \"type\": \"%s\", \"name\": \"%s\", "
              .formatted(address, resource.type, resource.name);
      String values = JsonText.of(known(resource.values));
      made.add(
          isPlan
              ? head
                  + "\"change\": {\"actions\": [\"create\"], \"before\": null, \"after\": "
                  + values
                  + ", \"after_unknown\": "
                  + JsonText.of(unknown(resource.values))
                  + "}}"
              : head + "\"values\": " + values + "}");
      written.add(head + "\"expressions\": " + JsonText.of(expression(resource.values)) + "}");
    });
    String all = String.join(",\n", made);
    return isPlan
        ? "{\"format_version\": \"1.2\", \"planned_values\": {\"root_module\": {}},\n"
            + "\"resource_changes\": ["
            + all
            + "],\n\"configuration\": {\"root_module\": {\"resources\": ["
            + String.join(",\n", written)
            + "]}}}"
        : "{\"format_version\": \"1.0\", \"terraform_version\": \"1.9.5\","
            + " \"values\": {\"root_module\": {\"resources\": ["
            + all
            + "]}}}";
  }

  /// The values that a document shows; nothing for those known later.
  private Object known(Object value) {
    return switch (value) {
      case Id(String address) -> ids.getOrDefault(address, address);
      case List<?> list -> list.stream().map(this::known).toList();
      case Map<?, ?> map -> {
        var known = new LinkedHashMap<String, Object>();
        map.forEach((key, some) -> {
          if (!isLater(some)) {
            known.put((String) key, known(some));
          }
        });
        yield known;
      }
      default -> value;
    };
  }

  private boolean isLater(Object value) {
    return switch (value) {
      case Id(String address) -> isPlan && ids.containsKey(address);
      case List<?> list -> list.stream().anyMatch(this::isLater);
      default -> false;
    };
  }

  private Object unknown(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var unknown = new LinkedHashMap<String, Object>();
        map.forEach((key, some) -> {
          if (isLater(some)) {
            unknown.put((String) key, true);
          } else if (some instanceof List<?> list
              && list.stream().anyMatch(Map.class::isInstance)) {
            unknown.put((String) key, list.stream().map(this::unknown).toList());
          }
        });
        yield unknown;
      }
      default -> false;
    };
  }

  private Object expression(Object value) {
    return switch (value) {
      case Id(String address) when ids.containsKey(address) ->
          Map.of("references", List.of(address + ".id", address));
      case Id(String text) -> Map.of("constant_value", text);
      case List<?> list when list.stream().anyMatch(Map.class::isInstance) ->
          list.stream().map(this::expression).toList();
      case List<?> list when isLater(list) -> {
        var references = new ArrayList<String>();
        for (Object some : list) {
          if (some instanceof Id(String address)) {
            references.add(address + ".id");
            references.add(address);
          }
        }
        yield Map.of("references", references);
      }
      case Map<?, ?> map -> {
        var expressions = new LinkedHashMap<String, Object>();
        map.forEach((key, some) -> expressions.put((String) key, expression(some)));
        yield expressions;
      }
      default -> Map.of("constant_value", value);
    };
  }

  /// @param id what Azure calls it; empty if nothing names it
  private void put(String type, String name, String id, Object... pairs) {
    put(type, name, id, object(pairs));
  }

  private void put(String type, String name, String id, Map<String, Object> values) {
    String address = type + "." + name;
    if (!id.isEmpty()) {
      ids.put(address, id);
      if (!isPlan) {
        values.put("id", id);
      }
    }
    resources.put(address, new Resource(type, name, values));
  }

  private String vnetId(String vnet) {
    return AzureWorldExport.vnetId(world, vnet);
  }

  private static String name(Nic nic) {
    return "nic-" + nic.address().replace('.', '-');
  }

  private Id group(String name) {
    boolean isKnown = world.groups().stream().anyMatch(group -> group.name().equals(name));
    return new Id(
        isKnown
            ? "azurerm_network_security_group." + name
            : NETWORK + "networkSecurityGroups/" + name);
  }

  private void make() {
    for (var vnet : world.vnets()) {
      put(
          "azurerm_virtual_network",
          vnet.name(),
          vnetId(vnet.name()),
          "name",
          vnet.name(),
          "resource_group_name",
          "rg",
          "address_space",
          List.of(vnet.cidr()));
    }
    for (String asg : List.of("asg-a", "asg-b")) {
      put(
          "azurerm_application_security_group",
          asg,
          NETWORK + "applicationSecurityGroups/" + asg,
          "name",
          asg,
          "resource_group_name",
          "rg");
    }
    world.groups().forEach(this::putGroup);
    world.tables().forEach(this::putTable);
    put("azurerm_nat_gateway", "nat", NETWORK + "natGateways/nat", "name", "nat");
    put(
        "azurerm_nat_gateway_public_ip_association",
        "nat",
        "",
        "nat_gateway_id",
        new Id("azurerm_nat_gateway.nat"));
    world.subnets().forEach(this::putSubnet);
    world.peerings().forEach(this::putPeering);
    world.nics().forEach(nic -> putNic(name(nic), nic));
    world.nics().stream().map(Nic::machine).distinct().forEach(this::putMachine);
    world.balancers().forEach(this::putBalancer);
  }

  private void putSubnet(Subnet subnet) {
    var self = new Id("azurerm_subnet." + subnet.name());
    put(
        "azurerm_subnet",
        subnet.name(),
        vnetId(subnet.vnet()) + "/subnets/" + subnet.name(),
        "name",
        subnet.name(),
        "resource_group_name",
        "rg",
        "virtual_network_name",
        subnet.vnet(),
        "address_prefixes",
        List.of(subnet.cidr()),
        "default_outbound_access_enabled",
        false);
    if (!subnet.group().isEmpty()) {
      put(
          "azurerm_subnet_network_security_group_association",
          subnet.name(),
          "",
          "subnet_id",
          self,
          "network_security_group_id",
          group(subnet.group()));
    }
    if (!subnet.table().isEmpty()) {
      put(
          "azurerm_subnet_route_table_association",
          subnet.name(),
          "",
          "subnet_id",
          self,
          "route_table_id",
          new Id("azurerm_route_table." + subnet.table()));
    }
    if (subnet.hasNat()) {
      put(
          "azurerm_subnet_nat_gateway_association",
          subnet.name(),
          "",
          "subnet_id",
          self,
          "nat_gateway_id",
          new Id("azurerm_nat_gateway.nat"));
    }
  }

  /// Of a peering that is not connected only one side is written.
  private void putPeering(Peering side) {
    boolean isConnected =
        world.peerings().stream()
            .filter(some -> some.equals(side) || isBack(some, side))
            .allMatch(Peering::isConnected);
    if (isConnected || side.from().compareTo(side.to()) < 0) {
      put(
          "azurerm_virtual_network_peering",
          side.from() + "-" + side.to(),
          vnetId(side.from()) + "/virtualNetworkPeerings/to-" + side.to(),
          "name",
          "to-" + side.to(),
          "resource_group_name",
          "rg",
          "virtual_network_name",
          side.from(),
          "remote_virtual_network_id",
          new Id("azurerm_virtual_network." + side.to()),
          "allow_virtual_network_access",
          side.hasAccess(),
          "allow_forwarded_traffic",
          side.takesForwarded());
    }
  }

  private static boolean isBack(Peering some, Peering side) {
    return some.from().equals(side.to()) && some.to().equals(side.from());
  }

  private void putGroup(Group group) {
    var blocks = new ArrayList<Object>();
    for (Rule rule : group.rules()) {
      var values = rule(rule);
      if (!isApart(group.name() + rule.name())
          && rule.sourceAsgs().isEmpty()
          && rule.destinationAsgs().isEmpty()) {
        blocks.add(values);
      } else {
        values.put("resource_group_name", "rg");
        values.put("network_security_group_name", group.name());
        String name = group.name() + "-" + rule.name();
        put(
            "azurerm_network_security_rule",
            name,
            NETWORK + "networkSecurityGroups/" + group.name() + "/securityRules/" + rule.name(),
            values);
      }
    }
    put(
        "azurerm_network_security_group",
        group.name(),
        NETWORK + "networkSecurityGroups/" + group.name(),
        "name",
        group.name(),
        "resource_group_name",
        "rg",
        "security_rule",
        blocks);
  }

  private static Map<String, Object> rule(Rule rule) {
    var values =
        object(
            "name",
            rule.name(),
            "priority",
            rule.priority(),
            "direction",
            rule.isInbound() ? "Inbound" : "Outbound",
            "access",
            rule.isAllow() ? "Allow" : "Deny",
            "protocol",
            rule.protocol(),
            "source_port_range",
            rule.sourcePorts());
    putOneOrMore(values, "destination_port_range", "s", rule.ports());
    putOneOrMore(values, "source_address_prefix", "es", rule.sources());
    putOneOrMore(values, "destination_address_prefix", "es", rule.destinations());
    putAsgs(values, "source", rule.sourceAsgs());
    putAsgs(values, "destination", rule.destinationAsgs());
    return values;
  }

  private static void putAsgs(Map<String, Object> values, String side, List<String> asgs) {
    if (!asgs.isEmpty()) {
      values.put(
          side + "_application_security_group_ids",
          asgs.stream().map(asg -> new Id("azurerm_application_security_group." + asg)).toList());
    }
  }

  private static void putOneOrMore(
      Map<String, Object> values, String key, String more, List<String> texts) {
    if (texts.size() == 1) {
      values.put(key, texts.getFirst());
    } else if (!texts.isEmpty()) {
      values.put(key + more, texts);
    }
  }

  private void putTable(AzureWorld.Table table) {
    var blocks = new ArrayList<Object>();
    for (int i = 0; i < table.routes().size(); i++) {
      var route = table.routes().get(i);
      var values =
          object(
              "name",
              "route-" + i,
              "address_prefix",
              route.prefix(),
              "next_hop_type",
              route.hop(),
              "next_hop_in_ip_address",
              route.address());
      if (!isApart(table.name() + i)) {
        blocks.add(values);
      } else {
        values.put("resource_group_name", "rg");
        values.put("route_table_name", table.name());
        String name = table.name() + "-" + i;
        put(
            "azurerm_route",
            name,
            NETWORK + "routeTables/" + table.name() + "/routes/route-" + i,
            values);
      }
    }
    put(
        "azurerm_route_table",
        table.name(),
        NETWORK + "routeTables/" + table.name(),
        "name",
        table.name(),
        "resource_group_name",
        "rg",
        "route",
        blocks);
  }

  private void putNic(String name, Nic nic) {
    var configuration =
        object(
            "name",
            "ip",
            "private_ip_address",
            nic.address(),
            "subnet_id",
            new Id("azurerm_subnet." + nic.subnet()));
    if (nic.publicAddress() != Public.NONE) {
      String id = NETWORK + "publicIPAddresses/pip-" + nic.address();
      boolean isKnown = nic.publicAddress() != Public.UNKNOWN;
      if (isKnown) {
        String sku = nic.publicAddress() == Public.BASIC ? "Basic" : "Standard";
        put("azurerm_public_ip", name, id, "name", "pip-" + nic.address(), "sku", sku);
      }
      configuration.put("public_ip_address_id", new Id(isKnown ? "azurerm_public_ip." + name : id));
    }
    put(
        "azurerm_network_interface",
        name,
        AzureWorldExport.nicId(world, nic),
        "name",
        name,
        "ip_configuration",
        List.of(configuration));
    var self = new Id("azurerm_network_interface." + name);
    if (!nic.group().isEmpty()) {
      put(
          "azurerm_network_interface_security_group_association",
          name,
          "",
          "network_interface_id",
          self,
          "network_security_group_id",
          group(nic.group()));
    }
    for (String asg : nic.asgs()) {
      put(
          "azurerm_network_interface_application_security_group_association",
          name + "-" + asg,
          "",
          "network_interface_id",
          self,
          "application_security_group_id",
          new Id("azurerm_application_security_group." + asg));
    }
  }

  private void putMachine(String machine) {
    put(
        "azurerm_linux_virtual_machine",
        machine,
        AzureWorldExport.machineId(world, machine),
        "name",
        machine,
        "network_interface_ids",
        nicsOf(machine));
  }

  private List<Id> nicsOf(String machine) {
    var found = new ArrayList<Id>();
    for (Nic nic : world.nics()) {
      if (nic.machine().equals(machine)) {
        found.add(new Id("azurerm_network_interface." + name(nic)));
      }
    }
    return found;
  }

  private void putBalancer(AzureWorld.Balancer balancer) {
    String id = NETWORK + "loadBalancers/" + balancer.name();
    var self = new Id("azurerm_lb." + balancer.name());
    var pool = new Id("azurerm_lb_backend_address_pool." + balancer.name());
    var frontend = object("name", "f");
    frontend.put(
        balancer.isPublic() ? "public_ip_address_id" : "subnet_id",
        new Id(NETWORK + "publicIPAddresses/pip-lb"));
    put(
        "azurerm_lb",
        balancer.name(),
        id,
        "name",
        balancer.name(),
        "sku",
        balancer.isStandard() ? "Standard" : "Basic",
        "frontend_ip_configuration",
        List.of(frontend));
    put(
        "azurerm_lb_backend_address_pool",
        balancer.name(),
        id + "/backendAddressPools/p",
        "name",
        "p",
        "loadbalancer_id",
        self);
    put(
        "azurerm_lb_rule",
        balancer.name(),
        id + "/loadBalancingRules/r",
        "name",
        "r",
        "loadbalancer_id",
        self,
        "protocol",
        balancer.protocol(),
        "frontend_port",
        80,
        "backend_port",
        balancer.backendPort(),
        "disable_outbound_snat",
        !balancer.snats(),
        "frontend_ip_configuration_name",
        "f",
        "backend_address_pool_ids",
        List.of(pool));
    for (String machine : balancer.machines()) {
      put(
          "azurerm_network_interface_backend_address_pool_association",
          machine,
          "",
          "network_interface_id",
          nicsOf(machine).getFirst(),
          "ip_configuration_name",
          "ip",
          "backend_address_pool_id",
          pool);
    }
  }
}
