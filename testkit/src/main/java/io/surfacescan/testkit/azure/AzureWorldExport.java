package io.surfacescan.testkit.azure;

import static io.surfacescan.testkit.JsonText.object;

import io.surfacescan.testkit.JsonText;
import io.surfacescan.testkit.azure.AzureWorld.AdminRule;
import io.surfacescan.testkit.azure.AzureWorld.Balancer;
import io.surfacescan.testkit.azure.AzureWorld.Group;
import io.surfacescan.testkit.azure.AzureWorld.Nic;
import io.surfacescan.testkit.azure.AzureWorld.Peering;
import io.surfacescan.testkit.azure.AzureWorld.Public;
import io.surfacescan.testkit.azure.AzureWorld.Rule;
import io.surfacescan.testkit.azure.AzureWorld.Subnet;
import io.surfacescan.testkit.azure.AzureWorld.Table;
import io.surfacescan.testkit.azure.AzureWorld.Vnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Writes a world as people export theirs: a file for each command or all of it in one, properties
/// nested or not, ids in any case, associations told from one end or the other.
public final class AzureWorldExport {
  /// The keys that stand outside of `properties`.
  private static final List<String> OUTER = List.of("id", "name", "type", "tags", "sku");

  private final AzureWorld world;
  private final Random random;
  private final boolean isNested;
  private final boolean isOneFile;
  private final Map<String, List<Object>> files = new TreeMap<>();

  private AzureWorldExport(AzureWorld world, long seed) {
    this.world = world;
    random = new Random(seed);
    isNested = random.nextBoolean();
    isOneFile = random.nextInt(3) == 0;
  }

  public static void write(AzureWorld world, long seed, Path folder) throws IOException {
    var export = new AzureWorldExport(world, seed);
    export.make();
    Files.createDirectories(folder);
    for (var file : export.files.entrySet()) {
      Collections.shuffle(file.getValue(), export.random);
      Object document =
          export.isOneFile
              ? object("count", file.getValue().size(), "data", file.getValue())
              : export.isNested ? object("value", file.getValue()) : file.getValue();
      Files.writeString(folder.resolve(file.getKey()), JsonText.of(document));
    }
  }

  /// The id of a machine, as answers call it.
  public static String machineId(AzureWorld world, String machine) {
    var nic = world.nics().stream().filter(some -> some.machine().equals(machine)).findFirst();
    return provider(world.vnetOf(nic.orElseThrow()))
        + "Microsoft.Compute/virtualMachines/"
        + machine;
  }

  private static String provider(Vnet vnet) {
    return "/subscriptions/" + vnet.subscription() + "/resourceGroups/rg/providers/";
  }

  private static String network(String type, String name) {
    return "/subscriptions/sub-1/resourceGroups/rg/providers/Microsoft.Network/"
        + type
        + "/"
        + name;
  }

  private String vnetId(String vnet) {
    return vnetId(world, vnet);
  }

  static String vnetId(AzureWorld world, String vnet) {
    return provider(world.vnet(vnet)) + "Microsoft.Network/virtualNetworks/" + vnet;
  }

  private String subnetId(Subnet subnet) {
    return vnetId(subnet.vnet()) + "/subnets/" + subnet.name();
  }

  private String nicId(Nic nic) {
    return nicId(world, nic);
  }

  static String nicId(AzureWorld world, Nic nic) {
    return provider(world.vnetOf(nic))
        + "Microsoft.Network/networkInterfaces/nic-"
        + nic.address().replace('.', '-')
        + "-"
        + nic.subnet();
  }

  /// A reference, whose case means nothing.
  private Map<String, Object> ref(String id) {
    return object(
        "id",
        switch (random.nextInt(4)) {
          case 0 -> id.toLowerCase(Locale.ROOT);
          case 1 -> id.replace("resourceGroups", "resourcegroups");
          default -> id;
        });
  }

  private void put(String command, Map<String, Object> resource) {
    files
        .computeIfAbsent(isOneFile ? "graph.json" : command + ".json", _ -> new ArrayList<>())
        .add(isNested ? nested(resource) : resource);
  }

  /// A resource with its properties apart, as the Resource Manager has it.
  private static Map<String, Object> nested(Map<String, Object> flat) {
    var outer = new LinkedHashMap<String, Object>();
    var inner = new LinkedHashMap<String, Object>();
    flat.forEach(
        (key, value) -> (OUTER.contains(key) ? outer : inner).put(key, nestedValue(value)));
    outer.put("properties", inner);
    return outer;
  }

  private static Object nestedValue(Object value) {
    if (!(value instanceof List<?> list)) {
      return value;
    }
    var all = new ArrayList<Object>();
    for (Object each : list) {
      if (each instanceof Map<?, ?> map && map.containsKey("name")) {
        var flat = new LinkedHashMap<String, Object>();
        map.forEach((key, some) -> flat.put((String) key, some));
        all.add(nested(flat));
      } else {
        all.add(each);
      }
    }
    return all;
  }

