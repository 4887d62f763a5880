package io.surfacescan.importers.aws;

import static io.surfacescan.reachability.Selector.allOf;
import static io.surfacescan.reachability.Selector.marked;
import static io.surfacescan.reachability.Selector.not;
import static io.surfacescan.reachability.Selector.unknown;

import io.surfacescan.importers.aws.Resource.Hop;
import io.surfacescan.importers.aws.Resource.InternetGateway;
import io.surfacescan.importers.aws.Resource.NatGateway;
import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.aws.Resource.Peering;
import io.surfacescan.importers.aws.Resource.Route;
import io.surfacescan.importers.aws.Resource.RouteTable;
import io.surfacescan.importers.aws.Resource.Vpc;
import io.surfacescan.importers.aws.Sites.Site;
import io.surfacescan.importers.cloud.Findings;
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

/// Where the routes of VPCs lead: within the VPC, to peers, over transit gateways, to and from the
/// internet.
///
/// For each address the route with the longest prefix counts, and none does if that is a black
/// hole. The answer's way back is not asked for.
final class VpcLinks {
  private static final Services OF_NAT =
      Services.of(Protocol.TCP).or(Services.of(Protocol.UDP)).or(Services.of(Protocol.ICMP));

  private final Inventory inventory;
  private final Sites sites;
  private final AccessBlocks blocks;
  private final Findings findings;
  private final Function<SourceOffset, Place> places;
  private final ReachabilityModel.Builder model;

  VpcLinks(
      Inventory inventory,
      Sites sites,
      AccessBlocks blocks,
      Findings findings,
      Function<SourceOffset, Place> places,
      ReachabilityModel.Builder model) {
    this.inventory = inventory;
    this.sites = sites;
    this.blocks = blocks;
    this.findings = findings;
    this.places = places;
    this.model = model;
  }

  void add(List<Nic> nics) {
    Map<String, List<Nic>> nicsOfVpc = new LinkedHashMap<>();
    for (Nic nic : nics) {
      nicsOfVpc.computeIfAbsent(sites.of(nic).vpc(), absent -> new ArrayList<>()).add(nic);
    }
    nicsOfVpc.forEach((vpc, members) -> {
      if (vpc.isEmpty()) {
        findings.dangling(
            members.getFirst().head().spot(),
            "an interface is in no VPC of the export, so nothing reaches it",
            "add what describe-subnets and describe-vpcs write");
      } else {
        addVpc(vpc, members);
      }
    });
  }

  private void addVpc(String name, List<Nic> members) {
    Map<String, RouteTable> tables = new LinkedHashMap<>();
    Optional<Vpc> vpc = sites.of(members.getFirst()).knownVpc();
    boolean lacksSome = false;
    for (Nic member : members) {
      var table = sites.of(member).table();
      table.ifPresent(some -> tables.putIfAbsent(inventory.tables.name(some), some));
      lacksSome |= table.isEmpty();
    }
    if (lacksSome) {
      findings.absent(
          members.getFirst().head().spot(),
          "no route table is known for a subnet; a public address with an internet gateway is taken"
              + " to be reachable",
          "add what describe-route-tables writes");
      addUnrouted(name, vpc, members);
    }
    boolean hasHoles = false;
    for (RouteTable table : tables.values()) {
      hasHoles |= !holes(table, vpc).isEmpty();
    }
    if (!hasHoles) {
      link(
          name + "/local",
          "the network of " + name,
          Optional.empty(),
          senders(name),
          marked(AwsMarks.vpc(name)),
          Services.ALL);
    }
    var transit = new TransitLinks(inventory, sites, findings, this);
    tables.forEach((tableName, table) -> {
      if (hasHolesIn(tables, vpc)) {
        addLocal(name, vpc, tableName, table);
      }
      for (var share : shares(table).routes()) {
        addRoute(vpc, members, tableName, share, transit);
      }
      table.routes().stream()
          .filter(route -> route.cidr().isEmpty() && route.isActive())
          .filter(route -> inventory.rangesOf(route.prefixList(), table.head().unit()).isEmpty())
          .forEach(route -> addUnknownRoute(tableName, table, route));
    });
  }

