package io.surfacescan.testkit.gcp;

import io.surfacescan.testkit.gcp.GcpWorld.Instance;
import io.surfacescan.testkit.gcp.GcpWorld.Nat;
import io.surfacescan.testkit.gcp.GcpWorld.Network;
import io.surfacescan.testkit.gcp.GcpWorld.Nic;
import io.surfacescan.testkit.gcp.GcpWorld.Policy;
import io.surfacescan.testkit.gcp.GcpWorld.Route;
import io.surfacescan.testkit.gcp.GcpWorld.Rule;
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
import java.util.stream.Collectors;

/// Writes a world as people export it: a file for each command of gcloud, all in one file, or as
/// assets, one a line.
public final class GcpWorldExport {
  private static final String API = "https://www.googleapis.com/compute/v1/";

  private final GcpWorld world;
  private final Random random;

  /// By command, what it lists.
  private final Map<String, List<Map<String, Object>>> lists = new TreeMap<>();

  private GcpWorldExport(GcpWorld world, long seed) {
    this.world = world;
    random = new Random(seed);
  }

  /// Writes the files of the export.
  public static void write(GcpWorld world, long seed, Path folder) throws IOException {
    for (var file : files(world, seed).entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  /// The files of the export with their text, by their names.
  public static Map<String, String> files(GcpWorld world, long seed) {
    var export = new GcpWorldExport(world, seed);
    export.make();
    return export.text();
  }

  private void make() {
    lists.put("instances", new ArrayList<>());
    lists.put("firewall-rules", new ArrayList<>());
    lists.put("routes", new ArrayList<>());
    world.networks().forEach(this::network);
    world.instances().forEach(this::instance);
    world.firewalls().forEach(this::firewall);
    world.policies().forEach(this::policy);
    world.routes().forEach(this::route);
    world.nats().forEach(this::nat);
    lists.values().forEach(list -> Collections.shuffle(list, random));
  }

  private void put(String list, Map<String, Object> resource) {
    lists.computeIfAbsent(list, _ -> new ArrayList<>()).add(resource);
  }

  private Map<String, String> text() {
    var files = new TreeMap<String, String>();
    switch (random.nextInt(3)) {
      case 0 -> lists.forEach((list, resources) -> files.put(list + ".json", json(resources)));
      case 1 -> {
        var all = lists.values().stream().flatMap(List::stream).collect(Collectors.toList());
        Collections.shuffle(all, random);
        files.put("all.json", json(all));
      }
      default -> {
        var lines = new StringBuilder();
        lists.forEach((list, resources) ->
            resources.forEach(resource -> lines.append(asset(list, resource)).append('\n')));
        files.put("assets.ndjson", lines.toString());
      }
    }
    files.put("ancestors.json", ancestors("project-0"));
    files.put("more-ancestors.json", ancestors("project-1"));
    return files;
  }

  private static String ancestors(String project) {
    return json(
        List.of(
            object("id", project, "type", "project"),
            object("id", "88", "type", "folder"),
            object("id", "77", "type", "organization")));
  }

  private static String asset(String list, Map<String, Object> resource) {
    String type =
        switch (list) {
          case "instances" -> "Instance";
          case "networks" -> "Network";
          case "firewall-rules" -> "Firewall";
          case "routes" -> "Route";
          case "routers" -> "Router";
          default -> "FirewallPolicy";
        };
    String link =
        resource.getOrDefault("selfLink", API + "locations/global/firewallPolicies/1").toString();
    return json(
        object(
            "name",
            "//compute.googleapis.com/" + link.substring(API.length()),
            "asset_type",
            "compute.googleapis.com/" + type,
            "resource",
            object("version", "v1", "data", resource)));
  }

  private String link(String network) {
    return API + "projects/" + world.network(network).project() + "/global/networks/" + network;
  }

  private static String subnet(String network, String region, String name) {
    return network
            .replace("/global/networks/", "/regions/" + region + "/subnetworks/")
            .replaceAll("/[^/]*$", "/")
        + name;
  }

  private void network(Network network) {
    put(
        "networks",
        object(
            "kind",
            "compute#network",
            "name",
            network.name(),
            "selfLink",
            link(network.name()),
            "networkFirewallPolicyEnforcementOrder",
            network.isPolicyFirst() ? "BEFORE_CLASSIC_FIREWALL" : "AFTER_CLASSIC_FIREWALL",
            "peerings",
            network.peers().stream()
                .map(peer ->
                    object(
                        "name",
                        "to-" + peer,
                        "network",
                        link(peer),
                        "state",
                        world.network(peer).peers().contains(network.name())
                            ? "ACTIVE"
                            : "INACTIVE"))
                .toList()));
  }

  private void instance(Instance instance) {
    String zone = instance.region() + "-b";
    String link = API + "projects/" + instance.project() + "/zones/" + zone;
    put(
        "instances",
        object(
            "id",
            instance.id(),
            "name",
            "vm-" + instance.id(),
            "zone",
            link,
            "selfLink",
            link + "/instances/vm-" + instance.id(),
            "status",
            "RUNNING",
            "tags",
            object("items", instance.tags()),
            "serviceAccounts",
            List.of(object("email", instance.account())),
            "networkInterfaces",
            instance.nics().stream().map(nic -> nic(nic, instance.region())).toList()));
  }

  private Map<String, Object> nic(Nic nic, String region) {
    return object(
        "network",
        link(nic.network()),
        "subnetwork",
        subnet(link(nic.network()), region, nic.subnet()),
        "networkIP",
        nic.address(),
        "accessConfigs",
        nic.outer().map(outer -> List.of(object("natIP", outer))).orElse(List.of()),
        "aliasIpRanges",
        nic.alias().map(alias -> List.of(object("ipCidrRange", alias))).orElse(List.of()));
  }

  private static Map<String, Object> layer4(Rule rule, String key) {
    var entry = object(key, rule.protocol());
    if (rule.protocol().equals("tcp") || rule.protocol().equals("udp")) {
      entry.put(
          "ports",
          List.of(
              rule.from() == rule.to()
                  ? Integer.toString(rule.from())
                  : rule.from() + "-" + rule.to()));
    }
    return entry;
  }

  private void firewall(Rule rule) {
    var firewall =
        object(
            "kind",
            "compute#firewall",
            "name",
            rule.id(),
            "network",
            link(rule.of()),
            "selfLink",
            API
                + "projects/"
                + world.network(rule.of()).project()
                + "/global/firewalls/"
                + rule.id(),
            "direction",
            rule.isIngress() ? "INGRESS" : "EGRESS",
            "priority",
            rule.priority(),
            "disabled",
            rule.isDisabled(),
            rule.action().equals("deny") ? "denied" : "allowed",
            List.of(layer4(rule, "IPProtocol")),
            rule.isIngress() ? "sourceRanges" : "destinationRanges",
            rule.ranges(),
            rule.isIngress() ? "destinationRanges" : "sourceRanges",
            rule.own());
    firewall.put("sourceTags", rule.tags());
    firewall.put("sourceServiceAccounts", rule.accounts());
    firewall.put("targetTags", rule.targetTags());
    firewall.put("targetServiceAccounts", rule.targetAccounts());
    put("firewall-rules", firewall);
  }

  private void policy(Policy policy) {
    boolean isAbove = policy.kind().equals("organization") || policy.kind().equals("folder");
    var resource =
        object(
            "kind",
            "compute#firewallPolicy",
            "name",
            isAbove ? Integer.toString(policy.name().hashCode() & 0xFFFF) : policy.name(),
            "rules",
            policy.rules().stream().map(GcpWorldExport::policyRule).toList(),
            "associations",
            List.of(
                object(
                    "attachmentTarget",
                    isAbove ? policy.kind() + "s/" + policy.target() : link(policy.target()))));
    if (isAbove) {
      resource.put("shortName", policy.name());
      resource.put("selfLink", API + "locations/global/firewallPolicies/" + resource.get("name"));
    } else {
      String place = policy.region().isEmpty() ? "global" : "regions/" + policy.region();
      resource.put(
          "selfLink",
          link(policy.target()).replaceAll("/global/networks/.*$", "/")
              + place
              + "/firewallPolicies/"
              + policy.name());
    }
    put("firewall-policies", resource);
  }

  private static Map<String, Object> policyRule(Rule rule) {
    String side = rule.isIngress() ? "src" : "dest";
    var match =
        object(
            "layer4Configs",
            List.of(layer4(rule, "ipProtocol")),
            side + "IpRanges",
            rule.ranges(),
            rule.isIngress() ? "destIpRanges" : "srcIpRanges",
            rule.own());
    if (rule.hasUnknown()) {
      match.put(side + "AddressGroups", List.of("organizations/77/locations/global/a"));
    }
    return object(
        "priority",
        rule.priority(),
        "action",
        rule.action(),
        "direction",
        rule.isIngress() ? "INGRESS" : "EGRESS",
        "disabled",
        rule.isDisabled(),
        "match",
        match,
        "targetServiceAccounts",
        rule.targetAccounts());
  }

  private void route(Route route) {
    put(
        "routes",
        object(
            "kind",
            "compute#route",
            "name",
            route.name(),
            "network",
            link(route.network()),
            "selfLink",
            link(route.network()).replaceAll("/networks/.*$", "/routes/") + route.name(),
            "destRange",
            route.range(),
            "priority",
            route.priority(),
            "tags",
            route.tags(),
            route.leadsOut() ? "nextHopGateway" : "nextHopInstance",
            route.leadsOut() ? "global/gateways/default-internet-gateway" : "zones/z/instances/i"));
  }

  private void nat(Nat nat) {
    var entry =
        object(
            "name",
            nat.name(),
            "sourceSubnetworkIpRangesToNat",
            nat.subnets().isPresent() ? "LIST_OF_SUBNETWORKS" : "ALL_SUBNETWORKS_ALL_IP_RANGES");
    nat.subnets()
        .ifPresent(subnets ->
            entry.put(
                "subnetworks",
                subnets.stream()
                    .map(subnet ->
                        object(
                            "name",
                            subnet(link(nat.network()), nat.region(), subnet),
                            "sourceIpRangesToNat",
                            List.of("PRIMARY_IP_RANGE")))
                    .toList()));
    put(
        "routers",
        object(
            "kind",
            "compute#router",
            "name",
            "router-" + nat.name(),
            "selfLink",
            link(nat.network()).replaceAll("/global/networks/.*$", "/regions/" + nat.region())
                + "/routers/router-"
                + nat.name(),
            "network",
            link(nat.network()),
            "nats",
            List.of(entry)));
  }

  private static Map<String, Object> object(Object... keysAndValues) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
    }
    return object;
  }

  private static String json(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> json(entry.getKey()) + ": " + json(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case List<?> list ->
          list.stream().map(GcpWorldExport::json).collect(Collectors.joining(",\n", "[", "]"));
      case String text -> '"' + text + '"';
      default -> value.toString();
    };
  }
}
