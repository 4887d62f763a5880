package io.surfacescan.importers.azure;

import io.surfacescan.importers.azure.AzureResource.EffectiveGroup;
import io.surfacescan.importers.azure.AzureResource.EffectiveRule;
import io.surfacescan.importers.azure.AzureResource.Nic;
import io.surfacescan.importers.azure.AzureResource.SecurityGroup;
import io.surfacescan.importers.azure.AzureResource.SecurityRule;
import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.cloud.Ranges;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Compares the rules that Azure says count for an interface with those that were read. Where they
/// differ, the export is of two times, lacks something, or is read wrongly.
final class EffectiveGroups {
  private static final String REMEDY = "write both at one time, and add what the export lacks";

  /// The address of the platform itself, which is in every network.
  private static final List<AddressRange> PLATFORM = Ranges.ofTexts(List.of("168.63.129.16/32"));

  private final AzureInventory inventory;
  private final AzureNetworks networks;
  private final Findings findings;

  EffectiveGroups(AzureInventory inventory, AzureNetworks networks, Findings findings) {
    this.inventory = inventory;
    this.networks = networks;
    this.findings = findings;
  }

  void check() {
    for (EffectiveGroup some : inventory.effective) {
      inventory.groups.find(some.group()).ifPresent(group -> check(some, group));
    }
  }

  private void check(EffectiveGroup effective, SecurityGroup group) {
    checkUse(effective);
    Map<String, SecurityRule> read = new TreeMap<>();
    for (SecurityRule rule : SecurityGates.rulesOf(group, inventory)) {
      read.put(fold(rule.head().shown()), rule);
    }
    var told = new HashMap<String, EffectiveRule>();
    for (EffectiveRule rule : effective.rules()) {
      String name = fold(rule.rule().head().shown());
      told.put(name, rule);
      var own = read.get(name);
      if (own == null) {
        differs(effective, "rule " + rule.rule().head().shown() + ", which the export lacks");
      } else if (!text(own).equals(text(rule.rule()))) {
        differs(effective, "rule " + text(rule.rule()) + "; the export has " + text(own));
      }
      if (name.equals("allowvnetinbound")) {
        checkNetwork(effective, rule.sources());
      }
    }
    read.forEach((name, rule) -> {
      if (!told.containsKey(name)) {
        differs(effective, "no rule " + rule.head().shown() + ", which the export has");
      }
    });
  }

  private void checkUse(EffectiveGroup effective) {
    if (!effective.nic().isEmpty()) {
      inventory
          .nics
          .find(effective.nic())
          .map(inventory::groupOf)
          .filter(group -> !group.equals(effective.group()))
          .ifPresent(ignored ->
              differs(effective, "the group for an interface that has another in the export"));
    }
    if (!effective.subnet().isEmpty()
        && !inventory.groupOf(effective.subnet()).equals(effective.group())) {
      differs(effective, "the group for a subnet that has another in the export");
    }
  }

  /// What `VirtualNetwork` means, as far as Azure says.
  private void checkNetwork(EffectiveGroup effective, List<AddressRange> told) {
    String subnet = effective.subnet();
    if (subnet.isEmpty()) {
      subnet =
          inventory.nics.find(effective.nic()).map(Nic::configurations).stream()
              .flatMap(List::stream)
              .map(AzureResource.IpConfiguration::subnet)
              .findFirst()
              .orElse("");
    }
    String vnet = AzureInventory.vnetOf(subnet);
    if (told.isEmpty() || networks.rangesOf(vnet).isEmpty()) {
      return;
    }
    var known = new ArrayList<AddressRange>(networks.rangesOf(vnet));
    for (var peer : networks.peersOf(vnet)) {
      if (peer.isInTag()) {
        known.addAll(networks.rangesOf(peer.vnet()));
      }
    }
    var more = Ranges.minus(Ranges.minus(told, known), PLATFORM);
    var less = Ranges.minus(known, told);
    if (!more.isEmpty()) {
      differs(effective, "that VirtualNetwork holds " + text(more) + ", which the export lacks");
    }
    if (!less.isEmpty()) {
      differs(effective, "that VirtualNetwork lacks " + text(less) + ", which the export has");
    }
  }

  private static String text(List<AddressRange> ranges) {
    return String.join(
        ", ", AddressRange.joined(ranges).stream().limit(3).map(Object::toString).toList());
  }

  /// What a rule says, without its sides: Azure writes these in other ways.
  private static String text(SecurityRule rule) {
    var services = AzureServices.of(rule, new Findings(new ProblemLog(), new TreeMap<>(), ""));
    return fold(rule.head().shown())
        + " (priority "
        + rule.priority()
        + ", "
        + (rule.isInbound() ? "inbound, " : "outbound, ")
        + rule.access().name().toLowerCase(Locale.ROOT)
        + " "
        + services
        + ")";
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private void differs(EffectiveGroup effective, String what) {
    String group = effective.group().substring(effective.group().lastIndexOf('/') + 1);
    findings.assumed(
        effective.head().spot(),
        "the effective rules of the security group " + group + " have " + what,
        REMEDY);
  }
}
