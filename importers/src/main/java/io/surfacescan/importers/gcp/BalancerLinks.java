package io.surfacescan.importers.gcp;

import static io.surfacescan.reachability.Selector.allOf;
import static io.surfacescan.reachability.Selector.marked;
import static io.surfacescan.reachability.Selector.unknown;

import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.cloud.Internet;
import io.surfacescan.importers.cloud.Ranges;
import io.surfacescan.importers.gcp.Resource.BackendService;
import io.surfacescan.importers.gcp.Resource.ForwardingRule;
import io.surfacescan.importers.gcp.Resource.InstanceGroup;
import io.surfacescan.importers.gcp.Resource.Peering;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Load balancers: what forwarding rules accept, and where they lead.
///
/// | forwarding rule | packets to backends come from |
/// |---|---|
/// | to a backend service, a target pool or an instance (passthrough) | the client, on the same port: a link from the clients to the backends |
/// | to a proxy, without region | the front ends of Google: an endpoint of its own sends |
/// | to a proxy of a region | the proxy-only subnet of the region: an endpoint of its own sends |
///
/// An internal passthrough balancer adds nothing to what its network lets through anyway.
final class BalancerLinks {
  /// Front ends and health checks (cloud.google.com/load-balancing/docs/firewall-rules).
  private static final List<AddressRange> FRONT_ENDS =
      Ranges.ofTexts(List.of("35.191.0.0/16", "130.211.0.0/22"));

  private static final Set<String> PROXY_PURPOSES =
      Set.of("REGIONAL_MANAGED_PROXY", "INTERNAL_HTTPS_LOAD_BALANCER");

  private static final int HOPS_MOST = 8;

  private final Inventory inventory;
  private final Endpoints endpoints;
  private final Findings findings;
  private final Function<SourceOffset, Place> places;
  private final ReachabilityModel.Builder model;
  private final Map<String, String> targetMarks = new LinkedHashMap<>();

  BalancerLinks(
      Inventory inventory,
      Endpoints endpoints,
      Findings findings,
      Function<SourceOffset, Place> places,
      ReachabilityModel.Builder model) {
    this.inventory = inventory;
    this.endpoints = endpoints;
    this.findings = findings;
    this.places = places;
    this.model = model;
  }

  /// What a forwarding rule leads to.
  ///
  /// @param services backend services, none for a pool or an instance
  /// @param groups links of groups, pools and instances
  /// @param isWhole whether all of it is in the export
  private record Backends(
      List<BackendService> services, Set<String> groups, boolean isProxy, boolean isWhole) {}

  void add() {
    for (ForwardingRule rule : inventory.forwardingRules.values()) {
      var backends = backends(rule);
      boolean isInternal = rule.scheme().startsWith("INTERNAL");
      if (backends.isProxy) {
        addProxy(rule, backends, isInternal);
      } else if (!isInternal) {
        addPassthrough(rule, backends);
      }
    }
  }

  private Backends backends(ForwardingRule rule) {
    var services = new ArrayList<BackendService>();
    var groups = new LinkedHashSet<String>();
    boolean isWhole = true;
    boolean isProxy = false;
    var pending = new ArrayList<String>(List.of(inventory.canonical(rule.target())));
    var seen = new LinkedHashSet<String>();
    for (int hop = 0; hop < HOPS_MOST && !pending.isEmpty(); hop++) {
      var next = new ArrayList<String>();
      for (String link : pending) {
        if (!seen.add(link)) {
          continue;
        }
        var forwarder = inventory.forwarders.get(link);
        var service = inventory.backendServices.get(link);
        if (forwarder != null) {
          isProxy = true;
          forwarder.next().stream().map(inventory::canonical).forEach(next::add);
        } else if (service != null) {
          services.add(service);
          service.groups().stream().map(inventory::canonical).forEach(groups::add);
        } else if (inventory.groups.containsKey(link)) {
          groups.add(link);
        } else if (!link.contains("/backendBuckets/")) {
          isWhole = false;
          isProxy |= link.contains("Prox");
        }
      }
      pending = next;
    }
    // A managed scheme is one of proxies alone, whatever the export lacks.
    isProxy |= rule.scheme().endsWith("_MANAGED");
    return new Backends(services, groups, isProxy, isWhole);
  }

  private void addPassthrough(ForwardingRule rule, Backends backends) {
    var reached = reached(rule, backends);
    link(
        rule.head().name(),
        "forwarding rule " + rule.head().name(),
        rule.head().spot(),
        marked(Internet.IN),
        reached,
        rule.services());
  }

  private void addProxy(ForwardingRule rule, Backends backends, boolean isInternal) {
    String name = rule.head().name();
    String key = rule.link();
    link(
        name,
        "forwarding rule " + name,
        rule.head().spot(),
        isInternal ? clients(rule) : marked(Internet.IN),
        marked(GcpMarks.balancer(key)),
        rule.services());
    link(
        name + "/backends",
        "load balancer " + name + " to its backends",
        rule.head().spot(),
        marked(GcpMarks.forwards(key)),
        reached(rule, backends),
        ports(backends));
    var interfaces = new ArrayList<NetworkInterface>();
    var accepts = model.marks(Marks.of(GcpMarks.balancer(key)));
    interfaces.add(
        rule.address()
            .map(address -> new NetworkInterface(accepts, address))
            .orElseGet(() -> new NetworkInterface(accepts)));
    var sends = model.marks(Marks.of(GcpMarks.forwards(key)));
    senders(rule).forEach(range -> interfaces.add(new NetworkInterface(sends, range)));
    String id = rule.head().id();
    String distinct = id;
    for (int i = 2; model.hasId(distinct); i++) {
      distinct = id + "#" + i;
    }
    model.endpoint(
        new Endpoint(
            distinct,
            Optional.of(name),
            VmKind.LOAD_BALANCER,
            Optional.of(scope(rule)),
            List.of(),
            rule.address().stream()
                .filter(range -> !range.equals(AddressRange.ALL_V4))
                .filter(range -> !range.equals(AddressRange.ALL_V6))
                .map(AddressRange::toString)
                .toList(),
            interfaces));
  }

