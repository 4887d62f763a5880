package io.surfacescan.testkit.aws;

import io.surfacescan.testkit.aws.AwsWorld.Acl;
import io.surfacescan.testkit.aws.AwsWorld.Attachment;
import io.surfacescan.testkit.aws.AwsWorld.Group;
import io.surfacescan.testkit.aws.AwsWorld.GroupRule;
import io.surfacescan.testkit.aws.AwsWorld.Nic;
import io.surfacescan.testkit.aws.AwsWorld.Route;
import io.surfacescan.testkit.aws.AwsWorld.Table;
import io.surfacescan.testkit.aws.AwsWorld.Transit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Writes a world as Terraform does: as a state, a raw state, or a plan that makes all of it, with
/// every id unknown. Some resources are in a module, and what leads there goes over outputs and
/// variables.
public final class AwsWorldTerraform {
  /// The ways to write a world.
  public enum Form {
    STATE,
    RAW_STATE,
    PLAN
  }

  /// The id of another resource as the value of an attribute.
  private record Id(String id) {}

  /// What is only known once it is made.
  private enum Later {
    LATER
  }

  private record Resource(String module, String type, String name, Map<String, Object> values) {
    String local() {
      return type + "." + name;
    }

    String address() {
      return (module.isEmpty() ? "" : "module." + module + ".") + local();
    }
  }

  private final AwsWorld world;
  private final Random random;
  private final boolean hasModule;
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> outputs = new TreeMap<>();
  private final Map<String, Map<String, Object>> arguments = new TreeMap<>();

  private AwsWorldTerraform(AwsWorld world, long seed) {
    this.world = world;
    random = new Random(seed);
    hasModule = random.nextBoolean();
  }

  /// The text of a document.
  public static String text(AwsWorld world, long seed, Form form) {
    var writer = new AwsWorldTerraform(world, seed);
    writer.make();
    return json(
        switch (form) {
          case STATE -> writer.state();
          case RAW_STATE -> writer.rawState();
          case PLAN -> writer.plan();
        });
  }

  /// What an instance of a world is called there.
  public static String address(String instance) {
    return "aws_instance." + instance;
  }

  /// The part of a world that Terraform can write: no load balancers, whose interfaces AWS makes,
  /// no black holes but of transit gateways, and no peering that waits.
  public static AwsWorld writable(AwsWorld world) {
    var nics = world.nics().stream().filter(nic -> world.balancer(nic).isEmpty()).toList();
    var peerings = world.peerings().stream().filter(AwsWorld.Peering::isActive).toList();
    var waiting =
        world.peerings().stream()
            .filter(peering -> !peering.isActive())
            .map(AwsWorld.Peering::id)
            .toList();
    var tables =
        world.tables().stream()
            .map(table ->
                new Table(
                    table.id(),
                    table.vpc(),
                    table.isMain(),
                    table.subnets(),
                    table.routes().stream()
                        .filter(route -> !route.target().equals("blackhole"))
                        .filter(route -> !waiting.contains(route.target()))
                        .toList()))
            .toList();
    var transit =
        world
            .transit()
            .map(some ->
                new Transit(
                    some.id(),
                    some.table(),
                    some.attachments(),
                    Optional.of(some.routes().orElse(List.of()))));
    return new AwsWorld(
        world.vpcs(),
        world.subnets(),
        nics,
        world.groups(),
        world.acls(),
        tables,
        world.nats(),
        peerings,
        transit,
        List.of(),
        world.prefixLists());
  }

  private void put(String id, String type, boolean isNetwork, Object... keysAndValues) {
    var values = object("id", id);
    values.putAll(object(keysAndValues));
    resources.put(id, new Resource(hasModule && isNetwork ? "net" : "", type, id, values));
  }

