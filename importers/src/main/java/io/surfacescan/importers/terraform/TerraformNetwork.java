package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Resource.AclEntry;
import io.surfacescan.importers.aws.Resource.Hop;
import io.surfacescan.importers.aws.Resource.InternetGateway;
import io.surfacescan.importers.aws.Resource.NatGateway;
import io.surfacescan.importers.aws.Resource.NetworkAcl;
import io.surfacescan.importers.aws.Resource.OtherGateway;
import io.surfacescan.importers.aws.Resource.Peering;
import io.surfacescan.importers.aws.Resource.PrefixList;
import io.surfacescan.importers.aws.Resource.Route;
import io.surfacescan.importers.aws.Resource.RouteTable;
import io.surfacescan.importers.aws.Resource.Subnet;
import io.surfacescan.importers.aws.Resource.Vpc;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// VPCs, subnets, route tables, network ACLs and gateways.
///
/// A VPC comes with a main route table that leads nowhere else and a network ACL that is open. Both
/// stand here too, if nothing manages them.
final class TerraformNetwork {
  static final String UNKNOWN = "(known after apply)";

  private static final String[] VPCS = {"aws_vpc", "aws_default_vpc"};
  private static final String[] TABLES = {"aws_route_table", "aws_default_route_table"};
  private static final String[] ACLS = {"aws_network_acl", "aws_default_network_acl"};

  private final TerraformFacts facts;
  private final Map<String, Vpc> vpcs = new LinkedHashMap<>();

  TerraformNetwork(TerraformFacts facts) {
    this.facts = facts;
  }

  /// Lets what manages a part of a VPC by default stand for that part.
  static void nameDefaults(TerraformFacts facts) {
    var ids = facts.ids();
    for (Section group : facts.of("aws_default_security_group")) {
      var vpc = group.linked("vpc_id", Wanted.VPC);
      if (!vpc.ids().isEmpty()) {
        ids.rename(vpc.first() + Defaults.GROUP, group.id());
      }
    }
    for (Section table : facts.of("aws_default_route_table")) {
      String made = table.link("default_route_table_id", Wanted.TABLE);
      if (!made.isEmpty()) {
        ids.rename(made, table.id());
      }
    }
    for (Section acl : facts.of("aws_default_network_acl")) {
      String made = acl.link("default_network_acl_id", Wanted.ACL);
      if (!made.isEmpty()) {
        ids.rename(made, acl.id());
      }
    }
    for (Section accepter : facts.of("aws_vpc_peering_connection_accepter")) {
      accept(ids, accepter, "vpc_peering_connection_id", "aws_vpc_peering_connection");
    }
    for (Section accepter : facts.of("aws_ec2_transit_gateway_vpc_attachment_accepter")) {
      accept(
          ids, accepter, "transit_gateway_attachment_id", "aws_ec2_transit_gateway_vpc_attachment");
    }
  }

  /// What accepts something stands for the same thing.
  private static void accept(ResourceIds ids, Section accepter, String key, String type) {
    String accepted = accepter.link(key, new Wanted(Set.of(type), List.of()));
    if (!accepted.isEmpty()) {
      ids.rename(accepter.id(), accepted);
    }
  }

  void add() {
    for (Section vpc : facts.of(VPCS)) {
      addVpc(vpc);
    }
    for (Section subnet : facts.of("aws_subnet", "aws_default_subnet")) {
      addSubnet(subnet);
    }
    addTables();
    addAcls();
    addGateways();
    addPrefixLists();
  }

  /// The VPCs by their ids.
  Map<String, Vpc> vpcs() {
    return vpcs;
  }

