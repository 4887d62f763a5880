package io.surfacescan.importers.terraform;

import io.surfacescan.importers.gcp.Links;
import io.surfacescan.importers.gcp.Resource.Header;
import io.surfacescan.importers.gcp.Resource.Hop;
import io.surfacescan.importers.gcp.Resource.Nat;
import io.surfacescan.importers.gcp.Resource.NatCoverage;
import io.surfacescan.importers.gcp.Resource.Network;
import io.surfacescan.importers.gcp.Resource.Peering;
import io.surfacescan.importers.gcp.Resource.Route;
import io.surfacescan.importers.gcp.Resource.Router;
import io.surfacescan.importers.gcp.Resource.Subnetwork;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Networks with their subnetworks, routes, peerings and NAT.
///
/// A network has a default route to the internet unless its resource says that it is deleted.
final class GoogleNetworks {
  private static final int PRIORITY_USUAL = 1000;
  private static final Wanted ROUTER = Wanted.named("google_compute_router");

  private final GoogleFacts google;
  private final GoogleMachines machines;
  private final Set<String> withoutDefaultRoutes = new LinkedHashSet<>();
  private final Set<String> networks = new LinkedHashSet<>();

  GoogleNetworks(GoogleFacts google, GoogleMachines machines) {
    this.google = google;
    this.machines = machines;
  }

  void add() {
    var facts = google.facts();
    Map<String, Section> made = new LinkedHashMap<>();
    for (Section section : facts.of("google_compute_network")) {
      String link = google.link(section, "global", "networks", section.id());
      google.addNetwork(section, link);
      made.put(link, section);
      if (section.isTrue("delete_default_routes_on_create")) {
        withoutDefaultRoutes.add(link);
      }
    }
    Map<String, List<Peering>> peerings = peerings();
    made.forEach((link, section) -> {
      networks.add(link);
      google.put(
          new Network(
              google.header(section, "global", "networks"),
              section
                  .text("network_firewall_policy_enforcement_order")
                  .equals("BEFORE_CLASSIC_FIREWALL"),
              peerings.getOrDefault(link, List.of())));
    });
    peerings.keySet().removeAll(made.keySet());
    peerings.forEach((link, more) -> {
      if (google.isExported(link)) {
        google.put(new Network(new Header("", link, "", more.getFirst().spot()), false, more));
      }
    });
    facts.of("google_compute_subnetwork").forEach(this::addSubnet);
    networks.addAll(machines.add());
    facts.of("google_compute_route").forEach(this::addRoute);
    addRouters();
    for (String link : networks) {
      if (!withoutDefaultRoutes.contains(link) && !google.isExported(link)) {
        addDefaultRoute(link, made.get(link));
      }
    }
  }

  private Map<String, List<Peering>> peerings() {
    Map<String, List<Peering>> peerings = new LinkedHashMap<>();
    for (Section section : google.facts().of("google_compute_network_peering")) {
      String network = google.network(section, "network");
      String peer = google.network(section, "peer_network");
      if (!network.isEmpty() && !peer.isEmpty()) {
        peerings
            .computeIfAbsent(network, absent -> new ArrayList<>())
            .add(
                new Peering(
                    google.shown(section),
                    peer,
                    !section.text("state").equals("INACTIVE"),
                    section.text("stack_type").equals("IPV4_IPV6"),
                    section.spot()));
      }
    }
    return peerings;
  }

  private void addSubnet(Section section) {
    String link =
        google.link(section, "regions/" + section.text("region"), "subnetworks", section.id());
    String network = google.network(section, "network");
    google.addSubnet(link, network);
    var texts = new ArrayList<String>();
    texts.add(section.text("ip_cidr_range"));
    texts.add(section.text("ipv6_cidr_range"));
    section.sections("secondary_ip_range").forEach(range -> texts.add(range.text("ip_cidr_range")));
    google.put(
        new Subnetwork(
            new Header(google.shown(section), link, section.text("name"), section.spot()),
            network,
            AddressRange.joined(TerraformFacts.ranges(texts)),
            section.text("purpose")));
  }

  private void addRoute(Section section) {
    String network = google.networkOrOnly(section, "network");
    if (network.isEmpty()) {
      return;
    }
    var doubts = new ArrayList<String>();
    google.put(
        new Route(
            google.header(section, "global", "routes"),
            network,
            AddressRange.parse(section.text("dest_range")),
            section.number("priority").orElse(PRIORITY_USUAL),
            google.texts(section, "tags", "a tag", doubts),
            section.text("next_hop_gateway").endsWith("default-internet-gateway")
                ? Hop.INTERNET
                : Hop.OTHER));
  }

  private void addDefaultRoute(String link, @Nullable Section made) {
    var spot = made == null ? google.facts().anySpot() : made.spot();
    for (AddressRange all : List.of(AddressRange.ALL_V4, AddressRange.ALL_V6)) {
      String name = all.isV6() ? "default-route-ipv6" : "default-route";
      google.put(
          new Route(
              new Header(
                  name,
                  "projects/" + Links.project(link) + "/global/routes/" + name + "-" + link,
                  name,
                  spot),
              link,
              Optional.of(all),
              PRIORITY_USUAL,
              List.of(),
              Hop.INTERNET));
    }
  }

  private void addRouters() {
    Map<String, List<Nat>> nats = new LinkedHashMap<>();
    for (Section section : google.facts().of("google_compute_router_nat")) {
      String router = section.link("router", ROUTER);
      var subnets = new LinkedHashMap<String, NatCoverage>();
      for (Section block : section.sections("subnetwork")) {
        var ranges = block.texts("source_ip_ranges_to_nat");
        boolean isWhole = ranges.isEmpty() || ranges.contains("ALL_IP_RANGES");
        subnets.put(
            google.subnetwork(block, "name", section.text("region")),
            new NatCoverage(
                isWhole || ranges.contains("PRIMARY_IP_RANGE"),
                isWhole || ranges.contains("LIST_OF_SECONDARY_IP_RANGES")));
      }
      String coverage = section.text("source_subnetwork_ip_ranges_to_nat");
      nats.computeIfAbsent(router, absent -> new ArrayList<>())
          .add(
              new Nat(
                  google.isLaid() ? section.text("name") : section.id(),
                  !section.text("type").equals("PRIVATE"),
                  !coverage.equals("LIST_OF_SUBNETWORKS"),
                  !coverage.equals("ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES"),
                  subnets,
                  section.spot()));
    }
    for (Section section : google.facts().of("google_compute_router")) {
      String network = google.networkOrOnly(section, "network");
      google.put(
          new Router(
              google.header(section, "regions/" + section.text("region"), "routers"),
              network,
              nats.getOrDefault(section.id(), List.of())));
      nats.remove(section.id());
    }
    nats.forEach((router, more) -> {
      var near = google.facts().of("google_compute_router_nat").getFirst();
      google
          .exported(Router.class, near, router)
          .ifPresent(some ->
              google.put(
                  new Router(new Header("", some.link(), "", more.getFirst().spot()), "", more)));
    });
  }
}
