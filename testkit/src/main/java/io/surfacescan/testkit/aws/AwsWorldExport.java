package io.surfacescan.testkit.aws;

import io.surfacescan.testkit.aws.AwsWorld.Balancer;
import io.surfacescan.testkit.aws.AwsWorld.Group;
import io.surfacescan.testkit.aws.AwsWorld.GroupRule;
import io.surfacescan.testkit.aws.AwsWorld.Nic;
import io.surfacescan.testkit.aws.AwsWorld.Route;
import io.surfacescan.testkit.aws.AwsWorld.Table;
import io.surfacescan.testkit.aws.AwsWorld.Transit;
import io.surfacescan.testkit.aws.AwsWorld.Vpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Writes a world as people export theirs: a file for each command and account, in one of several
/// layouts, the elements in any order.
public final class AwsWorldExport {
  private static final String ARN = "arn:aws:elasticloadbalancing:us-east-1:";

  private final AwsWorld world;
  private final Random random;
  private final boolean isWrapped;
  private final boolean listsRules;
  private final Map<String, Map<String, Object>> files = new TreeMap<>();

  private AwsWorldExport(AwsWorld world, long seed) {
    this.world = world;
    random = new Random(seed);
    isWrapped = random.nextBoolean();
    listsRules = random.nextBoolean();
  }

  /// The files of the export with their text, by their paths.
  public static Map<String, String> files(AwsWorld world, long seed) {
    var export = new AwsWorldExport(world, seed);
    export.make();
    var texts = new TreeMap<String, String>();
    export.files.forEach((path, document) -> texts.put(path, json(document)));
    return texts;
  }