  private void make() {
    for (Vnet vnet : world.vnets()) {
      put(
          "vnets",
          object(
              "id",
              vnetId(vnet.name()),
              "name",
              vnet.name(),
              "addressSpace",
              object("addressPrefixes", List.of(vnet.cidr())),
              "subnets",
              world.subnets().stream()
                  .filter(subnet -> subnet.vnet().equals(vnet.name()))
                  .map(this::subnet)
                  .toList(),
              "virtualNetworkPeerings",
              world.peerings().stream()
                  .filter(side -> side.from().equals(vnet.name()))
                  .map(this::peering)
                  .toList()));
    }
    world.nics().stream().map(Nic::machine).distinct().forEach(this::putMachine);
    world.nics().forEach(this::putNic);
    world.groups().forEach(this::putGroup);
    world.tables().forEach(this::putTable);
    world.balancers().forEach(this::putBalancer);
    put(
        "nats",
        object(
            "id",
            network("natGateways", "nat"),
            "name",
            "nat",
            "publicIpAddresses",
            List.of(ref(network("publicIPAddresses", "pip-nat")))));
    putAdminRules();
  }

  private Map<String, Object> subnet(Subnet subnet) {
    var object =
        object(
            "id",
            subnetId(subnet),
            "name",
            subnet.name(),
            random.nextBoolean() ? "addressPrefix" : "addressPrefixes",
            subnet.cidr());
    if (object.containsKey("addressPrefixes")) {
      object.put("addressPrefixes", List.of(subnet.cidr()));
    }
    boolean isKnown = world.groups().stream().anyMatch(some -> some.name().equals(subnet.group()));
    if (!subnet.group().isEmpty() && (!isKnown || tellsSubnetsOf(subnet.group()))) {
      object.put("networkSecurityGroup", ref(network("networkSecurityGroups", subnet.group())));
    }
    if (!subnet.table().isEmpty()) {
      object.put("routeTable", ref(network("routeTables", subnet.table())));
    }
    if (subnet.hasNat()) {
      object.put("natGateway", ref(network("natGateways", "nat")));
    }
    return object;
  }

  /// Whether subnets name the group, or it names them.
  private boolean tellsSubnetsOf(String group) {
    return isNested || group.endsWith("0");
  }

  private Map<String, Object> peering(Peering side) {
    return object(
        "name",
        "to-" + side.to(),
        "peeringState",
        side.isConnected() ? "Connected" : "Disconnected",
        "allowVirtualNetworkAccess",
        side.hasAccess(),
        "allowForwardedTraffic",
        side.takesForwarded(),
        "remoteVirtualNetwork",
        ref(vnetId(side.to())));
  }

  private void putMachine(String machine) {
    var nics =
        world.nics().stream()
            .filter(nic -> nic.machine().equals(machine))
            .map(nic -> ref(nicId(nic)))
            .toList();
    put(
        "vms",
        object(
            "id",
            machineId(world, machine),
            "name",
            machine,
            "networkProfile",
            object("networkInterfaces", nics)));
  }

  private void putNic(Nic nic) {
    var configuration =
        object(
            "id",
            nicId(nic) + "/ipConfigurations/ip",
            "name",
            "ip",
            random.nextBoolean() ? "privateIPAddress" : "privateIpAddress",
            nic.address(),
            "subnet",
            ref(subnetId(world.subnet(nic.subnet()))),
            "applicationSecurityGroups",
            nic.asgs().stream()
                .map(asg -> ref(network("applicationSecurityGroups", asg)))
                .toList());
    if (nic.publicAddress() != Public.NONE) {
      String pip = network("publicIPAddresses", "pip-" + nic.address());
      configuration.put("publicIPAddress", ref(pip));
      if (nic.publicAddress() != Public.UNKNOWN) {
        String sku = nic.publicAddress() == Public.BASIC ? "Basic" : "Standard";
        put(
            "pips",
            object(
                "id",
                pip,
                "name",
                "pip-" + nic.address(),
                "sku",
                object("name", sku),
                "ipAddress",
                "20.1.1.1"));
      }
    }
    var object =
        object(
            "id",
            nicId(nic),
            "name",
            "nic",
            "virtualMachine",
            ref(machineId(world, nic.machine())),
            "ipConfigurations",
            List.of(configuration));
    if (!nic.group().isEmpty()) {
      object.put("networkSecurityGroup", ref(network("networkSecurityGroups", nic.group())));
    }
    put("nics", object);
  }

  private void putGroup(Group group) {
    var object =
        object(
            "id",
            network("networkSecurityGroups", group.name()),
            "name",
            group.name(),
            "securityRules",
            group.rules().stream().map(this::rule).toList());
    if (!tellsSubnetsOf(group.name())) {
      object.put(
          "subnets",
          world.subnets().stream()
              .filter(subnet -> subnet.group().equals(group.name()))
              .map(subnet -> ref(subnetId(subnet)))
              .toList());
    }
    put("nsgs", object);
  }