  private void make() {
    for (var vpc : world.vpcs()) {
      put(vpc.id(), "aws_vpc", true, "cidr_block", vpc.cidr(), "owner_id", vpc.account());
      put(
          vpc.gateway(),
          "aws_internet_gateway",
          true,
          "vpc_id",
          vpc.isAttached() ? new Id(vpc.id()) : "");
    }
    for (var subnet : world.subnets()) {
      put(
          subnet.id(),
          "aws_subnet",
          true,
          "vpc_id",
          new Id(subnet.vpc()),
          "cidr_block",
          subnet.cidr(),
          "availability_zone",
          subnet.zone(),
          "map_public_ip_on_launch",
          false);
    }
    for (var nat : world.nats()) {
      put(
          nat.id(),
          "aws_nat_gateway",
          true,
          "subnet_id",
          new Id(nat.subnet()),
          "connectivity_type",
          "public");
    }
    for (var peering : world.peerings()) {
      put(
          peering.id(),
          "aws_vpc_peering_connection",
          random.nextBoolean(),
          "vpc_id",
          new Id(peering.requester()),
          "peer_vpc_id",
          new Id(peering.accepter()));
    }
    for (var list : world.prefixLists()) {
      if (list.cidrs().isPresent()) {
        var entries = new ArrayList<Object>();
        list.cidrs().get().forEach(cidr -> entries.add(object("cidr", cidr, "description", "")));
        put(list.id(), "aws_ec2_managed_prefix_list", false, "entry", entries);
      }
    }
    world.groups().forEach(this::makeGroup);
    world.acls().forEach(this::makeAcl);
    world.tables().forEach(this::makeTable);
    world.transit().ifPresent(this::makeTransit);
    makeInstances();
  }

  private void makeInstances() {
    Map<String, List<Nic>> nicsOf = new LinkedHashMap<>();
    for (Nic nic : world.nics()) {
      nicsOf.computeIfAbsent(nic.instance(), _ -> new ArrayList<>()).add(nic);
    }
    nicsOf.forEach((instance, nics) -> {
      if (nics.size() == 1) {
        var nic = nics.getFirst();
        put(
            instance,
            "aws_instance",
            false,
            "private_ip",
            nic.address(),
            "public_ip",
            nic.outer().isPresent() ? nic.outer().get() : "",
            "associate_public_ip_address",
            nic.outer().isPresent(),
            "subnet_id",
            new Id(nic.subnet()),
            "vpc_security_group_ids",
            ids(nic.groups()));
        return;
      }
      var blocks = new ArrayList<Object>();
      for (Nic nic : nics) {
        blocks.add(object("device_index", blocks.size(), "network_interface_id", new Id(nic.id())));
        put(
            nic.id(),
            "aws_network_interface",
            false,
            "private_ips",
            List.of(nic.address()),
            "subnet_id",
            new Id(nic.subnet()),
            "security_groups",
            ids(nic.groups()));
        if (nic.outer().isPresent()) {
          put(
              "eip-" + nic.id(),
              "aws_eip",
              false,
              "network_interface",
              new Id(nic.id()),
              "public_ip",
              nic.outer().get());
        }
      }
      put(instance, "aws_instance", false, "network_interface", blocks);
    });
  }

  private static List<Object> ids(List<String> some) {
    return some.stream().<Object>map(Id::new).toList();
  }

  private void makeGroup(Group group) {
    int style = random.nextInt(3);
    var in = new ArrayList<Object>();
    var out = new ArrayList<Object>();
    int number = 0;
    for (GroupRule rule : group.rules()) {
      String id = "rule-" + group.id() + "-" + number++;
      boolean isAll = rule.protocol().equals("-1");
      int from = isAll ? 0 : rule.protocol().equals("icmp") ? -1 : rule.from();
      int to = isAll ? 0 : rule.protocol().equals("icmp") ? -1 : rule.to();
      var values = object("protocol", rule.protocol(), "from_port", from, "to_port", to);
      boolean isSelf = rule.peer().equals(group.id());
      boolean isGroup = rule.peer().startsWith("sg-");
      Object list = rule.peer().startsWith("pl-") ? prefixList(rule.peer()) : "";
      boolean isCidr = !isGroup && list.equals("");
      if (style == 0) {
        boolean usesSelf = isSelf && random.nextBoolean();
        values.put("cidr_blocks", isCidr ? List.of(rule.peer()) : List.of());
        values.put(
            "security_groups", isGroup && !usesSelf ? List.of(new Id(rule.peer())) : List.of());
        values.put("prefix_list_ids", list.equals("") ? List.of() : List.of(list));
        values.put("self", usesSelf);
        (rule.isEgress() ? out : in).add(values);
      } else if (style == 1) {
        values.put("security_group_id", new Id(group.id()));
        values.put("type", rule.isEgress() ? "egress" : "ingress");
        if (isGroup) {
          values.put("source_security_group_id", new Id(rule.peer()));
        } else if (isCidr) {
          values.put("cidr_blocks", List.of(rule.peer()));
        } else {
          values.put("prefix_list_ids", List.of(list));
        }
        put(id, "aws_security_group_rule", false, flat(values));
      } else {
        values.put("security_group_id", new Id(group.id()));
        values.put("ip_protocol", rule.protocol());
        values.remove("protocol");
        values.put(
            isGroup ? "referenced_security_group_id" : isCidr ? "cidr_ipv4" : "prefix_list_id",
            isGroup ? new Id(rule.peer()) : isCidr ? rule.peer() : list);
        put(
            id,
            "aws_vpc_security_group_" + (rule.isEgress() ? "egress" : "ingress") + "_rule",
            false,
            flat(values));
      }
    }
    Collections.shuffle(out, random);
    if (style == 0) {
      put(
          group.id(),
          "aws_security_group",
          false,
          "vpc_id",
          new Id(group.vpc()),
          "ingress",
          in,
          "egress",
          out);
    } else {
      put(group.id(), "aws_security_group", false, "vpc_id", new Id(group.vpc()));
    }
  }