  private boolean hasHolesIn(Map<String, RouteTable> tables, Optional<Vpc> vpc) {
    return tables.values().stream().anyMatch(table -> !holes(table, vpc).isEmpty());
  }

  /// The addresses of the VPC that a route of the table drops.
  private List<AddressRange> holes(RouteTable table, Optional<Vpc> vpc) {
    var own = vpc.map(Vpc::ranges).orElse(List.of());
    var holes = new ArrayList<AddressRange>();
    for (var share : shares(table).routes()) {
      if (!share.route().isActive()) {
        holes.addAll(Ranges.and(share.ranges(), own));
      }
    }
    return holes;
  }

  /// A black hole within the VPC drops what other subnets send there.
  private void addLocal(String name, Optional<Vpc> vpc, String tableName, RouteTable table) {
    var left = Ranges.minus(vpc.map(Vpc::ranges).orElse(List.of()), holes(table, vpc));
    link(
        tableName + "/local",
        "the network of " + name,
        Optional.empty(),
        sendersOf(tableName),
        allOf(marked(AwsMarks.vpc(name)), new Selector.Within(left)),
        Services.ALL);
    for (String subnet : subnetsOf(table)) {
      var own = marked(AwsMarks.subnet(subnet));
      link(
          tableName + "/" + subnet,
          "the subnet " + subnet,
          Optional.empty(),
          allOf(own, sendersOf(tableName)),
          allOf(own, marked(AwsMarks.vpc(name))),
          Services.ALL);
    }
  }

  private List<String> subnetsOf(RouteTable table) {
    return inventory.subnets.all().stream()
        .filter(subnet ->
            sites
                .of(subnet.vpc(), subnet.id(), "", subnet.head().unit())
                .table()
                .filter(table::equals)
                .isPresent())
        .map(inventory.subnets::name)
        .toList();
  }

  RouteRanges<Route> shares(RouteTable table) {
    var candidates = new ArrayList<RouteRanges.Candidate<Route>>();
    for (Route route : table.routes()) {
      AddressRange.parse(route.cidr())
          .ifPresent(range -> candidates.add(new RouteRanges.Candidate<>(route, range)));
      if (route.cidr().isEmpty()) {
        for (AddressRange range :
            inventory.rangesOf(route.prefixList(), table.head().unit()).orElse(List.of())) {
          candidates.add(new RouteRanges.Candidate<>(route, range));
        }
      }
    }
    return RouteRanges.of(candidates, (ignored, alsoIgnored) -> false);
  }

  private void addRoute(
      Optional<Vpc> vpc,
      List<Nic> members,
      String table,
      RouteRanges.Share<Route> share,
      TransitLinks transit) {
    var route = share.route();
    if (!route.isActive()) {
      return;
    }
    Unit unit = vpc.map(some -> some.head().unit()).orElse(members.getFirst().head().unit());
    switch (route.hop()) {
      case LOCAL -> {}
      case GATEWAY -> addGateway(vpc, unit, table, share);
      case NAT -> addNat(unit, table, share);
      case EGRESS_ONLY -> addEgressOnly(vpc, unit, table, share);
      case PEERING -> addPeering(vpc, unit, table, share);
      case TRANSIT -> vpc.ifPresent(some -> transit.add(some, members, table, share));
      case INTERFACE ->
          findings.notModelled(route.spot(), "a route through an interface, beyond the VPC,");
      case OTHER -> findings.notModelled(route.spot(), "a route to a local or carrier gateway");
    }
  }

