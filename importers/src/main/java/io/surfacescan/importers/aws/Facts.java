package io.surfacescan.importers.aws;

import io.surfacescan.importers.aws.Resource.Header;
import io.surfacescan.importers.cloud.ExportObject;
import io.surfacescan.importers.cloud.Ranges;
import io.surfacescan.importers.cloud.SimilarKey;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Turns the elements of one file's lists into facts.
final class Facts {
  /// The lists that are read, by the keys that the CLI writes.
  static final Set<String> LISTS =
      Set.of(
          "Reservations",
          "Instances",
          "NetworkInterfaces",
          "SecurityGroups",
          "SecurityGroupRules",
          "Subnets",
          "Vpcs",
          "RouteTables",
          "NetworkAcls",
          "InternetGateways",
          "EgressOnlyInternetGateways",
          "NatGateways",
          "VpnGateways",
          "VpcPeeringConnections",
          "TransitGateways",
          "TransitGatewayAttachments",
          "TransitGatewayVpcAttachments",
          "TransitGatewayPeeringAttachments",
          "TransitGatewayRouteTables",
          "TransitGatewayStaticRoutes",
          "TransitGatewayPropagations",
          "TransitGatewayRouteTablePropagations",
          "Associations",
          "Routes",
          "PrefixLists",
          "Entries",
          "VpcEndpoints",
          "ServiceConfigurations",
          "LoadBalancers",
          "LoadBalancerDescriptions",
          "LoadBalancerListeners",
          "Listeners",
          "Rules",
          "TargetGroups",
          "TargetHealthDescriptions",
          "LoadBalancerTargetHealth",
          "LoadBalancerAttributes",
          "Attributes",
          "Addresses",
          "VpcBlockPublicAccessOptions",
          "VpcBlockPublicAccessExclusions");

  /// The lists of a bundle that holds all resources in one document.
  static final Map<String, String> BUNDLE =
      Map.ofEntries(
          Map.entry("instances", "Instances"),
          Map.entry("network_interfaces", "NetworkInterfaces"),
          Map.entry("security_groups", "SecurityGroups"),
          Map.entry("subnets", "Subnets"),
          Map.entry("vpcs", "Vpcs"),
          Map.entry("route_tables", "RouteTables"),
          Map.entry("network_acls", "NetworkAcls"),
          Map.entry("internet_gateways", "InternetGateways"),
          Map.entry("nat_gateways", "NatGateways"),
          Map.entry("vpc_peering_connections", "VpcPeeringConnections"),
          Map.entry("transit_gateways", "TransitGateways"),
          Map.entry("load_balancers", "LoadBalancers"));

  /// Lists whose elements do not say what they are of: another text of the document does, or the
  /// file's name.
  static final Set<String> UNNAMED =
      Set.of(
          "TransitGatewayRouteTablePropagations",
          "Associations",
          "Routes",
          "Entries",
          "TargetHealthDescriptions",
          "Attributes");

  /// Lists of what holds rules, and what each of their elements is.
  private static final Map<String, String> OF_RULES =
      Map.of(
          "SecurityGroups", "a security group",
          "SecurityGroupRules", "a security group rule",
          "NetworkAcls", "a network ACL");

  private final Unit unit;

  /// What is wrong with rules.
  private final ProblemLog problems = new ProblemLog();

  /// Whose what names no owner is, if accounts of the folder are told apart.
  private final Optional<String> otherwise;

  private final Map<String, Unit> units = new TreeMap<>();
  private final List<Fact> found = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, String> regionOfZone = new HashMap<>();
  private final ComputeFacts compute = new ComputeFacts(this);
  private final NetworkFacts network = new NetworkFacts(this);
  private final BalancerFacts balancers = new BalancerFacts(this);

  /// @param otherwise if the accounts of the folder are told apart: the owner of whatever names
  ///   none, or an empty text if the file does not tell it
  Facts(Unit unit, Optional<String> otherwise) {
    this.unit = unit;
    this.otherwise = otherwise;
    otherwise.filter(owner -> !owner.isEmpty()).ifPresent(this::unit);
  }

  ProblemLog problems() {
    return problems;
  }

