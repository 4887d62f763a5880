package io.surfacescan.importers.azure;

import io.surfacescan.importers.azure.AzureNetworks.Peer;
import io.surfacescan.importers.azure.AzureResource.Peering;
import io.surfacescan.importers.azure.AzureResource.Route;
import io.surfacescan.importers.azure.AzureResource.RouteTable;
import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.cloud.Internet;
import io.surfacescan.importers.cloud.Ranges;
import io.surfacescan.importers.cloud.RouteRanges;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Where packets of virtual networks go: within them, to networks peered with them, to and from the
/// internet.
///
/// A subnet without a route table has the routes of the system. Of others the one with the longest
/// prefix counts, and of equal ones that of the table.
///
/// See https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
final class VnetLinks {
  /// A NAT gateway knows no other protocols.
  private static final Services OF_NAT = Services.of(Protocol.TCP).or(Services.of(Protocol.UDP));

  /// A way to the internet.
  ///
  /// @param mark on what has it
  private record Exit(String mark, String id, String name, Services services) {}

  private static final List<Exit> EXITS =
      List.of(
          new Exit(AzureMarks.PUBLIC, "/internet", "public addresses", Services.ALL),
          new Exit(AzureMarks.NAT, "/nat", "NAT gateways", OF_NAT),
          new Exit(
              AzureMarks.BALANCED_TCP,
              "/outbound-tcp",
              "load balancers",
              Services.of(Protocol.TCP)),
          new Exit(
              AzureMarks.BALANCED_UDP,
              "/outbound-udp",
              "load balancers",
              Services.of(Protocol.UDP)),
          new Exit(
              AzureMarks.DEFAULT_OUT,
              "/default-outbound",
              "default outbound access",
              Services.ALL));

