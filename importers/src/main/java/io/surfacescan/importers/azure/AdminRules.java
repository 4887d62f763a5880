package io.surfacescan.importers.azure;

import io.surfacescan.importers.azure.AzureResource.Access;
import io.surfacescan.importers.azure.AzureResource.AdminRule;
import io.surfacescan.importers.azure.AzureResource.SecurityRule;
import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.Place;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Admin rules of a Virtual Network Manager, which are asked before security groups.
///
/// | access | effect |
/// |---|---|
/// | `Deny` | the packet is dropped |
/// | `Allow` | no later admin rule counts; the security groups decide |
/// | `AlwaysAllow` | no later admin rule counts, and no security group |
///
/// See https://learn.microsoft.com/azure/virtual-network-manager/concept-security-admins
final class AdminRules {
  /// A rule in one network.
  ///
  /// @param isSure whether it is known to apply there
  private record Applied(SecurityRule rule, boolean isSure) {}

  private final AzureNetworks networks;
  private final AzurePeers peers;
  private final Findings findings;
  private final Function<SourceOffset, Place> places;
  private final Map<String, List<Applied>> rulesOfVnet = new LinkedHashMap<>();

  AdminRules(
      AzureInventory inventory,
      AzureNetworks networks,
      AzurePeers peers,
      Findings findings,
      Function<SourceOffset, Place> places) {
    this.networks = networks;
    this.peers = peers;
    this.findings = findings;
    this.places = places;
    for (AdminRule rule : inventory.adminRules) {
      addRule(rule, inventory);
    }
    for (var rules : rulesOfVnet.values()) {
      rules.sort(Comparator.comparingInt(some -> some.rule.priority()));
    }
  }

  private void addRule(AdminRule rule, AzureInventory inventory) {
    var groups =
        rule.groups().isEmpty()
            ? inventory.collectionGroups.getOrDefault(rule.rule().group(), List.of())
            : rule.groups();
    boolean isFound = false;
    for (String vnet : networks.all()) {
      if (isIn(vnet, groups, inventory) || isOfFile(vnet, rule.file())) {
        put(vnet, new Applied(rule.rule(), true));
        isFound = true;
      }
    }
    boolean hasUnknownGroup =
        groups.isEmpty() || groups.stream().anyMatch(some -> !inventory.members.containsKey(some));
    if (!isFound && hasUnknownGroup) {
      findings.assumed(
          rule.rule().head().spot(),
          "an admin rule does not say which networks it is for, so it may be for all",
          "add the members of its network groups, or the effective rules of each network");
      networks.all().forEach(vnet -> put(vnet, new Applied(rule.rule(), false)));
    }
  }

  private static boolean isIn(String vnet, List<String> groups, AzureInventory inventory) {
    return groups.stream()
        .flatMap(group -> inventory.members.getOrDefault(group, List.of()).stream())
        .anyMatch(member -> member.equals(vnet) || member.startsWith(vnet + "/"));
  }

  /// Whether the name of a file ends with the network's.
  private boolean isOfFile(String vnet, String file) {
    int end = file.indexOf(".json");
    String stem = (end < 0 ? file : file.substring(0, end)).toLowerCase(Locale.ROOT);
    return stem.endsWith("-" + vnet.substring(vnet.lastIndexOf('/') + 1));
  }

  /// The same rule may be listed by several commands.
  private void put(String vnet, Applied applied) {
    var rules = rulesOfVnet.computeIfAbsent(vnet, absent -> new ArrayList<>());
    boolean isKnown = rules.stream().anyMatch(some -> some.rule.key().equals(applied.rule.key()));
    if (!isKnown) {
      rules.add(applied);
    }
  }

  /// Adds a gate for each network that has rules.
  void addTo(ReachabilityModel.Builder model) {
    for (String vnet : rulesOfVnet.keySet()) {
      for (Direction direction : Direction.values()) {
        String name =
            (direction == Direction.EGRESS ? "outbound " : "inbound ")
                + "admin rules of "
                + networks.name(vnet);
        model.gate(
            new Gate(
                name + (direction == Direction.EGRESS ? "/egress" : "/ingress"),
                name,
                direction,
                Selector.allOf(
                    Selector.marked(AzureMarks.vnet(networks.name(vnet))),
                    Selector.marked(AzureMarks.SENDS)),
                Selector.nobody(),
                List.of(
                    new Tier(
                        name,
                        Selector.everyone(),
                        rules(
                            vnet,
                            direction,
                            Access.DENY,
                            Map.of(
                                Access.DENY, GateRule.Action.DENY,
                                Access.ALLOW, GateRule.Action.ALLOW,
                                Access.ALWAYS_ALLOW, GateRule.Action.ALLOW)),
                        Tier.Otherwise.NEXT)),
                true));
      }
    }
  }

  /// What a network's security groups ask first: what is always allowed passes them.
  Optional<Tier> before(String vnet, Direction direction) {
    boolean hasSome =
        rulesOfVnet.getOrDefault(vnet, List.of()).stream()
            .anyMatch(some -> some.rule.access() == Access.ALWAYS_ALLOW);
    return hasSome
        ? Optional.of(
            new Tier(
                "admin rules of " + networks.name(vnet),
                Selector.everyone(),
                rules(
                    vnet,
                    direction,
                    Access.ALWAYS_ALLOW,
                    Map.of(
                        Access.ALLOW, GateRule.Action.PASS,
                        Access.ALWAYS_ALLOW, GateRule.Action.ALLOW)),
                Tier.Otherwise.NEXT))
        : Optional.empty();
  }

  /// @param doubted what counts only if the rule applies for sure: whatever else it is, it changes
  ///   nothing where it does not
  private List<GateRule> rules(
      String vnet, Direction direction, Access doubted, Map<Access, GateRule.Action> actions) {
    boolean isInbound = direction == Direction.INGRESS;
    var found = new ArrayList<GateRule>();
    for (Applied applied : rulesOfVnet.getOrDefault(vnet, List.of())) {
      var action = actions.get(applied.rule.access());
      if (action != null && applied.rule.isInbound() == isInbound) {
        boolean isSure = applied.isSure || applied.rule.access() != doubted;
        rule(applied.rule, action, isSure, vnet).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<GateRule> rule(
      SecurityRule rule, GateRule.Action action, boolean isSure, String vnet) {
    var spot = rule.head().spot();
    var services = AzureServices.of(rule, findings);
    boolean isDeny = rule.access() == Access.DENY;
    if (services.isEmpty() || (isDeny && !AzureServices.isAnyPort(rule.sourcePorts()))) {
      return Optional.empty();
    }
    var source = peers.of(rule.source(), vnet, spot);
    var destination = peers.of(rule.destination(), vnet, spot);
    var other = rule.isInbound() ? source : destination;
    var doubt = Selector.unknown("which networks an admin rule is for is not in the export");
    return Optional.of(
        new GateRule(
            collection(rule) + "/" + rule.head().shown(),
            Optional.of(places.apply(spot)),
            action,
            rule.isInbound() ? destination : source,
            isSure ? other : Selector.allOf(other, doubt),
            services,
            List.of(),
            SecurityGates.text(rule, services)));
  }

  private static String collection(SecurityRule rule) {
    return rule.group().substring(rule.group().lastIndexOf('/') + 1);
  }
}