  private void addGateway(
      Optional<Vpc> vpc, Unit unit, String table, RouteRanges.Share<Route> share) {
    var route = share.route();
    var gateway = inventory.gateways.find(route.target(), unit);
    if (gateway.isEmpty() && isOtherGateway(route.target(), unit)) {
      findings.notModelled(route.spot(), "what is behind a VPN gateway or an endpoint");
      return;
    }
    if (gateway.isEmpty() && inventory.hasList("InternetGateways", unit)) {
      findings.dangling(
          route.spot(),
          "a route leads to " + route.target() + ", which is not in the export",
          "add what describe-internet-gateways, describe-vpn-gateways and describe-vpc-endpoints"
              + " write");
      return;
    }
    if (!isAttached(gateway, vpc, unit)) {
      findings.dangling(
          route.spot(),
          "a route leads to " + route.target() + ", which is not attached to the VPC",
          "nothing, if that is what you expect");
      return;
    }
    String name = "internet gateway " + route.target() + " by " + table;
    String id = table + "/" + route.destination();
    boolean isV6 = share.ranges().getFirst().isV6();
    String publicMark = isV6 ? AwsMarks.PUBLIC_V6 : AwsMarks.PUBLIC_V4;
    link(
        id + "/in",
        name,
        Optional.of(route.spot()),
        marked(AwsMarks.INTERNET),
        unblocked(AwsMarks.NO_INBOUND, marked(AwsMarks.table(table)), marked(publicMark)),
        Services.ALL);
    link(
        id,
        name,
        Optional.of(route.spot()),
        unblocked(AwsMarks.NO_OUTBOUND, sendersOf(table), marked(publicMark)),
        outside(share.ranges()),
        Services.ALL);
  }

  /// The selectors, but for what is blocked, if anything is.
  private Selector unblocked(String block, Selector... selectors) {
    var all = new ArrayList<Selector>(List.of(selectors));
    if (!inventory.accessBlocks.isEmpty()) {
      all.add(not(marked(block)));
    }
    return new Selector.AllOf(all);
  }

  private boolean isOtherGateway(String id, Unit unit) {
    if (inventory.others.find(id, unit).isPresent()
        || inventory.endpoints.find(id, unit).isPresent()) {
      return true;
    }
    // Where the export lists no internet gateways, only the id tells what it is.
    return !inventory.hasList("InternetGateways", unit)
        && (id.startsWith("vgw-") || id.startsWith("vpce-") || id.startsWith("lgw-"));
  }

  private boolean isAttached(Optional<InternetGateway> gateway, Optional<Vpc> vpc, Unit unit) {
    if (gateway.isEmpty()) {
      return !inventory.hasList("InternetGateways", unit);
    }
    return vpc.map(some -> gateway.get().vpcs().contains(some.id())).orElse(true);
  }

  private void addNat(Unit unit, String table, RouteRanges.Share<Route> share) {
    var route = share.route();
    var nat = inventory.nats.find(route.target(), unit);
    String name = "NAT gateway " + route.target() + " by " + table;
    String id = table + "/" + route.destination();
    if (nat.isEmpty()) {
      findings.dangling(
          route.spot(),
          "a route leads to the NAT gateway " + route.target() + ", which is not in the export",
          "add what describe-nat-gateways writes");
      if (!inventory.hasList("NatGateways", unit)) {
        link(
            id,
            name,
            Optional.of(route.spot()),
            sendersOf(table),
            allOf(
                outside(share.ranges()),
                unknown("the NAT gateway " + route.target() + " is not in the export")),
            OF_NAT);
      }
      return;
    }
    var reached = Ranges.and(share.ranges(), reachedBy(nat.get()));
    if (!reached.isEmpty()) {
      link(id, name, Optional.of(route.spot()), sendersOf(table), outside(reached), OF_NAT);
    }
    if (!nat.get().isPublic()) {
      findings.notModelled(route.spot(), "a route to a private NAT gateway");
    }
  }

  /// The addresses that a NAT gateway reaches by an internet gateway.
  private List<AddressRange> reachedBy(NatGateway nat) {
    Site site = sites.of(nat.vpc(), nat.subnet(), "", nat.head().unit());
    if (!nat.isAvailable() || !nat.isPublic() || !blocks.allowsNat(site)) {
      return List.of();
    }
    if (site.table().isEmpty()) {
      return List.of(AddressRange.ALL_V4);
    }
    var reached = new ArrayList<AddressRange>();
    for (var share : shares(site.table().get()).routes()) {
      var route = share.route();
      var gateway = inventory.gateways.find(route.target(), nat.head().unit());
      if (route.isActive()
          && route.hop() == Hop.GATEWAY
          && !(gateway.isEmpty() && isOtherGateway(route.target(), nat.head().unit()))
          && isAttached(gateway, site.knownVpc(), nat.head().unit())) {
        reached.addAll(share.ranges());
      }
    }
    return reached;
  }

