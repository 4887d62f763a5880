package io.surfacescan.importers.terraform;

import io.surfacescan.importers.gcp.Links;
import io.surfacescan.importers.gcp.Protocols;
import io.surfacescan.importers.gcp.Resource.BackendService;
import io.surfacescan.importers.gcp.Resource.Forwarder;
import io.surfacescan.importers.gcp.Resource.ForwardingRule;
import io.surfacescan.importers.gcp.Resource.Header;
import io.surfacescan.importers.gcp.Resource.InstanceGroup;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Load balancers: forwarding rules, the proxies, URL maps and backend services behind them, and
/// groups of instances.
final class GoogleBalancers {
  /// By type, what its resources are called in links.
  private static final Map<String, String> COLLECTIONS =
      Map.ofEntries(
          Map.entry("google_compute_backend_bucket", "backendBuckets"),
          Map.entry("google_compute_backend_service", "backendServices"),
          Map.entry("google_compute_forwarding_rule", "forwardingRules"),
          Map.entry("google_compute_global_forwarding_rule", "forwardingRules"),
          Map.entry("google_compute_instance_group", "instanceGroups"),
          Map.entry("google_compute_instance_group_manager", "instanceGroups"),
          Map.entry("google_compute_region_backend_service", "backendServices"),
          Map.entry("google_compute_region_instance_group_manager", "instanceGroups"),
          Map.entry("google_compute_region_target_http_proxy", "targetHttpProxies"),
          Map.entry("google_compute_region_target_https_proxy", "targetHttpsProxies"),
          Map.entry("google_compute_region_target_tcp_proxy", "targetTcpProxies"),
          Map.entry("google_compute_region_url_map", "urlMaps"),
          Map.entry("google_compute_target_grpc_proxy", "targetGrpcProxies"),
          Map.entry("google_compute_target_http_proxy", "targetHttpProxies"),
          Map.entry("google_compute_target_https_proxy", "targetHttpsProxies"),
          Map.entry("google_compute_target_instance", "targetInstances"),
          Map.entry("google_compute_target_pool", "targetPools"),
          Map.entry("google_compute_target_ssl_proxy", "targetSslProxies"),
          Map.entry("google_compute_target_tcp_proxy", "targetTcpProxies"),
          Map.entry("google_compute_url_map", "urlMaps"));

  private static final Wanted TARGET = new Wanted(COLLECTIONS.keySet(), List.of());
  private static final Wanted INSTANCE =
      new Wanted(
          Set.of("google_compute_instance", "google_compute_instance_from_template"), List.of());

  private final GoogleFacts google;
  private final GoogleMachines machines;

  /// By id, the links of what stands in the plan.
  private final Map<String, String> links = new HashMap<>();

  GoogleBalancers(GoogleFacts google, GoogleMachines machines) {
    this.google = google;
    this.machines = machines;
  }

  /// The types of resources that are read.
  static Set<String> types() {
    return COLLECTIONS.keySet();
  }

  void add() {
    var all = new ArrayList<Section>();
    COLLECTIONS.keySet().stream().sorted().forEach(type -> all.addAll(google.facts().of(type)));
    for (Section section : all) {
      links.put(
          section.id(),
          google
              .link(section, place(section), collection(section), section.id())
              .replace("/instanceGroupManagers/", "/instanceGroups/"));
    }
    for (Section section : all) {
      String collection = collection(section);
      switch (collection) {
        case "forwardingRules" -> addRule(section);
        case "backendServices" -> addService(section);
        case "instanceGroups", "targetPools", "targetInstances" -> addGroup(section);
        case "backendBuckets" -> {}
        default -> addForwarder(section);
      }
    }
  }

  private static String collection(Section section) {
    return COLLECTIONS.getOrDefault(section.of().type(), "");
  }

  /// Where it is: in a zone, in a region, or everywhere.
  private String place(Section section) {
    String zone = Links.name(section.text("zone"));
    if (!zone.isEmpty()) {
      return "zones/" + zone;
    }
    String type = section.of().type();
    boolean isRegional =
        type.contains("_region_")
            || type.equals("google_compute_forwarding_rule")
            || type.equals("google_compute_target_pool");
    if (!isRegional) {
      return "global";
    }
    String region = Links.name(section.text("region"));
    return "regions/"
        + (region.isEmpty() ? google.facts().provider(section, "google", "region") : region);
  }