  private void addVpc(Section vpc) {
    var texts = new ArrayList<String>(vpc.texts("cidr_block"));
    texts.addAll(vpc.texts("ipv6_cidr_block"));
    for (Section block : vpc.sections("cidr_block_associations")) {
      texts.add(block.text("cidr_block"));
    }
    boolean isUnknown = vpc.isUnknown("cidr_block");
    for (Section more : facts.of("aws_vpc_ipv4_cidr_block_association")) {
      if (more.linked("vpc_id", Wanted.VPC).ids().contains(vpc.id())) {
        texts.addAll(more.texts("cidr_block"));
        isUnknown |= more.isUnknown("cidr_block");
      }
    }
    for (Section more : facts.of("aws_vpc_ipv6_cidr_block_association")) {
      if (more.linked("vpc_id", Wanted.VPC).ids().contains(vpc.id())) {
        texts.addAll(more.texts("ipv6_cidr_block"));
      }
    }
    var ranges = new ArrayList<>(TerraformFacts.ranges(texts));
    boolean hasUnknownV6 =
        vpc.isTrue("assign_generated_ipv6_cidr_block")
            && ranges.stream().noneMatch(AddressRange::isV6);
    if (isUnknown || ranges.stream().allMatch(AddressRange::isV6)) {
      ranges.add(AddressRange.ALL_V4);
      facts.assumed(
          vpc.spot(),
          "the range of " + vpc.of().text() + " is not known, so it may hold every address",
          "write the range, or read the state after terraform apply");
    }
    if (hasUnknownV6) {
      ranges.add(AddressRange.ALL_V6);
    }
    var made = new Vpc(facts.header(vpc), AddressRange.joined(ranges));
    vpcs.put(vpc.id(), made);
    facts.put(made);
  }

  private void addSubnet(Section subnet) {
    String vpc = subnet.link("vpc_id", Wanted.VPC);
    var texts = new ArrayList<String>(subnet.texts("cidr_block"));
    texts.addAll(subnet.texts("ipv6_cidr_block"));
    var ranges = new ArrayList<>(TerraformFacts.ranges(texts));
    if (ranges.stream().allMatch(AddressRange::isV6) && !subnet.isTrue("ipv6_native")) {
      var all = Optional.ofNullable(vpcs.get(vpc)).map(Vpc::ranges).orElse(List.of());
      all.stream().filter(range -> !range.isV6()).forEach(ranges::add);
    }
    facts.put(
        new Subnet(
            facts.header(subnet),
            vpc.isEmpty() ? onlyVpc() : vpc,
            subnet.firstText("availability_zone", "availability_zone_id"),
            AddressRange.joined(ranges),
            subnet.isTrue("map_public_ip_on_launch")
                || subnet.of().type().equals("aws_default_subnet")));
  }

  /// The VPC of what does not say in which it is, if there is only one.
  String onlyVpc() {
    return vpcs.size() == 1 ? vpcs.keySet().iterator().next() : "an unknown VPC";
  }

