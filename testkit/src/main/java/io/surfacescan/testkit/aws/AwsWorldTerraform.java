package io.surfacescan.testkit.aws;

import static io.surfacescan.testkit.aws.AwsTerraformDocument.object;

import io.surfacescan.testkit.aws.AwsTerraformDocument.Default;
import io.surfacescan.testkit.aws.AwsTerraformDocument.ResourceId;
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

  private final AwsWorld world;
  private final Random random;
  private final boolean hasModule;
  private final AwsTerraformDocument document;

  private AwsWorldTerraform(AwsWorld world, long seed) {
    this.world = world;
    random = new Random(seed);
    hasModule = random.nextBoolean();
    document = new AwsTerraformDocument(random);
  }

  /// The text of a document.
  public static String text(AwsWorld world, long seed, Form form) {
    var writer = new AwsWorldTerraform(world, seed);
    writer.make();
    return writer.document.text(form);
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
    document.put(hasModule && isNetwork ? "net" : "", type, id, values);
  }

  private void make() {
    for (var vpc : world.vpcs()) {
      put(vpc.id(), "aws_vpc", true, "cidr_block", vpc.cidr(), "owner_id", vpc.account());
      put(
          vpc.gateway(),
          "aws_internet_gateway",
          true,
          "vpc_id",
          vpc.isAttached() ? new ResourceId(vpc.id()) : "");
    }
    for (var subnet : world.subnets()) {
      put(
          subnet.id(),
          "aws_subnet",
          true,
          "vpc_id",
          new ResourceId(subnet.vpc()),
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
          new ResourceId(nat.subnet()),
          "connectivity_type",
          "public");
    }
    for (var peering : world.peerings()) {
      put(
          peering.id(),
          "aws_vpc_peering_connection",
          random.nextBoolean(),
          "vpc_id",
          new ResourceId(peering.requester()),
          "peer_vpc_id",
          new ResourceId(peering.accepter()));
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
            new ResourceId(nic.subnet()),
            "vpc_security_group_ids",
            ids(nic.groups()));
        return;
      }
      var blocks = new ArrayList<Object>();
      for (Nic nic : nics) {
        blocks.add(
            object(
                "device_index", blocks.size(), "network_interface_id", new ResourceId(nic.id())));
        put(
            nic.id(),
            "aws_network_interface",
            false,
            "private_ips",
            List.of(nic.address()),
            "subnet_id",
            new ResourceId(nic.subnet()),
            "security_groups",
            ids(nic.groups()));
        if (nic.outer().isPresent()) {
          put(
              "eip-" + nic.id(),
              "aws_eip",
              false,
              "network_interface",
              new ResourceId(nic.id()),
              "public_ip",
              nic.outer().get());
        }
      }
      put(instance, "aws_instance", false, "network_interface", blocks);
    });
  }

  private static List<Object> ids(List<String> some) {
    return some.stream().<Object>map(ResourceId::new).toList();
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
            "security_groups",
            isGroup && !usesSelf ? List.of(new ResourceId(rule.peer())) : List.of());
        values.put("prefix_list_ids", list.equals("") ? List.of() : List.of(list));
        values.put("self", usesSelf);
        (rule.isEgress() ? out : in).add(values);
      } else if (style == 1) {
        values.put("security_group_id", new ResourceId(group.id()));
        values.put("type", rule.isEgress() ? "egress" : "ingress");
        if (isGroup) {
          values.put("source_security_group_id", new ResourceId(rule.peer()));
        } else if (isCidr) {
          values.put("cidr_blocks", List.of(rule.peer()));
        } else {
          values.put("prefix_list_ids", List.of(list));
        }
        put(id, "aws_security_group_rule", false, flat(values));
      } else {
        values.put("security_group_id", new ResourceId(group.id()));
        values.put("ip_protocol", rule.protocol());
        values.remove("protocol");
        values.put(
            isGroup ? "referenced_security_group_id" : isCidr ? "cidr_ipv4" : "prefix_list_id",
            isGroup ? new ResourceId(rule.peer()) : isCidr ? rule.peer() : list);
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
          new ResourceId(group.vpc()),
          "ingress",
          in,
          "egress",
          out);
    } else {
      put(group.id(), "aws_security_group", false, "vpc_id", new ResourceId(group.vpc()));
    }
  }

  private Object prefixList(String id) {
    boolean isMade =
        world.prefixLists().stream()
            .anyMatch(list -> list.id().equals(id) && list.cidrs().isPresent());
    return isMade ? new ResourceId(id) : id;
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
        values.put("network_acl_id", new ResourceId(acl.id()));
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
    var values = object("vpc_id", new ResourceId(acl.vpc()));
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

  private void makeTable(Table table) {
    boolean isApart = random.nextBoolean();
    var blocks = new ArrayList<Object>();
    int number = 0;
    for (Route route : table.routes()) {
      var target = new ResourceId(route.target());
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
            new ResourceId(table.id()),
            "destination_cidr_block",
            route.cidr(),
            key,
            target);
      } else {
        blocks.add(object("cidr_block", route.cidr(), key, target));
      }
    }
    var values = object("vpc_id", new ResourceId(table.vpc()));
    boolean isDefault = table.isMain() && random.nextBoolean();
    if (isDefault) {
      values = object("default_route_table_id", new Default(table.vpc(), "default_route_table_id"));
    } else if (table.isMain()) {
      put(
          "main-" + table.id(),
          "aws_main_route_table_association",
          true,
          "vpc_id",
          new ResourceId(table.vpc()),
          "route_table_id",
          new ResourceId(table.id()));
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
          new ResourceId(subnet),
          "route_table_id",
          new ResourceId(table.id()));
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
        new ResourceId(transit.id()));
    for (Attachment attachment : transit.attachments()) {
      put(
          attachment.id(),
          "aws_ec2_transit_gateway_vpc_attachment",
          true,
          "transit_gateway_id",
          new ResourceId(transit.id()),
          "vpc_id",
          new ResourceId(attachment.vpc()),
          "subnet_ids",
          ids(attachment.subnets()));
      put(
          "assoc-" + attachment.id(),
          "aws_ec2_transit_gateway_route_table_association",
          true,
          "transit_gateway_attachment_id",
          new ResourceId(attachment.id()),
          "transit_gateway_route_table_id",
          new ResourceId(transit.table()));
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
              new ResourceId(transit.table()));
      if (!isHole) {
        values.put("transit_gateway_attachment_id", new ResourceId(route.target()));
      }
      put("tgw-route-" + number++, "aws_ec2_transit_gateway_route", true, flat(values));
    }
  }
}