  private void addRule(Section section) {
    String target = section.text("target");
    if (target.contains("/serviceAttachments/") || target.endsWith("-apis")) {
      google.facts().unread(section.spot(), "Private Service Connect is not read");
      return;
    }
    if (target.contains("/targetVpnGateways/")) {
      return;
    }
    String scheme = section.text("load_balancing_scheme");
    var leads = new ArrayList<>(leads(section, "backend_service"));
    leads.addAll(leads(section, "target"));
    String network = google.network(section, "network");
    if (network.isEmpty()) {
      network = google.networkOfSubnet(google.subnetwork(section, "subnetwork", region(section)));
    }
    google.put(
        new ForwardingRule(
            google.header(section, place(section), "forwardingRules"),
            scheme.isEmpty() ? "EXTERNAL" : scheme,
            address(section),
            services(section),
            leads.isEmpty() ? "" : leads.getFirst(),
            network,
            section.isTrue("allow_global_access") || isLater(section, "allow_global_access")));
  }

  private static Optional<AddressRange> address(Section section) {
    boolean isV6 = section.text("ip_version").equals("IPV6");
    return AddressRange.parse(section.text("ip_address"))
        .or(() -> Optional.of(isV6 ? AddressRange.ALL_V6 : AddressRange.ALL_V4));
  }

  private String region(Section section) {
    return place(section).startsWith("regions/") ? Links.name(place(section)) : "";
  }

  private static boolean isLater(Section section, String key) {
    return section.isUnknown(key) && !section.isComputed(key);
  }

  private static Services services(Section section) {
    String protocol = section.text("ip_protocol");
    boolean isAll = protocol.equals("L3_DEFAULT") || section.isTrue("all_ports");
    var ports = new ArrayList<String>();
    if (!isAll && !isLater(section, "ports") && !isLater(section, "port_range")) {
      ports.addAll(section.texts("ports"));
      Stream.of(section.text("port_range")).filter(text -> !text.isEmpty()).forEach(ports::add);
    }
    boolean isAnyProtocol = protocol.equals("L3_DEFAULT") || isLater(section, "ip_protocol");
    return isAnyProtocol
        ? Services.ALL
        : Protocols.of(List.of(new Protocols.Entry(protocol.isEmpty() ? "TCP" : protocol, ports)))
            .services();
  }

  private void addService(Section section) {
    var groups = new LinkedHashSet<String>();
    for (Section backend : section.sections("backend")) {
      var leads = leads(backend, "group");
      groups.addAll(leads);
      if (leads.isEmpty()) {
        // One that nobody knows: it may lead anywhere.
        groups.add("known later: " + section.id());
      }
    }
    if (section.unknown().get("backend").isTrue()) {
      groups.add("known later: " + section.id());
    }
    google.put(
        new BackendService(
            google.header(section, place(section), "backendServices"),
            List.copyOf(groups),
            section.number("port"),
            section.text("port_name")));
  }

  private void addForwarder(Section section) {
    var next = new LinkedHashSet<String>();
    next.addAll(leads(section, "url_map"));
    addServices(section, next);
    google.put(
        new Forwarder(
            google.header(section, place(section), collection(section)), List.copyOf(next)));
  }

  /// The backend services that a URL map, or a part of one, names.
  private void addServices(Section section, Set<String> next) {
    for (String key : List.of("backend_service", "default_service", "service")) {
      next.addAll(leads(section, key));
    }
    for (String blocks :
        List.of(
            "path_matcher",
            "path_rule",
            "route_rules",
            "default_route_action",
            "route_action",
            "weighted_backend_services")) {
      section.sections(blocks).forEach(block -> addServices(block, next));
    }
  }

  /// The links of what an attribute leads to.
  private List<String> leads(Section section, String key) {
    return section.linked(key, TARGET).ids().stream()
        .filter(id -> !id.isEmpty())
        .map(id -> links.getOrDefault(id, Links.of(id, google.near(section), "backendServices")))
        .toList();
  }

  private void addGroup(Section section) {
    var instances = new ArrayList<String>();
    boolean isWhole = true;
    if (section.of().type().endsWith("_manager")) {
      var made = machines.ofGroup(section);
      instances.addAll(made);
      isWhole = !made.isEmpty();
    } else {
      for (String key : List.of("instances", "instance")) {
        var linked = section.linked(key, INSTANCE);
        linked.ids().stream().map(id -> machines.link(section, id)).forEach(instances::add);
        isWhole &= linked.isWhole() || !isLater(section, key);
      }
    }
    var ports = new TreeMap<String, Integer>();
    for (Section port : section.sections("named_port")) {
      port.number("port").ifPresent(number -> ports.put(port.text("name"), number));
    }
    var head = google.header(section, place(section), collection(section));
    String link = links.getOrDefault(section.id(), head.link());
    google.put(
        new InstanceGroup(
            new Header(head.id(), link, head.name(), head.spot()), isWhole, instances, ports));
  }
}
