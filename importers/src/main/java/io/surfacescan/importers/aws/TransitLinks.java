package io.surfacescan.importers.aws;

import static io.surfacescan.reachability.Selector.allOf;
import static io.surfacescan.reachability.Selector.marked;
import static io.surfacescan.reachability.Selector.unknown;

import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.aws.Resource.Route;
import io.surfacescan.importers.aws.Resource.Subnet;
import io.surfacescan.importers.aws.Resource.TransitAttachment;
import io.surfacescan.importers.aws.Resource.TransitEntry;
import io.surfacescan.importers.aws.Resource.TransitGateway;
import io.surfacescan.importers.aws.Resource.TransitTable;
import io.surfacescan.importers.aws.Resource.Vpc;
import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.cloud.Ranges;
import io.surfacescan.importers.cloud.RouteRanges;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import io.surfacescan.reachability.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Where a route to a transit gateway leads: the gateway's route table that the VPC's attachment is
/// associated with decides, again by the longest prefix; static routes come before propagated ones.
///
/// A VPC reaches the gateway only from zones in which its attachment has a subnet.
record TransitLinks(Inventory inventory, Sites sites, Findings findings, VpcLinks links) {
  /// How many gateways a packet may pass that are peered with each other.
  private static final int GATEWAYS_MOST = 4;

  void add(Vpc vpc, List<Nic> members, String table, RouteRanges.Share<Route> share) {
    var route = share.route();
    Unit unit = vpc.head().unit();
    var attachment =
        inventory.attachments.all().stream()
            .filter(some -> some.gateway().equals(route.target()) && some.isAvailable())
            .filter(some -> vpcOf(some).filter(found -> found.equals(vpc)).isPresent())
            .findFirst();
    if (attachment.isEmpty()) {
      findings.dangling(
          route.spot(),
          "a route leads to the transit gateway "
              + route.target()
              + ", to which no available attachment of the VPC is in the export",
          "add what describe-transit-gateway-attachments writes");
      return;
    }
    String id = table + "/" + route.destination();
    String name = "transit gateway " + route.target() + " by " + table;
    var walk = new Walk(id, name, route, sources(attachment.get(), members, table), vpc);
    follow(walk, attachment.get(), share.ranges(), unit, 1);
  }

  /// A packet's way.
  private record Walk(String id, String name, Route route, Selector sources, Vpc from) {}

  private Optional<Vpc> vpcOf(TransitAttachment attachment) {
    return attachment.type().equals("vpc")
        ? inventory.vpcs.find(attachment.resource(), attachment.head().unit())
        : Optional.empty();
  }

  private Selector sources(TransitAttachment attachment, List<Nic> members, String table) {
    var senders = VpcLinks.sendersOf(table);
    var zones = new TreeSet<String>();
    for (String id : attachment.subnets()) {
      String zone =
          inventory.subnets.find(id, attachment.head().unit()).map(Subnet::zone).orElse("");
      if (zone.isEmpty()) {
        return senders;
      }
      zones.add(zone);
    }
    boolean isEverywhere =
        zones.isEmpty()
            || members.stream()
                .map(member -> sites.of(member).zone())
                .allMatch(zone -> zone.isEmpty() || zones.contains(zone));
    return isEverywhere
        ? senders
        : allOf(
            senders,
            new Selector.AnyOf(zones.stream().map(AwsMarks::zone).map(Selector::marked).toList()));
  }

  /// Follows the addresses from an attachment through the gateway's route table.
  private void follow(
      Walk walk, TransitAttachment from, List<AddressRange> ranges, Unit near, int gateways) {
    String gateway = from.gateway();
    if (from.isUnassociated() && associationOf(from).isEmpty()) {
      findings.dangling(
          walk.route.spot(),
          "a route leads to the attachment "
              + from.id()
              + ", which is associated with no route table of the transit gateway "
              + gateway,
          "nothing, if that is what you expect");
      return;
    }
    String table = tableOf(from, gateway, near);
    var entries = entries(table);
    if (entries.isEmpty()) {
      assume(walk, from, gateway, ranges);
      return;
    }
    var candidates = new ArrayList<RouteRanges.Candidate<TransitEntry>>();
    for (TransitEntry entry : entries) {
      if (entry.sort() == TransitEntry.Sort.ROUTE) {
        AddressRange.parse(entry.cidr())
            .ifPresent(range -> candidates.add(new RouteRanges.Candidate<>(entry, range)));
      } else {
        for (AddressRange range : rangesOf(entry, near)) {
          candidates.add(new RouteRanges.Candidate<>(entry, range));
        }
      }
    }
    var shares = RouteRanges.of(candidates, (some, other) -> some.isStatic() && !other.isStatic());
    for (var share : shares.routes()) {
      var reached = Ranges.and(share.ranges(), ranges);
      if (!share.route().isBlackhole() && !reached.isEmpty()) {
        for (String id : share.route().attachments()) {
          inventory
              .attachments
              .find(id, near)
              .filter(TransitAttachment::isAvailable)
              .ifPresent(to -> arrive(walk, to, gateway, reached, gateways));
        }
      }
    }
  }