  private void addTables() {
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
      String own = vpc.isEmpty() ? vpcOf(table.id(), Defaults.TABLE) : vpc.getFirst();
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
    for (Section vpc : facts.of(VPCS)) {
      String id = facts.ids().byDefault(vpc.id(), Defaults.TABLE);
      if (!known.contains(id) && isMade(vpc)) {
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

  /// Whether the plan or state makes a VPC, and with it what is there by default.
  private boolean isMade(Section vpc) {
    return !vpc.of().address().isData() && !facts.isExported(vpc.id());
  }

  private String vpcOf(String id, String name) {
    for (String vpc : vpcs.keySet()) {
      if (facts.ids().byDefault(vpc, name).equals(id)) {
        return vpc;
      }
    }
    return onlyVpc();
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
        Optional.ofNullable(vpcs.get(vpc)).map(Vpc::ranges).orElse(List.of())) {
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
      String to = linked.ids().isEmpty() ? UNKNOWN : linked.first();
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

  private void addAcls() {
    var entries = facts.additions().entries;
    var subnets = facts.additions().subnetsOfAcl;
    for (Section rule : facts.of("aws_network_acl_rule")) {
      String acl = rule.link("network_acl_id", Wanted.ACL);
      entry(rule, rule.of().text(), rule.isTrue("egress"), "rule_number", "rule_action")
          .ifPresent(entry -> entries.computeIfAbsent(acl, absent -> new ArrayList<>()).add(entry));
    }
    var removed = new HashSet<String>();
    for (Section rule : facts.removed("aws_network_acl_rule")) {
      removed.add(
          rule.link("network_acl_id", Wanted.ACL)
              + " "
              + rule.isTrue("egress")
              + rule.number("rule_number").orElse(0));
    }
    for (Section association : facts.of("aws_network_acl_association")) {
      subnets
          .computeIfAbsent(
              association.link("network_acl_id", Wanted.ACL), absent -> new ArrayList<>())
          .add(association.link("subnet_id", Wanted.SUBNET));
    }
    var known = new HashSet<String>();
    for (Section acl : facts.of(ACLS)) {
      boolean isDefault = acl.of().type().equals("aws_default_network_acl");
      var vpc = acl.linked("vpc_id", Wanted.VPC).ids();
      var mine = new ArrayList<>(subnets.getOrDefault(acl.id(), List.of()));
      mine.addAll(acl.linked("subnet_ids", Wanted.SUBNET).ids());
      known.add(acl.id());
      facts.put(
          new NetworkAcl(
              facts.header(acl),
              vpc.isEmpty() ? vpcOf(acl.id(), Defaults.ACL) : vpc.getFirst(),
              isDefault,
              mine,
              entries(acl, entries.getOrDefault(acl.id(), List.of()), removed)));
    }
    for (Section vpc : facts.of(VPCS)) {
      String id = facts.ids().byDefault(vpc.id(), Defaults.ACL);
      if (!known.contains(id) && isMade(vpc)) {
        var all = new ArrayList<>(open(vpc));
        all.addAll(0, entries.getOrDefault(id, List.of()));
        facts.put(
            new NetworkAcl(
                facts.header(vpc, id), vpc.id(), true, subnets.getOrDefault(id, List.of()), all));
      }
    }
  }

  /// The entries of an ACL: those of its own and those that stand by themselves, which the ACL
  /// lists too once it was read again.
  ///
  /// @param removed those that the plan takes away
  private List<AclEntry> entries(Section acl, List<AclEntry> apart, Set<String> removed) {
    var all = new ArrayList<>(apart);
    var taken = new HashSet<String>();
    apart.forEach(entry -> taken.add(entry.isEgress() + "" + entry.number()));
    for (String key : List.of("ingress", "egress")) {
      boolean isEgress = key.equals("egress");
      for (Section block : acl.sections(key)) {
        String number = isEgress + "" + block.number("rule_no").orElse(0);
        boolean isGone = acl.isComputed(key) && removed.contains(acl.id() + " " + number);
        if (!isGone && taken.add(number)) {
          entry(block, "", isEgress, "rule_no", "action").ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private Optional<AclEntry> entry(
      Section rule, String id, boolean isEgress, String numberKey, String actionKey) {
    boolean isAllow = !rule.text(actionKey).equalsIgnoreCase("deny");
    boolean isVague =
        rule.isUnknown("protocol")
            || rule.isUnknown("from_port")
            || rule.isUnknown("to_port")
            || rule.isUnknown(numberKey)
            || rule.isUnknown(actionKey);
    if (isVague) {
      facts.assumed(
          rule.spot(),
          "an entry of a network ACL is known only after terraform apply",
          "read the state after it; until then it is taken to allow, or not to deny");
      if (!isAllow) {
        return Optional.empty();
      }
    }
    String cidr = rule.firstText("cidr_block", "ipv6_cidr_block");
    String protocol = rule.text("protocol");
    boolean hasPorts = !isVague && !protocol.equals("-1") && !protocol.equals("all");
    return Optional.of(
        new AclEntry(
            id,
            rule.number(numberKey).orElse(0),
            isEgress,
            isAllow,
            isVague || protocol.isEmpty() ? "-1" : protocol,
            cidr.isEmpty() ? UNKNOWN : cidr,
            hasPorts ? rule.number("from_port") : OptionalInt.empty(),
            hasPorts ? rule.number("to_port") : OptionalInt.empty(),
            rule.number("icmp_type"),
            rule.spot()));
  }

  private static List<AclEntry> open(Section vpc) {
    var entries = new ArrayList<AclEntry>();
    for (boolean isEgress : List.of(false, true)) {
      int number = 100;
      for (String cidr : List.of("0.0.0.0/0", "::/0")) {
        entries.add(
            new AclEntry(
                "",
                number++,
                isEgress,
                true,
                "-1",
                cidr,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                vpc.spot()));
      }
    }
    return entries;
  }

  private void addGateways() {
    Map<String, List<String>> attached = new HashMap<>();
    for (Section attachment : facts.of("aws_internet_gateway_attachment")) {
      attached
          .computeIfAbsent(
              attachment.link("internet_gateway_id", Wanted.INTERNET_GATEWAY),
              ignored -> new ArrayList<>())
          .addAll(attachment.linked("vpc_id", Wanted.VPC).ids());
    }
    for (Section gateway : facts.of("aws_internet_gateway")) {
      var vpcs = new ArrayList<>(gateway.linked("vpc_id", Wanted.VPC).ids());
      for (Section attachment : gateway.sections("attachments")) {
        vpcs.addAll(attachment.linked("vpc_id", Wanted.VPC).ids());
      }
      vpcs.addAll(attached.getOrDefault(gateway.id(), List.of()));
      boolean isUnknown =
          vpcs.isEmpty() && gateway.isUnknown("vpc_id") && !gateway.isComputed("vpc_id");
      if (isUnknown) {
        vpcs.addAll(this.vpcs.keySet());
      }
      facts.put(new InternetGateway(facts.header(gateway), false, vpcs));
    }
    for (Section gateway : facts.of("aws_egress_only_internet_gateway")) {
      facts.put(
          new InternetGateway(
              facts.header(gateway), true, gateway.linked("vpc_id", Wanted.VPC).ids()));
    }
    for (Section gateway : facts.of("aws_vpn_gateway")) {
      facts.put(new OtherGateway(facts.header(gateway)));
    }
    for (Section nat : facts.of("aws_nat_gateway")) {
      String subnet = nat.link("subnet_id", Wanted.SUBNET);
      facts.put(
          new NatGateway(
              facts.header(nat),
              facts.subnet(subnet).map(Subnet::vpc).orElse(""),
              subnet,
              !nat.text("connectivity_type").equals("private"),
              true));
    }
    var peerings = new HashSet<String>();
    for (Section peering :
        facts.of("aws_vpc_peering_connection", "aws_vpc_peering_connection_accepter")) {
      String status = peering.firstText("accept_status", "status");
      if (peerings.add(peering.id())) {
        facts.put(
            new Peering(
                facts.header(peering),
                status.isEmpty() || status.equals("active"),
                peering.link("vpc_id", Wanted.VPC),
                peering.link("peer_vpc_id", Wanted.VPC)));
      }
    }
  }

  private void addPrefixLists() {
    Map<String, List<String>> more = new HashMap<>();
    for (Section entry : facts.of("aws_ec2_managed_prefix_list_entry")) {
      more.computeIfAbsent(
              entry.link("prefix_list_id", Wanted.PREFIX_LIST), absent -> new ArrayList<>())
          .add(entry.isUnknown("cidr") ? UNKNOWN : entry.text("cidr"));
    }
    for (Section list : facts.of("aws_ec2_managed_prefix_list", "aws_prefix_list")) {
      var texts = new ArrayList<>(more.getOrDefault(list.id(), List.of()));
      texts.addAll(list.texts("cidr_blocks"));
      boolean isUnknown = list.isUnknown("entry") && !list.isComputed("entry");
      for (String key : List.of("entry", "entries")) {
        for (Section entry : list.sections(key)) {
          texts.add(entry.isUnknown("cidr") ? UNKNOWN : entry.text("cidr"));
        }
      }
      boolean isKnown = !isUnknown && !texts.contains(UNKNOWN);
      facts.put(
          new PrefixList(
              facts.header(list), isKnown, AddressRange.joined(TerraformFacts.ranges(texts))));
    }
  }
}
