package io.surfacescan.importers.azure;

import io.surfacescan.importers.azure.AzureResource.Access;
import io.surfacescan.importers.azure.AzureResource.Header;
import io.surfacescan.importers.azure.AzureResource.SecurityGroup;
import io.surfacescan.importers.azure.AzureResource.SecurityRule;
import io.surfacescan.importers.azure.AzureResource.Side;
import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Network security groups: of the subnet and of the interface, and both must let a packet pass.
/// Within a subnet too.
///
/// A group may be used in several networks, where the tag `VirtualNetwork` means different things:
/// it is a gate for each.
final class SecurityGates {
  /// Where a group is used.
  ///
  /// @param isOfSubnets or of interfaces
  record Use(String group, String vnet, boolean isOfSubnets) {}

  /// The rules that every group has behind its own ones.
  ///
  /// See https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
  private record Default(
      String name, int priority, boolean isInbound, Access access, String source, String dest) {}

  private static final List<Default> DEFAULTS =
      List.of(
          new Default(
              "AllowVnetInBound", 65000, true, Access.ALLOW, "VirtualNetwork", "VirtualNetwork"),
          new Default(
              "AllowAzureLoadBalancerInBound", 65001, true, Access.ALLOW, "AzureLoadBalancer", "*"),
          new Default("DenyAllInBound", 65500, true, Access.DENY, "*", "*"),
          new Default(
              "AllowVnetOutBound", 65000, false, Access.ALLOW, "VirtualNetwork", "VirtualNetwork"),
          new Default("AllowInternetOutBound", 65001, false, Access.ALLOW, "*", "Internet"),
          new Default("DenyAllOutBound", 65500, false, Access.DENY, "*", "*"));

  private final AzureInventory inventory;
  private final AzureNetworks networks;
  private final AzurePeers peers;
  private final AdminRules admin;
  private final Findings findings;
  private final Function<SourceOffset, Place> places;
  private final AzureNames names;

  SecurityGates(
      AzureInventory inventory,
      AzureNetworks networks,
      AzurePeers peers,
      AdminRules admin,
      Findings findings,
      Function<SourceOffset, Place> places) {
    this.inventory = inventory;
    this.networks = networks;
    this.peers = peers;
    this.admin = admin;
    this.findings = findings;
    this.places = places;
    names =
        AzureNames.of(
            inventory.groups.all().stream().map(group -> group.head().id()).toList(), true);
  }

  void addTo(ReachabilityModel.Builder model, Iterable<Use> uses) {
    // The gates of an interface come from it outwards.
    for (boolean isOfSubnets : new boolean[] {false, true}) {
      for (Use use : uses) {
        if (use.isOfSubnets == isOfSubnets) {
          for (Direction direction : Direction.values()) {
            model.gate(gate(use, direction));
          }
        }
      }
    }
  }

  private Gate gate(Use use, Direction direction) {
    var group = inventory.groups.find(use.group);
    String vnet = networks.name(use.vnet);
    String name = group.map(some -> names.of(some.head().id())).orElse(use.group);
    String mark =
        use.isOfSubnets
            ? AzureMarks.subnetGroup(use.group, vnet)
            : AzureMarks.nicGroup(use.group, vnet);
    String where = (use.isOfSubnets ? " on subnets of " : " on interfaces in ") + vnet;
    // Places of findings rest on how the name starts.
    String shown =
        (direction == Direction.EGRESS ? "outbound rules of " : "")
            + "network security group "
            + name
            + where;
    var tiers = new ArrayList<Tier>(admin.before(use.vnet, direction).stream().toList());
    tiers.add(
        new Tier(
            shown,
            Selector.everyone(),
            group.map(some -> rules(some, name, use.vnet, direction)).orElse(unknown(use)),
            Tier.Otherwise.DENY));
    return new Gate(
        name + where + (direction == Direction.EGRESS ? "/egress" : "/ingress"),
        shown,
        direction,
        Selector.marked(mark),
        Selector.nobody(),
        tiers,
        false);
  }

  private static List<GateRule> unknown(Use use) {
    String name = use.group.substring(use.group.lastIndexOf('/') + 1);
    return List.of(
        GateRule.allow(
            name + "/unknown",
            Optional.empty(),
            Selector.everyone(),
            Selector.unknown("the network security group " + name + " is not in the export"),
            Services.ALL));
  }

  private List<GateRule> rules(SecurityGroup group, String name, String vnet, Direction direction) {
    boolean isInbound = direction == Direction.INGRESS;
    return rulesOf(group, inventory).stream()
        .filter(rule -> rule.isInbound() == isInbound)
        .sorted(Comparator.comparingInt(SecurityRule::priority))
        .flatMap(rule -> gateRule(rule, name, vnet).stream())
        .toList();
  }

  /// The rules of a group with its default ones, be they listed or not.
  static List<SecurityRule> rulesOf(SecurityGroup group, AzureInventory inventory) {
    var rules = new ArrayList<SecurityRule>(inventory.rulesOf(group));
    Set<String> known = new HashSet<>();
    rules.forEach(rule -> known.add(rule.head().shown().toLowerCase(Locale.ROOT)));
    for (Default some : DEFAULTS) {
      if (!known.contains(some.name.toLowerCase(Locale.ROOT))) {
        rules.add(rule(some, group));
      }
    }
    return rules;
  }

  private static SecurityRule rule(Default some, SecurityGroup group) {
    return new SecurityRule(
        new Header(
            AzureId.of(group.head().id().text() + "/defaultSecurityRules/" + some.name),
            some.name,
            group.head().spot()),
        group.key(),
        some.priority,
        some.isInbound,
        some.access,
        "*",
        List.of("*"),
        List.of("*"),
        new Side(List.of(some.source), List.of(), List.of()),
        new Side(List.of(some.dest), List.of(), List.of()),
        "");
  }

  private Optional<GateRule> gateRule(SecurityRule rule, String group, String vnet) {
    var spot = rule.head().spot();
    boolean isDeny = rule.access() == Access.DENY;
    if (isDeny && !AzureServices.isAnyPort(rule.sourcePorts())) {
      // Who opens a connection chooses the port that it comes from.
      findings.notModelled(spot, "a rule that denies some source ports");
      return Optional.empty();
    }
    var services = AzureServices.of(rule, findings);
    if (services.isEmpty()) {
      return Optional.empty();
    }
    var source = peers.of(rule.source(), vnet, spot);
    var destination = peers.of(rule.destination(), vnet, spot);
    var remote = rule.isInbound() ? source : destination;
    return Optional.of(
        new GateRule(
            group + "/" + rule.head().shown(),
            Optional.of(places.apply(spot)),
            isDeny ? GateRule.Action.DENY : GateRule.Action.ALLOW,
            rule.isInbound() ? destination : source,
            rule.doubt().isEmpty()
                ? remote
                : Selector.allOf(remote, Selector.unknown(rule.doubt())),
            services,
            List.of(),
            text(rule, services)));
  }

  static String text(SecurityRule rule, Services services) {
    return rule.priority()
        + (rule.access() == Access.DENY ? " denies " : " allows ")
        + services
        + " from "
        + rule.source()
        + " to "
        + rule.destination();
  }
}