  private void addEgressOnly(
      Optional<Vpc> vpc, Unit unit, String table, RouteRanges.Share<Route> share) {
    var route = share.route();
    if (inventory.gateways.find(route.target(), unit).isEmpty()
        && inventory.hasList("EgressOnlyInternetGateways", unit)) {
      findings.dangling(
          route.spot(),
          "a route leads to " + route.target() + ", which does not exist",
          "nothing, if that is what you expect");
      return;
    }
    link(
        table + "/" + route.destination(),
        "egress-only internet gateway " + route.target() + " by " + table,
        Optional.of(route.spot()),
        unblocked(AwsMarks.NO_OUTBOUND_V6, sendersOf(table), marked(AwsMarks.PUBLIC_V6)),
        outside(withOwn(share.ranges(), vpc)),
        Services.ALL);
  }

  private void addPeering(
      Optional<Vpc> vpc, Unit unit, String table, RouteRanges.Share<Route> share) {
    var route = share.route();
    Optional<Peering> peering = inventory.peerings.find(route.target(), unit);
    if (peering.isEmpty() || !peering.get().isActive()) {
      findings.dangling(
          route.spot(),
          "a route leads to the peering connection "
              + route.target()
              + (peering.isEmpty() ? ", which is not in the export" : ", which is not active"),
          peering.isEmpty()
              ? "add what describe-vpc-peering-connections writes"
              : "nothing, if that is what you expect");
      return;
    }
    String own = vpc.map(Resource::id).orElse("");
    String other =
        peering.get().requester().equals(own)
            ? peering.get().accepter()
            : peering.get().requester();
    linkToVpc(
        table + "/" + route.destination(),
        "peering " + route.target() + " by " + table,
        route.spot(),
        sendersOf(table),
        inventory.vpcs.find(other, peering.get().head().unit()),
        other,
        share.ranges());
  }

  /// Links to those of a VPC's addresses that are in the ranges.
  void linkToVpc(
      String id,
      String name,
      SourceOffset spot,
      Selector sources,
      Optional<Vpc> vpc,
      String vpcId,
      List<AddressRange> ranges) {
    if (vpc.isEmpty()) {
      findings.dangling(
          spot,
          "a route leads to " + vpcId + ", whose account or region is not in the export",
          "add the export of the account or region that it is in");
      return;
    }
    var all = marked(AwsMarks.vpc(inventory.vpcs.name(vpc.get())));
    boolean isWhole =
        !vpc.get().ranges().isEmpty() && Ranges.minus(vpc.get().ranges(), ranges).isEmpty();
    var reached = Ranges.and(vpc.get().ranges(), ranges);
    if (isWhole) {
      link(id, name, Optional.of(spot), sources, all, Services.ALL);
    } else if (!reached.isEmpty()) {
      link(
          id,
          name,
          Optional.of(spot),
          sources,
          allOf(all, new Selector.Within(reached)),
          Services.ALL);
    }
  }

  /// A route to a prefix list without entries may lead to every address.
  private void addUnknownRoute(String tableName, RouteTable table, Route route) {
    String why = "the prefix list " + route.prefixList() + " comes without its entries";
    boolean isGatewayEndpoint =
        route.hop() == Hop.GATEWAY && isOtherGateway(route.target(), table.head().unit());
    if (route.hop() == Hop.LOCAL || isGatewayEndpoint) {
      return;
    }
    findings.assumed(
        route.spot(),
        why + ", so a route to it may lead to every address",
        "add what get-managed-prefix-list-entries writes");
    String id = tableName + "/" + route.prefixList();
    switch (route.hop()) {
      case GATEWAY, NAT ->
          link(
              id,
              "route by " + tableName,
              Optional.of(route.spot()),
              sendersOf(tableName),
              allOf(outside(List.of(AddressRange.ALL_V4)), unknown(why)),
              Services.ALL);
      case PEERING ->
          inventory
              .peerings
              .find(route.target(), table.head().unit())
              .filter(Peering::isActive)
              .ifPresent(peering -> {
                String other =
                    peering.requester().equals(table.vpc())
                        ? peering.accepter()
                        : peering.requester();
                String name = inventory.vpcs.name(other, peering.head().unit());
                link(
                    id,
                    "route by " + tableName,
                    Optional.of(route.spot()),
                    sendersOf(tableName),
                    allOf(marked(AwsMarks.vpc(name)), unknown(why)),
                    Services.ALL);
              });
      default -> findings.notModelled(route.spot(), "a route to a prefix list without entries");
    }
  }