  /// What the system drops that no network has.
  private static final List<AddressRange> DROPPED =
      Ranges.ofTexts(List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"));

  /// A route, of the system or of a table.
  private sealed interface Way {
    record Local() implements Way {}

    record ToPeer(Peer peer) implements Way {}

    record Outside() implements Way {}

    record Drop() implements Way {}

    record Defined(Route route) implements Way {}
  }

  private final AzureInventory inventory;
  private final AzureNetworks networks;
  private final AzureEndpoints endpoints;
  private final Findings findings;
  private final Function<SourceOffset, Place> places;
  private final ReachabilityModel.Builder model;

  VnetLinks(
      AzureInventory inventory,
      AzureNetworks networks,
      AzureEndpoints endpoints,
      Findings findings,
      Function<SourceOffset, Place> places,
      ReachabilityModel.Builder model) {
    this.inventory = inventory;
    this.networks = networks;
    this.endpoints = endpoints;
    this.findings = findings;
    this.places = places;
    this.model = model;
  }

  void add() {
    for (String vnet : networks.all()) {
      var tables = tablesOf(vnet);
      addInbound(vnet);
      tables.forEach((key, table) -> {
        var routes = table.map(inventory::routesOf).orElse(List.of());
        var sources =
            allOf(
                tables.size() == 1
                    ? marked(AzureMarks.vnet(networks.name(vnet)))
                    : marked(AzureMarks.routes(key, networks.name(vnet))),
                marked(AzureMarks.SENDS));
        if (routes.isEmpty()) {
          addSystem(vnet, sources);
        } else {
          addRouted(vnet, sources, routes);
        }
      });
    }
  }

  /// The route tables of the subnets of a network by their keys; empty for what has none.
  private Map<String, Optional<RouteTable>> tablesOf(String vnet) {
    var tables = new LinkedHashMap<String, Optional<RouteTable>>();
    inventory
        .subnetsOf(vnet)
        .forEach(subnet -> {
          String key = inventory.tableOf(subnet);
          var table = inventory.tables.find(key);
          if (!key.isEmpty() && table.isEmpty()) {
            inventory
                .subnets
                .find(subnet)
                .ifPresent(some ->
                    findings.dangling(
                        some.head().spot(),
                        "the route table " + key + " is not in the export, so it is left out",
                        "add what az network route-table list writes"));
          }
          tables.putIfAbsent(key, table);
        });
    if (tables.isEmpty()) {
      tables.put("", Optional.empty());
    }
    return tables;
  }

  private void addInbound(String vnet) {
    String name = networks.name(vnet);
    for (String mark : List.of(AzureMarks.OPEN, AzureMarks.MAYBE_OPEN)) {
      if (endpoints.hasMark(vnet, mark)) {
        link(
            name + "/internet/in",
            "public addresses in " + name,
            Optional.empty(),
            allOf(
                marked(Internet.IN),
                mark.equals(AzureMarks.OPEN)
                    ? Selector.everyone()
                    : Selector.unknown("the SKU of a public address is not in the export")),
            allOf(marked(AzureMarks.vnet(name)), marked(mark)),
            Services.ALL);
      }
    }
  }

  private void addSystem(String vnet, Selector sources) {
    addLocal(vnet, sources, Selector.everyone());
    for (Peer peer : networks.peersOf(vnet)) {
      addPeer(vnet, peer, sources, Selector.everyone());
    }
    addOutbound(vnet, sources, Selector.everyone());
  }

  private void addLocal(String vnet, Selector sources, Selector within) {
    String name = networks.name(vnet);
    link(
        name + "/local",
        "the virtual network " + name,
        Optional.empty(),
        sources,
        allOf(marked(AzureMarks.vnet(name)), within),
        Services.ALL);
  }

  private void addPeer(String vnet, Peer peer, Selector sources, Selector within) {
    String name = networks.name(vnet);
    String other = networks.name(peer.vnet());
    var side = peer.own().or(peer::back);
    link(
        name + "/peerings/" + other,
        "the peering of " + name + " with " + other,
        side.map(some -> some.head().spot()),
        allOf(sources, subnets(vnet, peer, true)),
        allOf(marked(AzureMarks.vnet(other)), subnets(peer.vnet(), peer, false), within),
        Services.ALL);
  }

  /// The subnets that a peering is about, if it is not about all.
  private Selector subnets(String vnet, Peer peer, boolean isNear) {
    var own = peer.own().filter(Peering::isOfSubnets);
    var names =
        own.map(some -> isNear ? some.localSubnets() : some.remoteSubnets())
            .or(() ->
                peer.back()
                    .filter(Peering::isOfSubnets)
                    .map(some -> isNear ? some.remoteSubnets() : some.localSubnets()));
    return names
        .<Selector>map(some ->
            new Selector.AnyOf(
                some.stream()
                    .map(subnet ->
                        marked(AzureMarks.subnet(networks.subnetName(vnet + "/subnets/" + subnet))))
                    .toList()))
        .orElse(Selector.everyone());
  }

  /// To the internet, by whatever address there is.
  private void addOutbound(String vnet, Selector sources, Selector within) {
    for (Exit exit : EXITS) {
      if (endpoints.hasMark(vnet, exit.mark)) {
        link(
            networks.name(vnet) + exit.id,
            exit.name + " in " + networks.name(vnet),
            Optional.empty(),
            allOf(sources, marked(exit.mark)),
            allOf(marked(Internet.OUT), within),
            exit.services);
      }
    }
  }

  private void addRouted(String vnet, Selector sources, List<Route> routes) {
    var outside = new ArrayList<AddressRange>();
    for (var share : shares(vnet, routes).routes()) {
      switch (share.route()) {
        case Way.Local ignored ->
            addLocal(vnet, sources, within(share.ranges(), networks.rangesOf(vnet)));
        case Way.ToPeer(Peer peer) ->
            addPeer(vnet, peer, sources, within(share.ranges(), networks.rangesOf(peer.vnet())));
        case Way.Outside ignored -> outside.addAll(share.ranges());
        case Way.Drop ignored -> {}
        case Way.Defined(Route route) -> addDefined(vnet, sources, route, share.ranges());
      }
    }
    addOutbound(vnet, sources, outside(outside));
    if (networks.rangesOf(vnet).isEmpty()) {
      // Where the export does not tell the network's ranges, routes may be about them.
      addLocal(vnet, sources, Selector.everyone());
    }
  }

  private RouteRanges<Way> shares(String vnet, List<Route> routes) {
    var candidates = new ArrayList<RouteRanges.Candidate<Way>>();
    for (AddressRange range : networks.rangesOf(vnet)) {
      candidates.add(new RouteRanges.Candidate<>(new Way.Local(), range));
    }
    for (Peer peer : networks.peersOf(vnet)) {
      for (AddressRange range : networks.rangesOf(peer.vnet())) {
        candidates.add(new RouteRanges.Candidate<>(new Way.ToPeer(peer), range));
      }
    }
    candidates.add(new RouteRanges.Candidate<>(new Way.Outside(), AddressRange.ALL_V4));
    candidates.add(new RouteRanges.Candidate<>(new Way.Outside(), AddressRange.ALL_V6));
    for (AddressRange range : DROPPED) {
      candidates.add(new RouteRanges.Candidate<>(new Way.Drop(), range));
    }
    for (Route route : routes) {
      AddressRange.parse(route.prefix())
          .ifPresentOrElse(
              range -> candidates.add(new RouteRanges.Candidate<>(new Way.Defined(route), range)),
              () ->
                  findings.notModelled(
                      route.head().spot(), "a route to the service tag " + route.prefix()));
    }
    return RouteRanges.of(candidates, (first, second) -> rank(first) > rank(second));
  }

  /// Of routes with one prefix that of the table counts, and what the system drops comes last.
  private static int rank(Way way) {
    return switch (way) {
      case Way.Defined ignored -> 2;
      case Way.Local ignored -> 1;
      case Way.ToPeer ignored -> 1;
      case Way.Outside ignored -> 1;
      case Way.Drop ignored -> 0;
    };
  }

  private void addDefined(String vnet, Selector sources, Route route, List<AddressRange> ranges) {
    switch (route.hop()) {
      case NONE -> {}
      case NETWORK -> addLocal(vnet, sources, new Selector.Within(ranges));
      case INTERNET -> addOutbound(vnet, sources, outside(ranges));
      case GATEWAY -> {
        findings.notModelled(route.head().spot(), "what is behind a virtual network gateway");
        addAssumed(
            route,
            sources,
            allOf(marked(Internet.OUT), outside(ranges)),
            "where the virtual network gateway of " + networks.name(vnet) + " leads is not known");
      }
      case APPLIANCE -> addAppliance(vnet, sources, route, ranges);
    }
  }

  /// What an appliance lets through is not known: it may be everything that it can reach.
  private void addAppliance(String vnet, Selector sources, Route route, List<AddressRange> ranges) {
    String why = "what the appliance " + route.hopAddress() + " lets through is not known";
    findings.assumed(
        route.head().spot(),
        "a route leads through the appliance " + route.hopAddress() + ", which may pass everything",
        "nothing, if the appliance does so");
    var reached = new ArrayList<Selector>();
    String home = homeOf(route.hopAddress(), vnet);
    reached.add(marked(AzureMarks.vnet(networks.name(home))));
    for (Peer peer : networks.peersOf(home)) {
      if (peer.takesForwarded()) {
        reached.add(marked(AzureMarks.vnet(networks.name(peer.vnet()))));
      }
    }
    var within = new Selector.Within(ranges);
    addAssumed(route, sources, allOf(new Selector.AnyOf(reached), within), why);
    addAssumed(route, sources, allOf(marked(Internet.OUT), outside(ranges)), why);
  }

  /// The network that an appliance stands in: the one itself or one that it is peered with.
  private String homeOf(String address, String vnet) {
    var hop = AddressRange.parse(address);
    if (hop.isPresent()
        && networks.rangesOf(vnet).stream().noneMatch(range -> range.contains(hop.get()))) {
      for (Peer peer : networks.peersOf(vnet)) {
        if (networks.rangesOf(peer.vnet()).stream().anyMatch(some -> some.contains(hop.get()))) {
          return peer.vnet();
        }
      }
    }
    return vnet;
  }

  private void addAssumed(Route route, Selector sources, Selector destinations, String why) {
    var table = inventory.tables.find(route.table());
    link(
        table.map(some -> some.head().shown() + "/").orElse("") + route.head().shown(),
        "the route " + route.head().shown() + " to " + route.prefix(),
        Optional.of(route.head().spot()),
        sources,
        allOf(destinations, Selector.unknown(why)),
        Services.ALL);
  }

  /// The ranges, if they are not all that there are.
  private static Selector within(List<AddressRange> ranges, List<AddressRange> all) {
    return Ranges.minus(all, ranges).isEmpty() ? Selector.everyone() : new Selector.Within(ranges);
  }

  private static Selector outside(List<AddressRange> ranges) {
    var all = new ArrayList<AddressRange>(Ranges.INTERNET_V4);
    all.addAll(Ranges.INTERNET_V6);
    return within(ranges, all);
  }

  private static Selector marked(String mark) {
    return Selector.marked(mark);
  }

  /// All of them, without those that pick everyone.
  private static Selector allOf(Selector... all) {
    var some = new ArrayList<Selector>(List.of(all));
    some.removeIf(Selector.everyone()::equals);
    return some.size() == 1 ? some.getFirst() : new Selector.AllOf(some);
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