  public static void write(AwsWorld world, long seed, Path folder) throws IOException {
    for (var file : files(world, seed).entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private void put(
      String account, String command, String list, List<Map<String, Object>> elements) {
    Collections.shuffle(elements, random);
    String layout = isWrapped ? "aws_configs/accounts/" : "";
    String name = isWrapped ? list : "describe-" + command;
    files
        .computeIfAbsent(layout + account + "/us-east-1/" + name + ".json", _ -> new TreeMap<>())
        .put(list, elements);
  }

  private void make() {
    for (String account : world.vpcs().stream().map(Vpc::account).distinct().toList()) {
      makeAccount(account);
    }
  }

  private boolean isOf(String account, String vpc) {
    return world.vpc(vpc).account().equals(account);
  }

  private void makeAccount(String account) {
    var vpcs = new ArrayList<Map<String, Object>>();
    var gateways = new ArrayList<Map<String, Object>>();
    for (Vpc vpc : world.vpcs()) {
      if (vpc.account().equals(account)) {
        vpcs.add(
            object(
                "VpcId",
                vpc.id(),
                "OwnerId",
                account,
                "CidrBlock",
                vpc.cidr(),
                "State",
                "available"));
        gateways.add(
            object(
                "InternetGatewayId",
                vpc.gateway(),
                "OwnerId",
                account,
                "Attachments",
                vpc.isAttached()
                    ? List.of(object("State", "available", "VpcId", vpc.id()))
                    : List.of()));
      }
    }
    put(account, "vpcs", "Vpcs", vpcs);
    put(account, "internet-gateways", "InternetGateways", gateways);
    var subnets = new ArrayList<Map<String, Object>>();
    for (var subnet : world.subnets()) {
      if (isOf(account, subnet.vpc())) {
        subnets.add(
            object(
                "SubnetId",
                subnet.id(),
                "VpcId",
                subnet.vpc(),
                "OwnerId",
                account,
                "CidrBlock",
                subnet.cidr(),
                "AvailabilityZone",
                subnet.zone()));
      }
    }
    put(account, "subnets", "Subnets", subnets);
    makeInstances(account);
    makeGroups(account);
    makeAcls(account);
    makeRoutes(account);
    makePeerings(account);
    world.transit().ifPresent(transit -> makeTransit(account, transit));
    makeBalancers(account);
    makePrefixLists(account);
  }

  private Map<String, Object> nic(Nic nic, String account) {
    var subnet = world.subnet(nic.subnet());
    var address = object("PrivateIpAddress", nic.address(), "Primary", true);
    nic.outer().ifPresent(outer -> address.put("Association", object("PublicIp", outer)));
    var groups = new ArrayList<Object>();
    nic.groups().forEach(group -> groups.add(object("GroupId", group, "GroupName", group)));
    var object =
        object(
            "NetworkInterfaceId",
            nic.id(),
            "OwnerId",
            account,
            "SubnetId",
            nic.subnet(),
            "VpcId",
            subnet.vpc(),
            "AvailabilityZone",
            subnet.zone(),
            "Status",
            "in-use",
            "Groups",
            groups,
            "PrivateIpAddress",
            nic.address(),
            "PrivateIpAddresses",
            List.of(address));
    var balancer = world.balancer(nic);
    if (balancer.isPresent()) {
      object.put(
          "InterfaceType", balancer.get().isNetwork() ? "network_load_balancer" : "interface");
      object.put("Description", "ELB " + path(balancer.get()));
    } else {
      object.put("InterfaceType", "interface");
      object.put("Description", "");
      object.put("Attachment", object("InstanceId", nic.instance(), "Status", "attached"));
    }
    return object;
  }

  private void makeInstances(String account) {
    var nics = new ArrayList<Map<String, Object>>();
    Map<String, List<Object>> nicsOf = new LinkedHashMap<>();
    for (Nic nic : world.nics()) {
      if (isOf(account, world.subnet(nic.subnet()).vpc())) {
        nics.add(nic(nic, account));
        if (world.balancer(nic).isEmpty()) {
          nicsOf.computeIfAbsent(nic.instance(), _ -> new ArrayList<>()).add(nic(nic, account));
        }
      }
    }
    put(account, "network-interfaces", "NetworkInterfaces", nics);
    var reservations = new ArrayList<Map<String, Object>>();
    nicsOf.forEach((instance, own) ->
        reservations.add(
            object(
                "OwnerId",
                account,
                "Instances",
                List.of(
                    object(
                        "InstanceId",
                        instance,
                        "State",
                        object("Name", "running", "Code", 16),
                        "NetworkInterfaces",
                        own)))));
    put(account, "instances", "Reservations", reservations);
  }

  private void makeGroups(String account) {
    var groups = new ArrayList<Map<String, Object>>();
    var rules = new ArrayList<Map<String, Object>>();
    for (Group group : world.groups()) {
      if (!isOf(account, group.vpc())) {
        continue;
      }
      var in = new ArrayList<Object>();
      var out = new ArrayList<Object>();
      for (GroupRule rule : group.rules()) {
        (rule.isEgress() ? out : in).add(permission(rule));
        rules.add(listed(group, rule, rules.size()));
      }
      groups.add(
          object(
              "GroupId",
              group.id(),
              "GroupName",
              group.id(),
              "VpcId",
              group.vpc(),
              "OwnerId",
              account,
              "IpPermissions",
              in,
              "IpPermissionsEgress",
              out));
    }
    put(account, "security-groups", "SecurityGroups", groups);
    if (listsRules) {
      put(account, "security-group-rules", "SecurityGroupRules", rules);
    }
  }

  private static Map<String, Object> permission(GroupRule rule) {
    var object = object("IpProtocol", rule.protocol());
    if (!rule.protocol().equals("-1")) {
      object.put("FromPort", rule.protocol().equals("icmp") ? -1 : rule.from());
      object.put("ToPort", rule.protocol().equals("icmp") ? -1 : rule.to());
    }
    object.put("IpRanges", List.of());
    object.put("UserIdGroupPairs", List.of());
    object.put("PrefixListIds", List.of());
    if (rule.peer().startsWith("sg-")) {
      object.put("UserIdGroupPairs", List.of(object("GroupId", rule.peer())));
    } else if (rule.peer().startsWith("pl-")) {
      object.put("PrefixListIds", List.of(object("PrefixListId", rule.peer())));
    } else {
      object.put("IpRanges", List.of(object("CidrIp", rule.peer())));
    }
    return object;
  }

  private static Map<String, Object> listed(Group group, GroupRule rule, int number) {
    boolean hasPorts = rule.protocol().equals("tcp") || rule.protocol().equals("udp");
    var object =
        object(
            "SecurityGroupRuleId",
            "sgr-" + group.id() + "-" + number,
            "GroupId",
            group.id(),
            "IsEgress",
            rule.isEgress(),
            "IpProtocol",
            rule.protocol(),
            "FromPort",
            hasPorts ? rule.from() : -1,
            "ToPort",
            hasPorts ? rule.to() : -1);
    if (rule.peer().startsWith("sg-")) {
      object.put("ReferencedGroupInfo", object("GroupId", rule.peer()));
    } else if (rule.peer().startsWith("pl-")) {
      object.put("PrefixListId", rule.peer());
    } else {
      object.put("CidrIpv4", rule.peer());
    }
    return object;
  }

  private void makeAcls(String account) {
    var acls = new ArrayList<Map<String, Object>>();
    for (var acl : world.acls()) {
      if (!isOf(account, acl.vpc())) {
        continue;
      }
      var entries = new ArrayList<Object>();
      for (var entry : acl.entries()) {
        var object =
            object(
                "RuleNumber",
                entry.number(),
                "Egress",
                entry.isEgress(),
                "RuleAction",
                entry.isAllow() ? "allow" : "deny",
                "CidrBlock",
                entry.cidr(),
                "Protocol",
                number(entry.protocol()));
        if (entry.protocol().equals("icmp")) {
          object.put("IcmpTypeCode", object("Type", -1, "Code", -1));
        } else if (!entry.protocol().equals("-1")) {
          object.put("PortRange", object("From", entry.from(), "To", entry.to()));
        }
        entries.add(object);
      }
      Collections.shuffle(entries, random);
      var associations = new ArrayList<Object>();
      acl.subnets().forEach(subnet -> associations.add(object("SubnetId", subnet)));
      acls.add(
          object(
              "NetworkAclId",
              acl.id(),
              "VpcId",
              acl.vpc(),
              "OwnerId",
              account,
              "IsDefault",
              acl.isDefault(),
              "Associations",
              associations,
              "Entries",
              entries));
    }
    put(account, "network-acls", "NetworkAcls", acls);
  }

  private static String number(String protocol) {
    return switch (protocol) {
      case "tcp" -> "6";
      case "udp" -> "17";
      case "icmp" -> "1";
      default -> protocol;
    };
  }

  private void makeRoutes(String account) {
    var tables = new ArrayList<Map<String, Object>>();
    for (Table table : world.tables()) {
      if (!isOf(account, table.vpc())) {
        continue;
      }
      var routes = new ArrayList<Object>();
      routes.add(
          object(
              "DestinationCidrBlock",
              world.vpc(table.vpc()).cidr(),
              "GatewayId",
              "local",
              "State",
              "active"));
      table.routes().forEach(route -> routes.add(route(route)));
      Collections.shuffle(routes, random);
      var associations = new ArrayList<Object>();
      if (table.isMain()) {
        associations.add(object("Main", true));
      }
      table
          .subnets()
          .forEach(subnet -> associations.add(object("Main", false, "SubnetId", subnet)));
      tables.add(
          object(
              "RouteTableId",
              table.id(),
              "VpcId",
              table.vpc(),
              "OwnerId",
              account,
              "Associations",
              associations,
              "Routes",
              routes));
    }
    put(account, "route-tables", "RouteTables", tables);
    var nats = new ArrayList<Map<String, Object>>();
    for (var nat : world.nats()) {
      String vpc = world.subnet(nat.subnet()).vpc();
      if (isOf(account, vpc)) {
        nats.add(
            object(
                "NatGatewayId",
                nat.id(),
                "VpcId",
                vpc,
                "SubnetId",
                nat.subnet(),
                "State",
                "available",
                "ConnectivityType",
                "public"));
      }
    }
    put(account, "nat-gateways", "NatGateways", nats);
  }

  private static Map<String, Object> route(Route route) {
    var object = object("DestinationCidrBlock", route.cidr());
    String target = route.target();
    boolean isHole = target.equals("blackhole");
    object.put("State", isHole ? "blackhole" : "active");
    if (isHole) {
      object.put("GatewayId", "igw-gone");
    } else if (target.startsWith("igw-")) {
      object.put("GatewayId", target);
    } else if (target.startsWith("nat-")) {
      object.put("NatGatewayId", target);
    } else if (target.startsWith("pcx-")) {
      object.put("VpcPeeringConnectionId", target);
    } else {
      object.put("TransitGatewayId", target);
    }
    return object;
  }

  private void makePeerings(String account) {
    var peerings = new ArrayList<Map<String, Object>>();
    for (var peering : world.peerings()) {
      if (isOf(account, peering.requester()) || isOf(account, peering.accepter())) {
        peerings.add(
            object(
                "VpcPeeringConnectionId",
                peering.id(),
                "Status",
                object("Code", peering.isActive() ? "active" : "pending-acceptance"),
                "RequesterVpcInfo",
                object(
                    "VpcId",
                    peering.requester(),
                    "OwnerId",
                    world.vpc(peering.requester()).account()),
                "AccepterVpcInfo",
                object(
                    "VpcId",
                    peering.accepter(),
                    "OwnerId",
                    world.vpc(peering.accepter()).account())));
      }
    }
    put(account, "vpc-peering-connections", "VpcPeeringConnections", peerings);
  }

  private void makeTransit(String account, Transit transit) {
    put(
        account,
        "transit-gateways",
        "TransitGateways",
        new ArrayList<>(
            List.of(
                object(
                    "TransitGatewayId",
                    transit.id(),
                    "OwnerId",
                    "111111111111",
                    "Options",
                    Map.of()))));
    put(
        account,
        "transit-gateway-route-tables",
        "TransitGatewayRouteTables",
        new ArrayList<>(
            List.of(
                object(
                    "TransitGatewayRouteTableId",
                    transit.table(),
                    "TransitGatewayId",
                    transit.id()))));
    var attachments = new ArrayList<Map<String, Object>>();
    var ofVpcs = new ArrayList<Map<String, Object>>();
    for (var attachment : transit.attachments()) {
      attachments.add(
          object(
              "TransitGatewayAttachmentId",
              attachment.id(),
              "TransitGatewayId",
              transit.id(),
              "ResourceType",
              "vpc",
              "ResourceId",
              attachment.vpc(),
              "State",
              "available",
              "Association",
              object("TransitGatewayRouteTableId", transit.table())));
      ofVpcs.add(
          object(
              "TransitGatewayAttachmentId",
              attachment.id(),
              "TransitGatewayId",
              transit.id(),
              "VpcId",
              attachment.vpc(),
              "State",
              "available",
              "SubnetIds",
              attachment.subnets()));
    }
    put(account, "transit-gateway-attachments", "TransitGatewayAttachments", attachments);
    put(account, "transit-gateway-vpc-attachments", "TransitGatewayVpcAttachments", ofVpcs);
    if (transit.routes().isPresent()) {
      var routes = new ArrayList<Map<String, Object>>();
      for (Route route : transit.routes().get()) {
        boolean isHole = route.target().equals("blackhole");
        routes.add(
            object(
                "DestinationCidrBlock",
                route.cidr(),
                "Type",
                "static",
                "State",
                isHole ? "blackhole" : "active",
                "TransitGatewayAttachments",
                isHole
                    ? List.of()
                    : List.of(object("TransitGatewayAttachmentId", route.target()))));
      }
      if (isWrapped) {
        put(
            account,
            "",
            "TransitGatewayStaticRoutes",
            new ArrayList<>(
                List.of(object("TransitGatewayRouteTableId", transit.table(), "Routes", routes))));
      } else {
        put(account, "search-transit-gateway-routes-" + transit.table(), "Routes", routes);
      }
    }
  }

  private static String path(Balancer balancer) {
    return (balancer.isNetwork() ? "net/" : "app/") + balancer.name() + "/0123456789abcdef";
  }

  private void makeBalancers(String account) {
    for (Balancer balancer : world.balancers()) {
      var nics = world.nics().stream().filter(nic -> balancer.nics().contains(nic.id())).toList();
      if (!isOf(account, world.subnet(nics.getFirst().subnet()).vpc())) {
        continue;
      }
      String arn = ARN + account + ":loadbalancer/" + path(balancer);
      String group = ARN + account + ":targetgroup/front-targets/fedcba9876543210";
      put(
          account,
          "load-balancers",
          "LoadBalancers",
          list(
              object(
                  "LoadBalancerArn",
                  arn,
                  "LoadBalancerName",
                  balancer.name(),
                  "Type",
                  balancer.isNetwork() ? "network" : "application",
                  "Scheme",
                  "internet-facing")));
      var listener =
          object(
              "ListenerArn",
              arn.replace(":loadbalancer/", ":listener/") + "/1",
              "LoadBalancerArn",
              arn,
              "Port",
              balancer.port(),
              "Protocol",
              balancer.isNetwork() ? "TCP" : "HTTP",
              "DefaultActions",
              List.of(object("Type", "forward", "TargetGroupArn", group)));
      put(
          account,
          "target-groups",
          "TargetGroups",
          list(
              object(
                  "TargetGroupArn",
                  group,
                  "TargetGroupName",
                  "front-targets",
                  "Protocol",
                  balancer.isNetwork() ? "TCP" : "HTTP",
                  "Port",
                  balancer.targetPort(),
                  "TargetType",
                  "instance",
                  "LoadBalancerArns",
                  List.of(arn))));
      var targets = new ArrayList<Map<String, Object>>();
      balancer
          .targets()
          .forEach(target ->
              targets.add(object("Target", object("Id", target, "Port", balancer.targetPort()))));
      var attributes =
          list(
              object(
                  "Key",
                  "load_balancing.cross_zone.enabled",
                  "Value",
                  Boolean.toString(!balancer.staysInZone())));
      if (isWrapped) {
        put(
            account,
            "",
            "LoadBalancerListeners",
            list(object("LoadBalancerArn", arn, "Listeners", list(listener))));
        put(
            account,
            "",
            "LoadBalancerTargetHealth",
            list(object("TargetGroupArn", group, "TargetHealthDescriptions", targets)));
        put(
            account,
            "",
            "LoadBalancerAttributes",
            list(object("LoadBalancerArn", arn, "Attributes", attributes)));
      } else {
        put(account, "listeners", "Listeners", list(listener));
        put(
            account,
            "target-health-front-targets-fedcba9876543210",
            "TargetHealthDescriptions",
            targets);
        put(
            account,
            "load-balancer-attributes-" + path(balancer).replace('/', '-'),
            "Attributes",
            attributes);
      }
    }
  }

  private static List<Map<String, Object>> list(Map<String, Object> only) {
    return new ArrayList<>(List.of(only));
  }

  private void makePrefixLists(String account) {
    var lists = new ArrayList<Map<String, Object>>();
    for (var list : world.prefixLists()) {
      lists.add(object("PrefixListId", list.id(), "PrefixListName", list.id()));
      if (list.cidrs().isPresent()) {
        var entries = new ArrayList<Map<String, Object>>();
        list.cidrs().get().forEach(cidr -> entries.add(object("Cidr", cidr)));
        var document = new TreeMap<String, Object>();
        document.put("Entries", entries);
        document.put("PrefixListId", list.id());
        files.put(account + "/us-east-1/entries-" + list.id() + ".json", document);
      }
    }
    put(account, "managed-prefix-lists", "PrefixLists", lists);
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
      case String text -> '"' + text + '"';
      case Map<?, ?> map -> {
        var parts = new ArrayList<String>();
        map.forEach((key, each) -> parts.add("\"" + key + "\": " + json(each)));
        yield "{" + String.join(",\n ", parts) + "}";
      }
      case List<?> list ->
          "[" + String.join(", ", list.stream().map(AwsWorldExport::json).toList()) + "]";
      default -> value.toString();
    };
  }
}