  private void arrive(
      Walk walk, TransitAttachment to, String gateway, List<AddressRange> ranges, int gateways) {
    switch (to.type()) {
      case "vpc" -> {
        var vpc = vpcOf(to);
        if (vpc.filter(found -> found.equals(walk.from)).isEmpty()) {
          links.linkToVpc(
              walk.id + "/" + to.id(),
              walk.name + " to " + to.resource(),
              walk.route.spot(),
              walk.sources,
              vpc,
              to.resource(),
              ranges);
        }
      }
      case "peering" -> {
        String other = to.gateway().equals(gateway) ? to.resource() : to.gateway();
        var unit = inventory.transits.find(other, to.head().unit()).map(some -> some.head().unit());
        if (unit.isPresent() && gateways < GATEWAYS_MOST) {
          var there = inventory.attachments.find(to.id(), unit.get()).orElse(to);
          follow(walk, there.of(other), ranges, unit.get(), gateways + 1);
        } else {
          findings.dangling(
              walk.route.spot(),
              "a transit gateway leads to " + other + ", which is not in the export",
              "add the export of the region that it is in");
        }
      }
      default ->
          findings.notModelled(
              walk.route.spot(), "a transit gateway's attachment of type " + to.type());
    }
  }

  /// The route table that an attachment is associated with; empty if the export does not tell.
  private String tableOf(TransitAttachment attachment, String gateway, Unit near) {
    if (!attachment.table().isEmpty()) {
      return attachment.table();
    }
    var association = associationOf(attachment);
    if (association.isPresent()) {
      var entry = association.get();
      return entry.table().isEmpty() ? nameFrom(entry) : entry.table();
    }
    String usual =
        inventory.transits.find(gateway, near).map(TransitGateway::association).orElse("");
    return usual.isEmpty()
        ? inventory.transitTables.all().stream()
            .filter(table -> table.gateway().equals(gateway) && table.isDefault())
            .map(Resource::id)
            .findFirst()
            .orElse("")
        : usual;
  }

  private Optional<TransitEntry> associationOf(TransitAttachment attachment) {
    return inventory.transitEntries.stream()
        .filter(entry -> entry.sort() == TransitEntry.Sort.ASSOCIATION)
        .filter(entry -> entry.attachments().contains(attachment.id()))
        .findFirst();
  }

  private String nameFrom(TransitEntry entry) {
    return inventory.transitTables.all().stream()
        .map(TransitTable::id)
        .filter(entry.unit()::names)
        .findFirst()
        .orElse("");
  }

  /// The routes and propagations of a table; none if the export holds none.
  private List<TransitEntry> entries(String table) {
    return table.isEmpty()
        ? List.of()
        : inventory.transitEntries.stream()
            .filter(entry -> entry.sort() != TransitEntry.Sort.ASSOCIATION)
            .filter(entry ->
                entry.table().isEmpty() ? entry.unit().names(table) : entry.table().equals(table))
            .toList();
  }

  private List<AddressRange> rangesOf(TransitEntry propagation, Unit near) {
    return propagation.attachments().stream()
        .flatMap(id -> inventory.attachments.find(id, near).stream())
        .flatMap(attachment -> vpcOf(attachment).stream())
        .flatMap(vpc -> vpc.ranges().stream())
        .collect(Collectors.toList());
  }

  /// Without the routes of the gateway, every VPC attached to it may be reached.
  private void assume(
      Walk walk, TransitAttachment from, String gateway, List<AddressRange> ranges) {
    String why = "the export lacks the routes of the transit gateway " + gateway;
    findings.assumed(
        walk.route.spot(),
        why + ", so it may lead to every attached VPC",
        "add what search-transit-gateway-routes writes for each of its route tables");
    for (TransitAttachment to : inventory.attachments.all()) {
      var vpc = vpcOf(to);
      if (to.gateway().equals(gateway)
          && to.isAvailable()
          && vpc.isPresent()
          && !vpc.get().equals(walk.from)
          && !to.equals(from)) {
        var reached = Ranges.and(vpc.get().ranges(), ranges);
        if (!reached.isEmpty()) {
          links.link(
              walk.id + "/" + to.id(),
              walk.name + " to " + to.resource(),
              Optional.of(walk.route.spot()),
              walk.sources,
              allOf(
                  marked(AwsMarks.vpc(inventory.vpcs.name(vpc.get()))),
                  new Selector.Within(reached),
                  unknown(why)),
              Services.ALL);
        }
      }
    }
  }
}
