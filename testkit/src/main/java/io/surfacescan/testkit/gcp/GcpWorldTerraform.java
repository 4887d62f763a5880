package io.surfacescan.testkit.gcp;

import io.surfacescan.testkit.gcp.GcpWorld.Instance;
import io.surfacescan.testkit.gcp.GcpWorld.Nat;
import io.surfacescan.testkit.gcp.GcpWorld.Network;
import io.surfacescan.testkit.gcp.GcpWorld.Nic;
import io.surfacescan.testkit.gcp.GcpWorld.Policy;
import io.surfacescan.testkit.gcp.GcpWorld.Route;
import io.surfacescan.testkit.gcp.GcpWorld.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A world as resources of Terraform, with the ids that Google Cloud has given.
public final class GcpWorldTerraform {
  private static final String API = "https://www.googleapis.com/compute/v1/";

  private final GcpWorld world;
  private final Map<String, Map<String, Object>> resources = new LinkedHashMap<>();

  private GcpWorldTerraform(GcpWorld world) {
    this.world = world;
  }

  /// The values of all resources, by their addresses.
  public static Map<String, Map<String, Object>> resources(GcpWorld world) {
    var writer = new GcpWorldTerraform(world);
    world.networks().forEach(writer::network);
    world.instances().forEach(writer::instance);
    world.firewalls().forEach(writer::firewall);
    world.policies().forEach(writer::policy);
    world.routes().forEach(writer::route);
    world.nats().forEach(writer::nat);
    return writer.resources;
  }

  /// A part of a world: what a plan adds to it, or takes from it, is left out by chance.
  public static GcpWorld part(GcpWorld world, long seed) {
    var random = new Random(seed);
    var networks = new ArrayList<Network>();
    for (Network some : world.networks()) {
      // Both sides of a peering are there, or none is.
      networks.add(
          new Network(
              some.name(),
              some.project(),
              some.isPolicyFirst(),
              some.peers().stream()
                  .filter(peer -> (seed + some.name().hashCode() + peer.hashCode()) % 3 != 0)
                  .toList()));
    }
    return new GcpWorld(
        networks,
        world.instances().stream().filter(some -> random.nextInt(5) > 0).toList(),
        world.firewalls().stream().filter(some -> random.nextInt(4) > 0).toList(),
        world.policies().stream()
            .filter(some -> random.nextInt(6) > 0)
            .map(some ->
                new Policy(
                    some.name(),
                    some.kind(),
                    some.target(),
                    some.region(),
                    some.rules().stream().filter(rule -> random.nextInt(4) > 0).toList()))
            .toList(),
        world.routes().stream().filter(some -> random.nextInt(4) > 0).toList(),
        world.nats().stream().filter(some -> random.nextInt(4) > 0).toList());
  }

  /// What an instance of a world is called there.
  public static String address(String instance) {
    return "google_compute_instance.vm-" + instance;
  }

  private void put(String type, String name, String link, Object... pairs) {
    var values = new LinkedHashMap<String, Object>();
    if (!link.isEmpty()) {
      values.put("id", link);
      values.put("self_link", API + link);
    }
    for (int i = 0; i < pairs.length; i += 2) {
      values.put((String) pairs[i], pairs[i + 1]);
    }
    resources.put(type + "." + name, values);
  }

  private String project(String network) {
    return "projects/" + world.network(network).project();
  }

  private String link(String network) {
    return project(network) + "/global/networks/" + network;
  }

  private void network(Network network) {
    put(
        "google_compute_network",
        network.name(),
        link(network.name()),
        "name",
        network.name(),
        "project",
        network.project(),
        "network_firewall_policy_enforcement_order",
        network.isPolicyFirst() ? "BEFORE_CLASSIC_FIREWALL" : "AFTER_CLASSIC_FIREWALL");
    for (String peer : network.peers()) {
      put(
          "google_compute_network_peering",
          network.name() + "-" + peer,
          "",
          "name",
          "to-" + peer,
          "network",
          API + link(network.name()),
          "peer_network",
          API + link(peer),
          "state",
          world.network(peer).peers().contains(network.name()) ? "ACTIVE" : "INACTIVE");
    }
  }

  private void instance(Instance instance) {
    String zone = instance.region() + "-b";
    String name = "vm-" + instance.id();
    put(
        "google_compute_instance",
        name,
        "projects/" + instance.project() + "/zones/" + zone + "/instances/" + name,
        "name",
        name,
        "project",
        instance.project(),
        "zone",
        zone,
        "tags",
        instance.tags(),
        "service_account",
        List.of(Map.of("email", instance.account())),
        "network_interface",
        instance.nics().stream().map(nic -> nic(nic, instance.region())).toList());
  }

