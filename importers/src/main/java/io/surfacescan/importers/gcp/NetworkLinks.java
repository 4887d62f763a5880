package io.surfacescan.importers.gcp;

import static io.surfacescan.reachability.Selector.allOf;
import static io.surfacescan.reachability.Selector.marked;
import static io.surfacescan.reachability.Selector.not;

import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.cloud.Internet;
import io.surfacescan.importers.cloud.Ranges;
import io.surfacescan.importers.cloud.RouteRanges;
import io.surfacescan.importers.gcp.Resource.Hop;
import io.surfacescan.importers.gcp.Resource.Nat;
import io.surfacescan.importers.gcp.Resource.Network;
import io.surfacescan.importers.gcp.Resource.Peering;
import io.surfacescan.importers.gcp.Resource.Route;
import io.surfacescan.importers.gcp.Resource.Router;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Where networks lead: to all of themselves, to peers, to and from the internet.
///
/// From the internet comes what has an external address, if a route of its network leads to the
/// default internet gateway. For packets that go out, the route with the longest prefix counts, and
/// among these the one with the lowest priority. A route with tags is for instances with one of
/// them.
final class NetworkLinks {
  private static final Services OF_NAT =
      Services.of(Protocol.TCP).or(Services.of(Protocol.UDP)).or(Services.of(Protocol.ICMP));

  private final Inventory inventory;
  private final Endpoints endpoints;
  private final Findings findings;
  private final Function<SourceOffset, Place> places;
  private final ReachabilityModel.Builder model;

