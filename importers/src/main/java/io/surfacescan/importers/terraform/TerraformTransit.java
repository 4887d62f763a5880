package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Resource.TransitAttachment;
import io.surfacescan.importers.aws.Resource.TransitEntry;
import io.surfacescan.importers.aws.Resource.TransitGateway;
import io.surfacescan.importers.aws.Resource.TransitTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Transit gateways with their attachments, route tables and routes.
///
/// A gateway has a route table by default, with which its attachments are associated and to which
/// they propagate, unless either is switched off.
record TerraformTransit(TerraformFacts facts) {
  private static final String TABLE = "/default-route-table";

  void add() {
    var associated = new HashSet<String>();
    for (Section entry : facts.of("aws_ec2_transit_gateway_route_table_association")) {
      put(entry, TransitEntry.Sort.ASSOCIATION);
      associated.add(entry.link("transit_gateway_attachment_id", Wanted.TRANSIT_ATTACHMENT));
    }
    facts
        .of("aws_ec2_transit_gateway_route_table_propagation")
        .forEach(entry -> put(entry, TransitEntry.Sort.PROPAGATION));
    facts.of("aws_ec2_transit_gateway_route").forEach(this::putRoute);
    for (Section table : facts.of("aws_ec2_transit_gateway_route_table")) {
      facts.put(
          new TransitTable(
              facts.header(table),
              table.link("transit_gateway_id", Wanted.TRANSIT),
              table.isTrue("default_association_route_table"),
              table.isTrue("default_propagation_route_table")));
      putEnd(table, table.id());
    }
    for (Section gateway : facts.of("aws_ec2_transit_gateway")) {
      addGateway(gateway, associated);
    }
    for (Section peering : facts.of("aws_ec2_transit_gateway_peering_attachment")) {
      facts.put(
          new TransitAttachment(
              facts.header(peering),
              peering.link("transit_gateway_id", Wanted.TRANSIT),
              "peering",
              peering.link("peer_transit_gateway_id", Wanted.TRANSIT),
              true,
              List.of(),
              "",
              false,
              true));
    }
  }

  private void addGateway(Section gateway, Set<String> associated) {
    boolean associates = !gateway.text("default_route_table_association").equals("disable");
    boolean propagates = !gateway.text("default_route_table_propagation").equals("disable");
    String table = tableOf(gateway);
    facts.put(
        new TransitGateway(
            facts.header(gateway),
            associates ? table : "",
            propagates ? table : "",
            gateway.text("security_group_referencing_support").equals("enable")));
    if (associates || propagates) {
      facts.put(
          new TransitTable(facts.header(gateway, table), gateway.id(), associates, propagates));
      putEnd(gateway, table);
    }
    for (Section attachment : facts.of("aws_ec2_transit_gateway_vpc_attachment")) {
      if (!attachment.linked("transit_gateway_id", Wanted.TRANSIT).ids().contains(gateway.id())) {
        continue;
      }
      String flag = "transit_gateway_default_route_table_";
      boolean isAssociated = associates && !isOff(attachment, flag + "association");
      facts.put(
          new TransitAttachment(
              facts.header(attachment),
              gateway.id(),
              "vpc",
              attachment.link("vpc_id", Wanted.VPC),
              true,
              attachment.linked("subnet_ids", Wanted.SUBNET).ids(),
              isAssociated && !associated.contains(attachment.id()) ? table : "",
              isOff(attachment, flag + "association"),
              !attachment.text("security_group_referencing_support").equals("disable")));
      if (propagates && !isOff(attachment, flag + "propagation")) {
        facts.put(
            entry(
                attachment,
                table,
                TransitEntry.Sort.PROPAGATION,
                "",
                List.of(attachment.id()),
                false));
      }
    }
  }

  private static boolean isOff(Section section, String key) {
    return section.has(key) && !section.isTrue(key) && !section.isUnknown(key);
  }

  private String tableOf(Section gateway) {
    String known = gateway.link("association_default_route_table_id", Wanted.TRANSIT_TABLE);
    return known.isEmpty() ? gateway.id() + TABLE : known;
  }

  /// The table that an entry is of: one of its own, or the one by default of its gateway.
  private String table(Section entry) {
    var linked = entry.linked("transit_gateway_route_table_id", Wanted.TRANSIT_TABLE);
    if (!linked.ids().isEmpty()) {
      return linked.first();
    }
    var gateways = entry.linked("transit_gateway_route_table_id", Wanted.TRANSIT).ids();
    return gateways.isEmpty() ? TerraformNetwork.UNKNOWN : gateways.getFirst() + TABLE;
  }

  private void put(Section section, TransitEntry.Sort sort) {
    facts.put(
        entry(
            section,
            table(section),
            sort,
            "",
            section.linked("transit_gateway_attachment_id", Wanted.TRANSIT_ATTACHMENT).ids(),
            false));
  }

  private void putRoute(Section route) {
    var attachments = new ArrayList<String>();
    attachments.addAll(
        route.linked("transit_gateway_attachment_id", Wanted.TRANSIT_ATTACHMENT).ids());
    facts.put(
        new TransitEntry(
            table(route),
            TransitEntry.Sort.ROUTE,
            route.text("destination_cidr_block"),
            attachments,
            true,
            route.isTrue("blackhole"),
            facts.unit(route),
            route.spot()));
  }

  /// That a table has no more routes is known too.
  private void putEnd(Section at, String table) {
    facts.put(entry(at, table, TransitEntry.Sort.ROUTE, "", List.of(), true));
  }

  private TransitEntry entry(
      Section at,
      String table,
      TransitEntry.Sort sort,
      String cidr,
      List<String> attachments,
      boolean isStatic) {
    return new TransitEntry(
        table, sort, cidr, attachments, isStatic, false, facts.unit(at), at.spot());
  }
}