  private String scope(ForwardingRule rule) {
    String network = inventory.canonical(rule.network());
    String project = rule.head().project();
    return network.isEmpty() ? project : Endpoints.scope(project, network);
  }

  /// Who may use an internal balancer: its network and peers, in its region unless it is open to
  /// all regions.
  private Selector clients(ForwardingRule rule) {
    String network = inventory.canonical(rule.network());
    var networks = new LinkedHashSet<String>();
    networks.add(network);
    inventory
        .network(network)
        .ifPresent(some ->
            some.peerings().stream()
                .filter(Peering::isActive)
                .forEach(peering -> networks.add(inventory.canonical(peering.network()))));
    var any =
        networks.stream()
            .map(link -> marked(GcpMarks.network(inventory.networkName(link))))
            .toList();
    String region = Links.region(rule.link());
    return rule.isOpenToRegions() || region.isEmpty()
        ? allOf(new Selector.AnyOf(any), marked(GcpMarks.SENDS))
        : allOf(new Selector.AnyOf(any), marked(GcpMarks.SENDS), marked(GcpMarks.region(region)));
  }

  /// The addresses that a proxy sends from.
  private List<AddressRange> senders(ForwardingRule rule) {
    String region = rule.link().contains("/regions/") ? Links.region(rule.link()) : "";
    if (region.isEmpty()) {
      return FRONT_ENDS;
    }
    String network = inventory.canonical(rule.network());
    var ranges = new ArrayList<AddressRange>();
    inventory.subnetworks.forEach((link, subnet) -> {
      boolean isHere =
          Links.region(link).equals(region)
              && (network.isEmpty() || inventory.canonical(subnet.network()).equals(network));
      if (isHere && PROXY_PURPOSES.contains(subnet.purpose())) {
        subnet.ranges().stream().filter(range -> !range.isV6()).forEach(ranges::add);
      }
    });
    boolean isClassic = rule.scheme().equals("EXTERNAL");
    return isClassic ? FRONT_ENDS : ranges.isEmpty() ? List.of(AddressRange.ALL_V4) : ranges;
  }

  /// The ports of backends; all if the export does not say.
  private Services ports(Backends backends) {
    var ports = Services.NONE;
    for (BackendService service : backends.services) {
      boolean isKnown = false;
      for (String link : service.groups()) {
        var group = inventory.groups.get(inventory.canonical(link));
        Integer port = group == null ? null : group.ports().get(service.portName());
        if (port != null) {
          ports = ports.or(Services.of(Protocol.TCP, port, port));
          isKnown = true;
        }
      }
      if (!isKnown && service.port().isPresent()) {
        int port = service.port().getAsInt();
        ports = ports.or(Services.of(Protocol.TCP, port, port));
        isKnown = true;
      }
      if (!isKnown) {
        ports = ports.or(Services.of(Protocol.TCP));
      }
    }
    return ports.isEmpty() ? Services.of(Protocol.TCP) : ports;
  }

  /// Marks the backends, and picks them; all of the network where they are not known.
  private Selector reached(ForwardingRule rule, Backends backends) {
    boolean isWhole = backends.isWhole;
    var any = new ArrayList<Selector>();
    for (String group : backends.groups) {
      boolean isKnown = targetMarks.containsKey(group);
      if (!isKnown) {
        var members = members(group);
        isKnown = !members.isEmpty() || isListed(group);
        if (isKnown) {
          String mark = GcpMarks.targets(group);
          members.forEach(member -> endpoints.mark(member, mark));
          targetMarks.put(group, mark);
        }
      }
      String mark = targetMarks.get(group);
      if (mark != null) {
        any.add(marked(mark));
      }
      isWhole &= isKnown;
    }
    if (!isWhole) {
      findings.assumed(
          rule.head().spot(),
          "the backends of a forwarding rule are not in the export, so it may lead anywhere in its"
              + " project",
          "add what gcloud compute instance-groups list-instances writes");
      var networks = new ArrayList<Selector>();
      String network = inventory.canonical(rule.network());
      for (String link : endpoints.networks()) {
        boolean mayBe =
            network.isEmpty()
                ? Links.project(link).equals(rule.head().project())
                : link.equals(network);
        if (mayBe) {
          networks.add(marked(GcpMarks.network(inventory.networkName(link))));
        }
      }
      any.add(
          allOf(
              new Selector.AnyOf(networks),
              unknown("the backends of " + rule.head().name() + " are not in the export")));
    }
    return new Selector.AnyOf(any);
  }

  private boolean isListed(String link) {
    return Optional.ofNullable(inventory.groups.get(link))
        .map(InstanceGroup::isListed)
        .orElse(false);
  }

  /// The links of the instances of a group.
  private List<String> members(String link) {
    var group = inventory.groups.get(link);
    var members = new LinkedHashSet<String>();
    if (group != null) {
      group.instances().stream().map(inventory::canonical).forEach(members::add);
    }
    members.addAll(inventory.membersOf(link));
    return List.copyOf(members);
  }

  private void link(
      String id,
      String name,
      SourceOffset spot,
      Selector sources,
      Selector destinations,
      Services services) {
    model.link(
        new Link(id, name, Optional.of(places.apply(spot)), sources, destinations, services));
  }
}