  /// Without route tables: what has a public address is on the internet, if the VPC has a gateway,
  /// and active peerings may carry everything.
  private void addUnrouted(String name, Optional<Vpc> vpc, List<Nic> members) {
    Unit unit = vpc.map(some -> some.head().unit()).orElse(members.getFirst().head().unit());
    var unrouted = new ArrayList<Selector>();
    members.stream()
        .map(sites::of)
        .filter(site -> site.table().isEmpty())
        .map(site -> marked(AwsMarks.subnet(site.subnet())))
        .distinct()
        .forEach(unrouted::add);
    var subnets = new Selector.AnyOf(unrouted);
    boolean isAttached =
        inventory.gateways.all().stream()
            .filter(gateway -> !gateway.isEgressOnly())
            .anyMatch(gateway -> vpc.map(some -> gateway.vpcs().contains(some.id())).orElse(false));
    boolean isUnknown = !inventory.hasList("InternetGateways", unit);
    if (isAttached || isUnknown) {
      var doubt =
          isAttached ? Selector.everyone() : unknown("the export lists no internet gateways");
      for (String mark : List.of(AwsMarks.PUBLIC_V4, AwsMarks.PUBLIC_V6)) {
        link(
            name + "/internet/in",
            "an internet gateway",
            Optional.empty(),
            allOf(marked(AwsMarks.INTERNET), doubt),
            unblocked(AwsMarks.NO_INBOUND, subnets, marked(mark)),
            Services.ALL);
        link(
            name + "/internet",
            "an internet gateway",
            Optional.empty(),
            unblocked(AwsMarks.NO_OUTBOUND, subnets, marked(AwsMarks.SENDS), marked(mark)),
            allOf(marked(AwsMarks.INTERNET_OUT), doubt),
            Services.ALL);
      }
    }
    for (Peering peering : inventory.peerings.all()) {
      if (peering.isActive() && vpc.isPresent()) {
        boolean isRequester = peering.requester().equals(vpc.get().id());
        boolean isAccepter = peering.accepter().equals(vpc.get().id());
        String other = isRequester ? peering.accepter() : peering.requester();
        if (isRequester || isAccepter) {
          String otherName = inventory.vpcs.name(other, peering.head().unit());
          link(
              peering.id() + "/" + name,
              "peering " + peering.id(),
              Optional.of(peering.head().spot()),
              allOf(subnets, marked(AwsMarks.SENDS)),
              allOf(
                  marked(AwsMarks.vpc(otherName)),
                  unknown("the export lists no route tables of " + name)),
              Services.ALL);
        }
      }
    }
  }

  /// The ranges and those of the VPC itself, which are nobody's outside: so they tell no addresses
  /// outside apart.
  private static List<AddressRange> withOwn(List<AddressRange> ranges, Optional<Vpc> vpc) {
    var all = new ArrayList<AddressRange>(ranges);
    boolean isV6 = ranges.getFirst().isV6();
    vpc.map(Vpc::ranges).orElse(List.of()).stream()
        .filter(range -> range.isV6() == isV6)
        .forEach(all::add);
    return AddressRange.joined(all);
  }

  private static Selector outside(List<AddressRange> ranges) {
    return allOf(marked(AwsMarks.INTERNET_OUT), new Selector.Within(ranges));
  }

  private static Selector senders(String vpc) {
    return allOf(marked(AwsMarks.vpc(vpc)), marked(AwsMarks.SENDS));
  }

  static Selector sendersOf(String table) {
    return allOf(marked(AwsMarks.table(table)), marked(AwsMarks.SENDS));
  }

  void link(
      String id,
      String name,
      Optional<SourceOffset> spot,
      Selector sources,
      Selector destinations,
      Services services) {
    model.link(new Link(id, name, spot.map(places), sources, destinations, services));
  }
}
