package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Resource.Hop;
import io.surfacescan.importers.aws.Resource.Route;
import io.surfacescan.importers.aws.Resource.RouteTable;
import io.surfacescan.importers.aws.Resource.Vpc;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Route tables with their routes. A VPC comes with a main one that leads nowhere else.
final class TerraformTables {
  private static final String[] TABLES = {"aws_route_table", "aws_default_route_table"};

  private final TerraformFacts facts;
  private final TerraformNetwork network;

  TerraformTables(TerraformFacts facts, TerraformNetwork network) {
    this.facts = facts;
    this.network = network;
  }

  void add() {
    var routes = facts.additions().routes;
    var subnets = facts.additions().subnetsOfTable;
    var mains = new HashMap<String, String>();
    for (Section route : facts.of("aws_route")) {
      String table = route.link("route_table_id", Wanted.TABLE);
      routes.computeIfAbsent(table, absent -> new ArrayList<>()).addAll(routes(route));
    }
    for (Section association : facts.of("aws_route_table_association")) {
      String table = association.link("route_table_id", Wanted.TABLE);
      String subnet = association.link("subnet_id", Wanted.SUBNET);
      if (!subnet.isEmpty()) {
        subnets.computeIfAbsent(table, absent -> new ArrayList<>()).add(subnet);
      } else if (association.has("gateway_id") || association.isUnknown("gateway_id")) {
        facts.unread(association.spot(), "a route table of a gateway is not read");
      }
    }
    for (Section association : facts.of("aws_main_route_table_association")) {
      mains.put(
          association.link("vpc_id", Wanted.VPC), association.link("route_table_id", Wanted.TABLE));
    }
    var known = new HashSet<String>();
    for (Section table : facts.of(TABLES)) {
      boolean isDefault = table.of().type().equals("aws_default_route_table");
      var vpc = table.linked("vpc_id", Wanted.VPC).ids();
      String own = vpc.isEmpty() ? network.vpcOf(table.id(), Defaults.TABLE) : vpc.getFirst();
      var inline = new ArrayList<Route>();
      // What routes of their own add to a table, the table shows too once it was read again.
      table.sections("route").forEach(route -> inline.addAll(routes(route)));
      if (table.isUnknown("route")
          && table.sections("route").isEmpty()
          && !table.isComputed("route")) {
        facts.assumed(
            table.spot(),
            "the routes of " + table.of().text() + " are known only after terraform apply",
            "read the state after it; until then they are taken to lead nowhere");
      }
      boolean isMain =
          table.id().equals(mains.get(own))
              || (isDefault && !mains.containsKey(own))
              || table.sections("associations").stream().anyMatch(some -> some.isTrue("main"));
      var mine = new ArrayList<>(subnets.getOrDefault(table.id(), List.of()));
      table
          .sections("associations")
          .forEach(some -> mine.addAll(some.linked("subnet_id", Wanted.SUBNET).ids()));
      known.add(table.id());
      putTable(
          table, table.id(), own, isMain, mine, inline, routes.getOrDefault(table.id(), List.of()));
    }
    for (Section vpc : facts.of(TerraformNetwork.VPCS)) {
      String id = facts.ids().byDefault(vpc.id(), Defaults.TABLE);
      if (!known.contains(id) && network.isMade(vpc)) {
        putTable(
            vpc,
            id,
            vpc.id(),
            !mains.containsKey(vpc.id()),
            subnets.getOrDefault(id, List.of()),
            List.of(),
            routes.getOrDefault(id, List.of()));
      }
    }
  }

  private void putTable(
      Section at,
      String id,
      String vpc,
      boolean isMain,
      List<String> subnets,
      List<Route> inline,
      List<Route> more) {
    var all = new ArrayList<Route>();
    var taken = new HashSet<String>();
    for (Route route : more) {
      taken.add(route.destination() + " " + route.target());
      all.add(route);
    }
    inline.stream()
        .filter(route -> taken.add(route.destination() + " " + route.target()))
        .forEach(all::add);
    for (AddressRange range :
        Optional.ofNullable(network.vpcs().get(vpc)).map(Vpc::ranges).orElse(List.of())) {
      for (String cidr : range.cidrs()) {
        all.add(new Route(cidr, "", Hop.LOCAL, "local", true, at.spot()));
      }
    }
    facts.put(new RouteTable(facts.header(at, id), vpc, isMain, List.copyOf(subnets), all));
  }

  /// A key of a route, and where it leads.
  private record Target(String key, Hop hop, Wanted wanted) {}

  private static final List<Target> TARGETS =
      List.of(
          new Target("nat_gateway_id", Hop.NAT, Wanted.NAT),
          new Target("transit_gateway_id", Hop.TRANSIT, Wanted.TRANSIT),
          new Target("vpc_peering_connection_id", Hop.PEERING, Wanted.PEERING),
          new Target("egress_only_gateway_id", Hop.EGRESS_ONLY, Wanted.EGRESS_ONLY),
          new Target("gateway_id", Hop.GATEWAY, Wanted.GATEWAY),
          new Target("vpc_endpoint_id", Hop.GATEWAY, Wanted.ENDPOINT),
          new Target("network_interface_id", Hop.INTERFACE, Wanted.NIC),
          new Target("instance_id", Hop.INTERFACE, Wanted.INSTANCE),
          new Target("carrier_gateway_id", Hop.OTHER, new Wanted(Set.of(), List.of())),
          new Target("local_gateway_id", Hop.OTHER, new Wanted(Set.of(), List.of())),
          new Target("core_network_arn", Hop.OTHER, new Wanted(Set.of(), List.of())));

  /// The routes of a block or a resource: one, but for what its target may be.
  private List<Route> routes(Section route) {
    String cidr =
        route.firstText(
            "cidr_block",
            "destination_cidr_block",
            "ipv6_cidr_block",
            "destination_ipv6_cidr_block");
    var lists =
        route.has("destination_prefix_list_id") || route.isUnknown("destination_prefix_list_id")
            ? route.linked("destination_prefix_list_id", Wanted.PREFIX_LIST)
            : new Section.Linked(List.of(), true, true);
    if (cidr.isEmpty() && lists.ids().isEmpty()) {
      cidr = "0.0.0.0/0";
      facts.assumed(
          route.spot(),
          "the range of a route is not known, so it may lead to every address",
          "read the state after terraform apply");
    }
    for (Target target : TARGETS) {
      var linked = route.linked(target.key, target.wanted);
      boolean isGiven = route.isUnknown(target.key) && !route.isComputed(target.key);
      if (linked.ids().isEmpty() && !isGiven) {
        continue;
      }
      String to = linked.ids().isEmpty() ? TerraformNetwork.UNKNOWN : linked.first();
      if (linked.ids().isEmpty() || linked.ids().size() > 1) {
        facts.assumed(
            route.spot(),
            "where a route of " + route.of().text() + " leads is known only after terraform apply",
            "read the state after it");
      }
      Hop hop = to.equals("local") ? Hop.LOCAL : target.hop;
      return List.of(
          new Route(cidr, cidr.isEmpty() ? lists.first() : "", hop, to, true, route.spot()));
    }
    return List.of();
  }
}