  List<Fact> found() {
    return found;
  }

  Map<String, Long> counts() {
    return counts;
  }

  /// The unit of whatever names no owner.
  Unit unit() {
    return unit("");
  }

  /// The unit of what an account owns.
  ///
  /// @param owner empty if it is not named
  Unit unit(String owner) {
    return otherwise.isEmpty()
        ? unit
        : units.computeIfAbsent(owner.isEmpty() ? otherwise.get() : owner, unit::ofOwner);
  }

  /// All units that the file is of.
  Set<Unit> units() {
    return otherwise.isEmpty() ? Set.of(unit) : Set.copyOf(units.values());
  }

  /// The list that a key of the first level names; empty if it is not read.
  String listOf(String key) {
    return LISTS.contains(key) ? key : BUNDLE.getOrDefault(key, "");
  }

  void count(String list, int more) {
    counts.merge(list, (long) more, Long::sum);
  }

  void put(Fact fact) {
    found.add(fact);
  }

  /// Adds an element of a list; the caller counts.
  void add(String list, ExportObject object) {
    String what = OF_RULES.getOrDefault(list, "");
    if (!what.isEmpty()) {
      SimilarKey.tell(problems, what, object.similarKeys());
    }
    switch (list) {
      case "Reservations",
          "Instances",
          "NetworkInterfaces",
          "SecurityGroups",
          "SecurityGroupRules",
          "Addresses" ->
          compute.add(list, object);
      case "LoadBalancers",
          "LoadBalancerDescriptions",
          "LoadBalancerListeners",
          "Listeners",
          "Rules",
          "TargetGroups",
          "LoadBalancerTargetHealth",
          "LoadBalancerAttributes" ->
          balancers.add(list, object);
      default -> network.add(list, object);
    }
  }

  /// Adds the elements of a list that do not say what they are of.
  ///
  /// @param texts the other texts of the document
  void addUnnamed(String list, List<ExportObject> objects, Map<String, String> texts) {
    switch (list) {
      case "TargetHealthDescriptions" ->
          put(balancers.targets(texts.getOrDefault("TargetGroupArn", ""), objects));
      case "Attributes" ->
          put(
              balancers.attributes(
                  texts.getOrDefault("LoadBalancerArn", texts.getOrDefault("TargetGroupArn", "")),
                  objects));
      case "Entries" -> put(network.entries(texts.getOrDefault("PrefixListId", ""), objects));
      default ->
          network.addTransit(list, texts.getOrDefault("TransitGatewayRouteTableId", ""), objects);
    }
  }

  /// @param zone of availability; empty if none is known
  Header header(ExportObject object, String id, String owner, String zone) {
    var own = unit(owner);
    String account = owner.isEmpty() ? own.account() : owner;
    String region = regionOfZone.computeIfAbsent(zone, Unit::regionOf);
    return new Header(
        id,
        account,
        region.isEmpty() ? unit.region() : region,
        Facts.tag(object, "Name"),
        own,
        object.spot());
  }

  Header header(ExportObject object, String idKey) {
    return header(object, object.text(idKey), object.text("OwnerId"), "");
  }

  /// The header of what an ARN names: `arn:aws:SERVICE:REGION:ACCOUNT:…`.
  Header headerOfArn(String arn, SourceOffset spot) {
    String[] parts = arn.split(":", 6);
    boolean isArn = parts.length == 6;
    String owner = isArn ? parts[4] : "";
    var own = unit(owner);
    return new Header(
        arn,
        owner.isEmpty() ? own.account() : owner,
        isArn && !parts[3].isEmpty() ? parts[3] : unit.region(),
        "",
        own,
        spot);
  }

  /// The value of a tag, which is a pair of `Key` and `Value`.
  static String tag(ExportObject object, String key) {
    for (String list : List.of("Tags", "TagSet")) {
      for (ExportObject tag : object.objects(list)) {
        if (tag.text("Key").equals(key)) {
          return tag.text("Value");
        }
      }
    }
    return "";
  }

  /// The texts that are ranges.
  static List<AddressRange> ranges(List<String> texts) {
    return Ranges.ofTexts(texts);
  }
}
