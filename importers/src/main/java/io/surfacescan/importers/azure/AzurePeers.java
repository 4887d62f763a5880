package io.surfacescan.importers.azure;

import io.surfacescan.importers.azure.AzureResource.Hop;
import io.surfacescan.importers.azure.AzureResource.Route;
import io.surfacescan.importers.azure.AzureResource.Side;
import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.cloud.Internet;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.reachability.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Whom the sides of rules mean: ranges, service tags, application security groups.
///
/// | tag | meaning |
/// |---|---|
/// | `VirtualNetwork` | the network, the ones peered with it that it has access to, and perhaps what its routes name |
/// | `Internet` | the internet |
/// | `AzureLoadBalancer` and others of the platform | nobody: probes are no attackers |
/// | others | public addresses, which the list that Azure publishes tells; without it they are assumed |
final class AzurePeers {
  private final AzureInventory inventory;
  private final AzureNetworks networks;
  private final Findings findings;
  private final Map<String, Selector> virtualNetworks = new HashMap<>();

  AzurePeers(AzureInventory inventory, AzureNetworks networks, Findings findings) {
    this.inventory = inventory;
    this.networks = networks;
    this.findings = findings;
  }

  /// @param vnet the network of the interfaces that the rule guards
  Selector of(Side side, String vnet, SourceOffset spot) {
    var any = new ArrayList<Selector>();
    var ranges = new ArrayList<AddressRange>();
    for (String prefix : side.prefixes()) {
      var range = range(prefix.strip());
      if (range.isPresent()) {
        ranges.add(range.get());
      } else {
        any.add(tag(prefix.strip(), vnet, spot));
      }
    }
    if (any.contains(Selector.everyone())) {
      return Selector.everyone();
    }
    if (!ranges.isEmpty()) {
      any.add(new Selector.Within(ranges));
    }
    side.asgs().forEach(asg -> any.add(Selector.marked(AzureMarks.asg(asg))));
    side.networkGroups().forEach(group -> any.add(members(group, spot)));
    if (side.prefixes().isEmpty() && side.asgs().isEmpty() && side.networkGroups().isEmpty()) {
      findings.assumed(
          spot, "a rule does not say whom it is about, so it may be anybody", "export it whole");
      return Selector.unknown("the rule does not say whom it is about");
    }
    return any.size() == 1 ? any.getFirst() : new Selector.AnyOf(any);
  }

  /// An address, a CIDR, or two addresses with a hyphen between them.
  private static Optional<AddressRange> range(String text) {
    int hyphen = text.indexOf('-');
    if (hyphen < 0) {
      return AddressRange.parse(text);
    }
    var first = AddressRange.parse(text.substring(0, hyphen).strip());
    var last = AddressRange.parse(text.substring(hyphen + 1).strip());
    return first.isPresent()
            && last.isPresent()
            && first.get().isV6() == last.get().isV6()
            && first.get().compareTo(last.get()) <= 0
        ? Optional.of(between(first.get(), last.get()))
        : Optional.empty();
  }

  private static AddressRange between(AddressRange first, AddressRange last) {
    return new AddressRange(
        first.isV6(), first.firstHigh(), first.firstLow(), last.lastHigh(), last.lastLow());
  }

  private Selector tag(String text, String vnet, SourceOffset spot) {
    return switch (text.toLowerCase(Locale.ROOT).replace("_", "")) {
      case "*", "any" -> Selector.everyone();
      case Side.LATER -> unknown(spot);
      case "virtualnetwork" -> virtualNetwork(vnet);
      case "internet" -> internet();
      case "azureloadbalancer", "azureplatformdns", "azureplatformimds", "azureplatformlkm" ->
          Selector.nobody();
      default ->
          inventory
              .rangesOf(text)
              .map(ranges -> Selector.allOf(internet(), new Selector.Within(ranges)))
              .orElseGet(() -> unknownTag(text, spot));
    };
  }

  private Selector members(String group, SourceOffset spot) {
    var members = inventory.members.get(group);
    if (members == null) {
      findings.assumed(
          spot,
          "who is in the network group " + group + " is not in the export",
          "add what az network manager group static-member list writes");
      return Selector.allOf(
          Selector.not(internet()),
          Selector.unknown("who is in the network group " + group + " is not in the export"));
    }
    return new Selector.AnyOf(
        members.stream()
            .map(member ->
                AzureId.parent(member).isEmpty()
                    ? AzureMarks.vnet(networks.name(member))
                    : AzureMarks.subnet(networks.subnetName(member)))
            .map(Selector::marked)
            .toList());
  }

  private static Selector internet() {
    return Selector.marked(Internet.EITHER);
  }

  private Selector unknown(SourceOffset spot) {
    findings.assumed(
        spot,
        "a range of a rule is known only after terraform apply, so it may be any",
        "read the state after terraform apply");
    return Selector.unknown("a range of the rule is known only after terraform apply");
  }

  private Selector unknownTag(String text, SourceOffset spot) {
    findings.assumed(
        spot,
        "the addresses of the service tag " + text + " are not in the export",
        "add what az network list-service-tags writes");
    return Selector.allOf(
        internet(), Selector.unknown("the addresses of " + text + " are not in the export"));
  }

  /// Azure adds what routes of a network lead elsewhere to its tag.
  private Selector virtualNetwork(String vnet) {
    return virtualNetworks.computeIfAbsent(
        vnet,
        ignored -> {
          var own = Selector.marked(AzureMarks.virtualNetwork(networks.name(vnet)));
          var routed = routedRanges(vnet);
          return routed.isEmpty()
              ? own
              : Selector.anyOf(
                  own,
                  Selector.allOf(
                      new Selector.Within(routed),
                      Selector.unknown(
                          "VirtualNetwork may hold what the routes of "
                              + networks.name(vnet)
                              + " name")));
        });
  }

  private List<AddressRange> routedRanges(String vnet) {
    var ranges = new ArrayList<AddressRange>();
    inventory.subnetsOf(vnet).stream()
        .flatMap(subnet -> inventory.tables.find(inventory.tableOf(subnet)).stream())
        .distinct()
        .flatMap(table -> inventory.routesOf(table).stream())
        .filter(route -> route.hop() == Hop.APPLIANCE || route.hop() == Hop.GATEWAY)
        .map(Route::prefix)
        .forEach(prefix -> AddressRange.parse(prefix).ifPresent(ranges::add));
    return AddressRange.joined(ranges);
  }
}