  private Object prefixList(String id) {
    boolean isMade =
        world.prefixLists().stream()
            .anyMatch(list -> list.id().equals(id) && list.cidrs().isPresent());
    return isMade ? new Id(id) : id;
  }

  private static Object[] flat(Map<String, Object> values) {
    var flat = new ArrayList<Object>();
    values.forEach((key, value) -> {
      flat.add(key);
      flat.add(value);
    });
    return flat.toArray();
  }

  private void makeAcl(Acl acl) {
    var in = new ArrayList<Object>();
    var out = new ArrayList<Object>();
    boolean isApart = !acl.isDefault() && random.nextBoolean();
    for (var entry : acl.entries()) {
      boolean hasPorts = entry.protocol().equals("tcp") || entry.protocol().equals("udp");
      var values =
          object(
              "protocol",
              entry.protocol(),
              "cidr_block",
              entry.cidr(),
              "from_port",
              hasPorts ? entry.from() : 0,
              "to_port",
              hasPorts ? entry.to() : 0,
              "icmp_type",
              entry.protocol().equals("icmp") ? -1 : 0);
      String action = entry.isAllow() ? "allow" : "deny";
      if (isApart) {
        values.put("rule_number", entry.number());
        values.put("rule_action", action);
        values.put("egress", entry.isEgress());
        values.put("network_acl_id", new Id(acl.id()));
        put(
            "entry-" + acl.id() + "-" + entry.number() + (entry.isEgress() ? "-out" : "-in"),
            "aws_network_acl_rule",
            true,
            flat(values));
      } else {
        values.put("rule_no", entry.number());
        values.put("action", action);
        (entry.isEgress() ? out : in).add(values);
      }
    }
    var values = object("vpc_id", new Id(acl.vpc()));
    if (acl.isDefault()) {
      values = object("default_network_acl_id", new Default(acl.vpc(), "default_network_acl_id"));
    }
    if (!isApart) {
      values.put("ingress", in);
      values.put("egress", out);
    }
    if (!acl.isDefault()) {
      values.put("subnet_ids", ids(acl.subnets()));
    }
    put(
        acl.id(),
        acl.isDefault() ? "aws_default_network_acl" : "aws_network_acl",
        true,
        flat(values));
  }

  /// What AWS makes with a VPC, as an attribute of the VPC names it.
  private record Default(String vpc, String attribute) {
    String id() {
      return attribute + "-of-" + vpc;
    }
  }

  private void makeTable(Table table) {
    boolean isApart = random.nextBoolean();
    var blocks = new ArrayList<Object>();
    int number = 0;
    for (Route route : table.routes()) {
      var target = new Id(route.target());
      String key =
          switch (route.target().substring(0, route.target().indexOf('-'))) {
            case "igw" -> "gateway_id";
            case "nat" -> "nat_gateway_id";
            case "pcx" -> "vpc_peering_connection_id";
            default -> "transit_gateway_id";
          };
      if (isApart) {
        put(
            "route-" + table.id() + "-" + number++,
            "aws_route",
            true,
            "route_table_id",
            new Id(table.id()),
            "destination_cidr_block",
            route.cidr(),
            key,
            target);
      } else {
        blocks.add(object("cidr_block", route.cidr(), key, target));
      }
    }
    var values = object("vpc_id", new Id(table.vpc()));
    boolean isDefault = table.isMain() && random.nextBoolean();
    if (isDefault) {
      values = object("default_route_table_id", new Default(table.vpc(), "default_route_table_id"));
    } else if (table.isMain()) {
      put(
          "main-" + table.id(),
          "aws_main_route_table_association",
          true,
          "vpc_id",
          new Id(table.vpc()),
          "route_table_id",
          new Id(table.id()));
    }
    if (!isApart) {
      values.put("route", blocks);
    }
    put(table.id(), isDefault ? "aws_default_route_table" : "aws_route_table", true, flat(values));
    for (String subnet : table.subnets()) {
      put(
          "assoc-" + table.id() + "-" + subnet,
          "aws_route_table_association",
          true,
          "subnet_id",
          new Id(subnet),
          "route_table_id",
          new Id(table.id()));
    }
  }