  NetworkLinks(
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

  void add(Collection<String> networks) {
    for (String network : networks) {
      String name = inventory.networkName(network);
      link(
          name + "/local",
          "the network " + name,
          Optional.empty(),
          sendersOf(network),
          marked(GcpMarks.network(name)),
          Services.ALL);
      inventory.network(network).ifPresent(some -> addPeerings(network, some, networks));
      if (!inventory.hasRoutesOf(network)) {
        tellUnrouted(network);
      }
      for (List<String> tags : endpoints.profiles(network)) {
        addRoutes(network, tags);
      }
      tellOtherRoutes(network);
    }
    inventory.unread.forEach(some -> findings.notModelled(some.head().spot(), some.what()));
  }

  private Selector sendersOf(String network) {
    return allOf(marked(GcpMarks.network(inventory.networkName(network))), marked(GcpMarks.SENDS));
  }

  private void addPeerings(String link, Network network, Collection<String> networks) {
    for (Peering peering : network.peerings()) {
      String other = inventory.canonical(peering.network());
      if (!peering.isActive() || isRefused(link, other)) {
        findings.dangling(
            peering.spot(),
            "the peering " + peering.name() + " is not active",
            "nothing, if that is what you expect");
      } else if (networks.contains(other)) {
        var all = marked(GcpMarks.network(inventory.networkName(other)));
        link(
            inventory.networkName(link) + "/" + peering.name(),
            "peering " + peering.name(),
            Optional.of(peering.spot()),
            sendersOf(link),
            peering.carriesV6() ? all : allOf(all, Selector.within(AddressRange.ALL_V4)),
            Services.ALL);
      } else if (inventory.network(other).isEmpty()) {
        findings.dangling(
            peering.spot(),
            "a peering leads to " + other + ", which is not in the export",
            "add the project that it is in");
      }
    }
  }

  /// Whether the other network does not peer with this one.
  private boolean isRefused(String link, String other) {
    return inventory
        .network(other)
        .map(some ->
            some.peerings().stream()
                .noneMatch(peering ->
                    peering.isActive() && inventory.canonical(peering.network()).equals(link)))
        .orElse(false);
  }

  private void tellUnrouted(String network) {
    inventory.instances.values().stream()
        .filter(instance ->
            instance.nics().stream()
                .anyMatch(nic -> inventory.canonical(nic.network()).equals(network)))
        .findFirst()
        .ifPresent(instance ->
            findings.absent(
                instance.head().spot(),
                "no routes are known for a network, so its default route is taken to lead to the"
                    + " internet",
                "add what gcloud compute routes list writes"));
  }

  /// A route to the internet, and what it decides on.
  ///
  /// @param id of the link
  private record WayOut(String id, Optional<SourceOffset> spot, List<AddressRange> ranges) {}

  private void addRoutes(String network, List<String> tags) {
    var found = new ArrayList<Route>();
    for (Route route : inventory.routesOf(network)) {
      boolean isForThese = route.tags().isEmpty() || route.tags().stream().anyMatch(tags::contains);
      if (isForThese && route.range().isPresent() && isOfInternet(route)) {
        found.add(route);
      }
    }
    String name = inventory.networkName(network);
    String profile = GcpMarks.routes(name, String.join(", ", tags));
    var entries = new ArrayList<AddressRange>();
    var ways = new ArrayList<WayOut>();
    if (inventory.hasRoutesOf(network)) {
      for (Route route : found) {
        if (route.hop() == Hop.INTERNET) {
          route.range().ifPresent(entries::add);
        }
      }
      var candidates =
          found.stream()
              .map(route -> new RouteRanges.Candidate<>(route, route.range().orElseThrow()))
              .toList();
      var shares = RouteRanges.of(candidates, (some, other) -> some.priority() < other.priority());
      for (var share : shares.routes()) {
        if (share.route().hop() == Hop.INTERNET) {
          ways.add(
              new WayOut(
                  name + "/" + share.route().head().name(),
                  Optional.of(share.route().head().spot()),
                  share.ranges()));
        }
      }
    } else {
      for (AddressRange all : List.of(AddressRange.ALL_V4, AddressRange.ALL_V6)) {
        entries.add(all);
        ways.add(new WayOut(name + "/internet", Optional.empty(), List.of(all)));
      }
    }
    addEntries(name, profile, entries, ways);
    for (WayOut way : ways) {
      boolean isV6 = way.ranges.getFirst().isV6();
      link(
          way.id,
          "the internet by " + way.id,
          way.spot,
          allOf(
              marked(profile),
              marked(GcpMarks.SENDS),
              marked(isV6 ? GcpMarks.EXTERNAL_V6 : GcpMarks.EXTERNAL_V4)),
          outside(way.ranges),
          Services.ALL);
      if (!isV6) {
        addNats(network, profile, way);
      }
    }
  }

  /// Routes to private addresses alone have nothing to do with the internet.
  private static boolean isOfInternet(Route route) {
    var range = List.of(route.range().orElseThrow());
    return !Ranges.and(range, Ranges.INTERNET_V4).isEmpty()
        || !Ranges.and(range, Ranges.INTERNET_V6).isEmpty();
  }

  private void addEntries(
      String name, String profile, List<AddressRange> entries, List<WayOut> ways) {
    for (boolean isV6 : new boolean[] {false, true}) {
      var ranges =
          AddressRange.joined(entries.stream().filter(some -> some.isV6() == isV6).toList());
      if (ranges.isEmpty()) {
        continue;
      }
      boolean isWhole =
          Ranges.minus(isV6 ? Ranges.INTERNET_V6 : Ranges.INTERNET_V4, ranges).isEmpty();
      link(
          name + "/internet/in",
          "the internet",
          ways.stream().findFirst().flatMap(WayOut::spot),
          isWhole ? marked(Internet.IN) : allOf(marked(Internet.IN), new Selector.Within(ranges)),
          allOf(marked(profile), marked(isV6 ? GcpMarks.EXTERNAL_V6 : GcpMarks.EXTERNAL_V4)),
          Services.ALL);
    }
  }

  /// Cloud NAT serves what has no external address, along routes to the default internet gateway.
  private void addNats(String network, String profile, WayOut way) {
    for (Map.Entry<String, Router> each : inventory.routers.entrySet()) {
      var router = each.getValue();
      if (!inventory.canonical(router.network()).equals(network)) {
        continue;
      }
      for (Nat nat : router.nats()) {
        if (nat.isPublic()) {
          var served =
              allOf(
                  marked(profile),
                  marked(GcpMarks.SENDS),
                  marked(GcpMarks.region(Links.region(router.link()))),
                  not(marked(GcpMarks.EXTERNAL_V4)));
          link(
              router.head().name() + "/" + nat.name() + "/" + way.id,
              "Cloud NAT " + nat.name(),
              Optional.of(nat.spot()),
              allOf(served, subnets(nat)),
              outside(way.ranges),
              OF_NAT);
        } else {
          findings.notModelled(nat.spot(), "private Cloud NAT");
        }
      }
    }
  }

  private Selector subnets(Nat nat) {
    if (nat.servesAll()) {
      return nat.servesAliases() ? Selector.everyone() : not(marked(GcpMarks.ALIAS));
    }
    var served = new ArrayList<Selector>();
    nat.subnets()
        .forEach((link, coverage) -> {
          var subnet = marked(GcpMarks.subnet(inventory.canonical(link)));
          if (coverage.primary() && coverage.aliases()) {
            served.add(subnet);
          } else if (coverage.primary()) {
            served.add(allOf(subnet, not(marked(GcpMarks.ALIAS))));
          } else if (coverage.aliases()) {
            served.add(allOf(subnet, marked(GcpMarks.ALIAS)));
          }
        });
    return new Selector.AnyOf(served);
  }

  private void tellOtherRoutes(String network) {
    for (Route route : inventory.routesOf(network)) {
      if (route.hop() == Hop.OTHER) {
        findings.notModelled(
            route.head().spot(), "a route to an instance, a balancer, a tunnel or a hub");
      }
    }
  }

  private static Selector outside(List<AddressRange> ranges) {
    return allOf(marked(Internet.OUT), new Selector.Within(ranges));
  }

  private void link(
      String id,
      String name,
      Optional<SourceOffset> spot,
      Selector sources,
      Selector destinations,
      Services services) {
    model.link(new Link(id, name, spot.map(places), sources, destinations, services));
  }
}