  private Map<String, Object> rule(Rule rule) {
    var object =
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
            "sourcePortRange",
            rule.sourcePorts());
    putOneOrMore(object, "destinationPortRange", "destinationPortRanges", rule.ports());
    putOneOrMore(object, "sourceAddressPrefix", "sourceAddressPrefixes", rule.sources());
    putOneOrMore(
        object, "destinationAddressPrefix", "destinationAddressPrefixes", rule.destinations());
    object.put(
        "sourceApplicationSecurityGroups",
        rule.sourceAsgs().stream()
            .map(asg -> ref(network("applicationSecurityGroups", asg)))
            .toList());
    object.put(
        "destinationApplicationSecurityGroups",
        rule.destinationAsgs().stream()
            .map(asg -> ref(network("applicationSecurityGroups", asg)))
            .toList());
    return object;
  }

  private static void putOneOrMore(
      Map<String, Object> object, String one, String more, List<String> values) {
    if (values.size() == 1) {
      object.put(one, values.getFirst());
      object.put(more, List.of());
    } else if (!values.isEmpty()) {
      object.put(more, values);
    }
  }

  private void putTable(Table table) {
    var routes = new ArrayList<Object>();
    for (int i = 0; i < table.routes().size(); i++) {
      var route = table.routes().get(i);
      routes.add(
          object(
              "name",
              "route-" + i,
              "addressPrefix",
              route.prefix(),
              "nextHopType",
              route.hop(),
              "nextHopIpAddress",
              route.address()));
    }
    put(
        "tables",
        object("id", network("routeTables", table.name()), "name", table.name(), "routes", routes));
  }

  private void putBalancer(Balancer balancer) {
    String id = network("loadBalancers", balancer.name());
    var frontend = object("id", id + "/frontendIPConfigurations/f", "name", "f");
    frontend.put(
        balancer.isPublic() ? "publicIPAddress" : "subnet",
        ref(network("publicIPAddresses", "pip-lb")));
    var configurations = new ArrayList<Object>();
    for (String machine : balancer.machines()) {
      world.nics().stream()
          .filter(nic -> nic.machine().equals(machine))
          .findFirst()
          .ifPresent(nic -> configurations.add(ref(nicId(nic) + "/ipConfigurations/ip")));
    }
    put(
        "lbs",
        object(
            "id",
            id,
            "name",
            balancer.name(),
            "sku",
            object("name", balancer.isStandard() ? "Standard" : "Basic"),
            "frontendIPConfigurations",
            List.of(frontend),
            "backendAddressPools",
            List.of(
                object(
                    "id",
                    id + "/backendAddressPools/p",
                    "name",
                    "p",
                    "backendIPConfigurations",
                    configurations)),
            "loadBalancingRules",
            List.of(
                object(
                    "name",
                    "r",
                    "protocol",
                    balancer.protocol(),
                    "frontendPort",
                    80,
                    "backendPort",
                    balancer.backendPort(),
                    "disableOutboundSnat",
                    !balancer.snats(),
                    "frontendIPConfiguration",
                    ref(id + "/frontendIPConfigurations/f"),
                    "backendAddressPool",
                    ref(id + "/backendAddressPools/p")))));
  }

  private void putAdminRules() {
    String manager = network("networkManagers", "nm");
    for (AdminRule rule : world.adminRules()) {
      String collection =
          manager + "/securityAdminConfigurations/c/ruleCollections/rc-" + rule.name();
      String group = manager + "/networkGroups/ng-" + rule.name();
      put(
          "admin-collections",
          object(
              "id",
              collection,
              "name",
              "rc-" + rule.name(),
              "appliesToGroups",
              List.of(object("networkGroupId", group))));
      // A member that is none of these networks: so it is known who is in the group.
      put("admin-members", member(group, vnetId(world.vnets().getFirst().name()) + "-other"));
      rule.vnets().forEach(vnet -> put("admin-members", member(group, vnetId(vnet))));
      put(
          "admin-rules",
          object(
              "id",
              collection + "/rules/" + rule.name(),
              "name",
              rule.name(),
              "priority",
              rule.priority(),
              "direction",
              rule.isInbound() ? "Inbound" : "Outbound",
              "access",
              rule.access(),
              "protocol",
              rule.protocol().equals("*") ? "Any" : rule.protocol(),
              "sourcePortRanges",
              List.of("0-65535"),
              "destinationPortRanges",
              List.of(rule.ports().equals("*") ? "0-65535" : rule.ports()),
              "sources",
              List.of(
                  object(
                      "addressPrefix",
                      rule.source(),
                      "addressPrefixType",
                      rule.source().equals("Internet") ? "ServiceTag" : "IPPrefix")),
              "destinations",
              List.of(object("addressPrefix", "*", "addressPrefixType", "IPPrefix"))));
    }
  }

  private static Map<String, Object> member(String group, String id) {
    String name = id.substring(id.lastIndexOf('/') + 1);
    return object("id", group + "/staticMembers/" + name, "name", name, "resourceId", id);
  }
}