  private void makeTransit(Transit transit) {
    put(
        transit.id(),
        "aws_ec2_transit_gateway",
        true,
        "default_route_table_association",
        "disable",
        "default_route_table_propagation",
        "disable");
    put(
        transit.table(),
        "aws_ec2_transit_gateway_route_table",
        true,
        "transit_gateway_id",
        new Id(transit.id()));
    for (Attachment attachment : transit.attachments()) {
      put(
          attachment.id(),
          "aws_ec2_transit_gateway_vpc_attachment",
          true,
          "transit_gateway_id",
          new Id(transit.id()),
          "vpc_id",
          new Id(attachment.vpc()),
          "subnet_ids",
          ids(attachment.subnets()));
      put(
          "assoc-" + attachment.id(),
          "aws_ec2_transit_gateway_route_table_association",
          true,
          "transit_gateway_attachment_id",
          new Id(attachment.id()),
          "transit_gateway_route_table_id",
          new Id(transit.table()));
    }
    int number = 0;
    for (Route route : transit.routes().orElse(List.of())) {
      boolean isHole = route.target().equals("blackhole");
      var values =
          object(
              "destination_cidr_block",
              route.cidr(),
              "blackhole",
              isHole,
              "transit_gateway_route_table_id",
              new Id(transit.table()));
      if (!isHole) {
        values.put("transit_gateway_attachment_id", new Id(route.target()));
      }
      put("tgw-route-" + number++, "aws_ec2_transit_gateway_route", true, flat(values));
    }
  }