  private Map<String, Object> nic(Nic nic, String region) {
    var values = new LinkedHashMap<String, Object>();
    values.put("network", API + link(nic.network()));
    values.put(
        "subnetwork",
        API + project(nic.network()) + "/regions/" + region + "/subnetworks/" + nic.subnet());
    values.put("network_ip", nic.address());
    values.put(
        "access_config",
        nic.outer().map(outer -> List.of(Map.of("nat_ip", outer))).orElse(List.of()));
    values.put(
        "alias_ip_range",
        nic.alias().map(alias -> List.of(Map.of("ip_cidr_range", alias))).orElse(List.of()));
    return values;
  }

  private static Map<String, Object> layer4(Rule rule, String key) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put(key, rule.protocol());
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
    put(
        "google_compute_firewall",
        rule.id(),
        project(rule.of()) + "/global/firewalls/" + rule.id(),
        "name",
        rule.id(),
        "project",
        world.network(rule.of()).project(),
        "network",
        API + link(rule.of()),
        "direction",
        rule.isIngress() ? "INGRESS" : "EGRESS",
        "priority",
        rule.priority(),
        "disabled",
        rule.isDisabled(),
        rule.action().equals("deny") ? "deny" : "allow",
        List.of(layer4(rule, "protocol")),
        rule.isIngress() ? "source_ranges" : "destination_ranges",
        rule.ranges(),
        rule.isIngress() ? "destination_ranges" : "source_ranges",
        rule.own(),
        "source_tags",
        rule.tags(),
        "source_service_accounts",
        rule.accounts(),
        "target_tags",
        rule.targetTags(),
        "target_service_accounts",
        rule.targetAccounts());
  }

  private void policy(Policy policy) {
    boolean isAbove = policy.kind().equals("organization") || policy.kind().equals("folder");
    String type =
        isAbove
            ? "google_compute_firewall_policy"
            : policy.region().isEmpty()
                ? "google_compute_network_firewall_policy"
                : "google_compute_region_network_firewall_policy";
    String place = policy.region().isEmpty() ? "global" : "regions/" + policy.region();
    String link =
        isAbove
            ? "locations/global/firewallPolicies/" + (policy.name().hashCode() & 0xFFFF)
            : project(policy.target()) + "/" + place + "/firewallPolicies/" + policy.name();
    String named = isAbove ? link : policy.name();
    put(
        type,
        policy.name(),
        link,
        isAbove ? "short_name" : "name",
        policy.name(),
        "region",
        policy.region());
    put(
        type + "_association",
        policy.name(),
        "",
        "firewall_policy",
        named,
        "attachment_target",
        isAbove ? policy.kind() + "s/" + policy.target() : API + link(policy.target()));
    for (Rule rule : policy.rules()) {
      String side = rule.isIngress() ? "src" : "dest";
      var match = new LinkedHashMap<String, Object>();
      match.put("layer4_configs", List.of(layer4(rule, "ip_protocol")));
      match.put(side + "_ip_ranges", rule.ranges());
      match.put((rule.isIngress() ? "dest" : "src") + "_ip_ranges", rule.own());
      if (rule.hasUnknown()) {
        match.put(side + "_address_groups", List.of("organizations/77/locations/global/a"));
      }
      put(
          type + "_rule",
          policy.name() + "-" + rule.priority() + "-" + rule.isIngress(),
          "",
          "firewall_policy",
          named,
          "priority",
          rule.priority(),
          "action",
          rule.action(),
          "direction",
          rule.isIngress() ? "INGRESS" : "EGRESS",
          "disabled",
          rule.isDisabled(),
          "match",
          List.of(match),
          "target_service_accounts",
          rule.targetAccounts());
    }
  }

  private void route(Route route) {
    put(
        "google_compute_route",
        route.name(),
        project(route.network()) + "/global/routes/" + route.name(),
        "name",
        route.name(),
        "project",
        world.network(route.network()).project(),
        "network",
        API + link(route.network()),
        "dest_range",
        route.range(),
        "priority",
        route.priority(),
        "tags",
        route.tags(),
        "next_hop_gateway",
        route.leadsOut()
            ? API + project(route.network()) + "/global/gateways/default-internet-gateway"
            : "");
  }

  private void nat(Nat nat) {
    String place = project(nat.network()) + "/regions/" + nat.region();
    String router = "router-" + nat.name();
    put(
        "google_compute_router",
        router,
        place + "/routers/" + router,
        "name",
        router,
        "project",
        world.network(nat.network()).project(),
        "region",
        nat.region(),
        "network",
        API + link(nat.network()));
    put(
        "google_compute_router_nat",
        nat.name(),
        "",
        "name",
        nat.name(),
        "router",
        router,
        "region",
        nat.region(),
        "project",
        world.network(nat.network()).project(),
        "source_subnetwork_ip_ranges_to_nat",
        nat.subnets().isPresent() ? "LIST_OF_SUBNETWORKS" : "ALL_SUBNETWORKS_ALL_IP_RANGES",
        "subnetwork",
        nat.subnets().orElse(List.of()).stream()
            .map(subnet ->
                Map.of(
                    "name",
                    API + place + "/subnetworks/" + subnet,
                    "source_ip_ranges_to_nat",
                    List.of("PRIMARY_IP_RANGE")))
            .toList());
  }
}