  /// The values once all is made.
  private Object known(Object value) {
    return switch (value) {
      case Id(String id) -> id;
      case Default some -> some.id();
      case Map<?, ?> map -> {
        var known = new LinkedHashMap<String, Object>();
        map.forEach((key, each) -> known.put((String) key, known(each)));
        yield known;
      }
      case List<?> list -> list.stream().map(this::known).toList();
      default -> value;
    };
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> attributes(Resource resource) {
    var known = (Map<String, Object>) known(resource.values);
    if (resource.type.equals("aws_vpc")) {
      for (String attribute : List.of("default_network_acl_id", "default_route_table_id")) {
        known.put(attribute, new Default(resource.name, attribute).id());
      }
    }
    return known;
  }

  private List<Resource> shuffled() {
    var all = new ArrayList<>(resources.values());
    Collections.shuffle(all, random);
    return all;
  }

  private Map<String, Object> state() {
    var modules = new TreeMap<String, List<Object>>();
    for (Resource resource : shuffled()) {
      modules
          .computeIfAbsent(resource.module, _ -> new ArrayList<>())
          .add(
              object(
                  "address",
                  resource.address(),
                  "mode",
                  "managed",
                  "type",
                  resource.type,
                  "name",
                  resource.name,
                  "values",
                  attributes(resource)));
    }
    return object(
        "format_version",
        "1.0",
        "terraform_version",
        "1.9.5",
        "values",
        object(
            "root_module",
            object(
                "resources",
                modules.getOrDefault("", List.of()),
                "child_modules",
                List.of(
                    object(
                        "address",
                        "module.net",
                        "resources",
                        modules.getOrDefault("net", List.of()))))));
  }

  private Map<String, Object> rawState() {
    var all = new ArrayList<Object>();
    for (Resource resource : shuffled()) {
      var object = object();
      if (!resource.module.isEmpty()) {
        object.put("module", "module." + resource.module);
      }
      object.put("mode", "managed");
      object.put("type", resource.type);
      object.put("name", resource.name);
      object.put("instances", List.of(object("attributes", attributes(resource))));
      all.add(object);
    }
    return object("version", 4, "terraform_version", "1.9.5", "serial", 3, "resources", all);
  }

  private Map<String, Object> plan() {
    var changes = new ArrayList<Object>();
    var written = new TreeMap<String, List<Object>>();
    for (Resource resource : shuffled()) {
      var after = object();
      var unknown = object("id", true);
      var expressions = object();
      resource.values.forEach((key, value) -> {
        if (!key.equals("id")) {
          split(resource, key, value, after, unknown, expressions);
        }
      });
      if (resource.type.equals("aws_instance")) {
        // The provider decides on what is not written.
        after.remove("public_ip");
        expressions.remove("public_ip");
        unknown.put("public_ip", true);
      }
      changes.add(
          object(
              "address",
              resource.address(),
              "mode",
              "managed",
              "type",
              resource.type,
              "name",
              resource.name,
              "change",
              object(
                  "actions",
                  List.of("create"),
                  "before",
                  Later.LATER,
                  "after",
                  after,
                  "after_unknown",
                  unknown)));
      written
          .computeIfAbsent(resource.module, _ -> new ArrayList<>())
          .add(
              object(
                  "address",
                  resource.local(),
                  "mode",
                  "managed",
                  "type",
                  resource.type,
                  "name",
                  resource.name,
                  "expressions",
                  expressions));
    }
    return object(
        "format_version",
        random.nextBoolean() ? "1.2" : "0.1",
        "terraform_version",
        "1.9.5",
        "planned_values",
        object("root_module", object()),
        "resource_changes",
        changes,
        "configuration",
        object(
            "root_module",
            object(
                "resources",
                written.getOrDefault("", List.of()),
                "module_calls",
                object(
                    "net",
                    object(
                        "expressions",
                        arguments,
                        "module",
                        object(
                            "resources",
                            written.getOrDefault("net", List.of()),
                            "outputs",
                            outputs))))));
  }

  /// Splits a value into what is known of it, what is not, and how it is written.
  private void split(
      Resource resource,
      String key,
      Object value,
      Map<String, Object> after,
      Map<String, Object> unknown,
      Map<String, Object> expressions) {
    if (value instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof Map) {
      var blocksAfter = new ArrayList<Object>();
      var blocksUnknown = new ArrayList<Object>();
      var blocksWritten = new ArrayList<Object>();
      for (Object block : list) {
        var after1 = object();
        var unknown1 = object();
        var expressions1 = object();
        ((Map<?, ?>) block)
            .forEach((inner, each) ->
                split(resource, (String) inner, each, after1, unknown1, expressions1));
        blocksAfter.add(after1);
        blocksUnknown.add(unknown1);
        blocksWritten.add(expressions1);
      }
      after.put(key, blocksAfter);
      unknown.put(key, blocksUnknown);
      // As in the configuration, whose order the provider does not keep.
      Collections.shuffle(blocksWritten, random);
      expressions.put(key, blocksWritten);
      return;
    }
    var references = new TreeSet<String>();
    addReferences(resource, value, references);
    if (references.isEmpty()) {
      after.put(key, value);
      expressions.put(key, object("constant_value", value));
    } else {
      unknown.put(key, true);
      expressions.put(key, object("references", List.copyOf(references)));
    }
  }

  private void addReferences(Resource from, Object value, Set<String> references) {
    switch (value) {
      case Id(String id) -> addReference(from.module, id, "id", references);
      case Default(String vpc, String attribute) ->
          addReference(from.module, vpc, attribute, references);
      case List<?> list -> list.forEach(each -> addReferences(from, each, references));
      default -> {}
    }
  }

  private void addReference(
      String fromModule, String id, String attribute, Set<String> references) {
    var to = Optional.ofNullable(resources.get(id)).orElseThrow();
    if (to.module.equals(fromModule)) {
      references.add(to.local() + "." + attribute);
      references.add(to.local());
      return;
    }
    String name = id + "_" + attribute;
    var inner = new TreeSet<String>();
    addReference(to.module, id, attribute, inner);
    if (fromModule.isEmpty()) {
      outputs.put(name, object("expression", object("references", List.copyOf(inner))));
      references.add("module.net." + name);
      references.add("module.net");
    } else {
      arguments.put(name, object("references", List.copyOf(inner)));
      references.add("var." + name);
    }
  }

  private static Map<String, Object> object(Object... keysAndValues) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return object;
  }

  private static String json(Object value) {
    return switch (value) {
      case Later _ -> "null";
      case String text -> '"' + text + '"';
      case Map<?, ?> map -> {
        var parts = new ArrayList<String>();
        map.forEach((key, each) -> parts.add("\"" + key + "\": " + json(each)));
        yield "{" + String.join(",\n ", parts) + "}";
      }
      case List<?> list ->
          "[" + String.join(", ", list.stream().map(AwsWorldTerraform::json).toList()) + "]";
      default -> value.toString();
    };
  }
}
