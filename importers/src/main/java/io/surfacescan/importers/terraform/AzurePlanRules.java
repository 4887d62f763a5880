package io.surfacescan.importers.terraform;

import io.surfacescan.importers.azure.AzureId;
import io.surfacescan.importers.azure.AzureResource.Access;
import io.surfacescan.importers.azure.AzureResource.Header;
import io.surfacescan.importers.azure.AzureResource.SecurityGroup;
import io.surfacescan.importers.azure.AzureResource.SecurityRule;
import io.surfacescan.importers.azure.AzureResource.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Network security groups with their rules, be these blocks within them or resources.
final class AzurePlanRules {
  private static final String GROUPS = AzureLinks.NETWORK + "networkSecurityGroups";
  private static final String BLOCKS = "security_rule";
  private static final int FIRST = 0;

  /// Behind all rules but the default ones.
  private static final int LAST = 4097;

  private static final List<String> ANY = List.of("*");

  private final AzureLinks links;

  AzurePlanRules(AzureLinks links) {
    this.links = links;
  }

  void add(Map<AzureId, Section> groups) {
    var apart = new HashSet<String>();
    var gone = new HashSet<String>();
    for (Section section : links.facts().removed("azurerm_network_security_rule")) {
      outer(section).ids().forEach(group -> gone.add(AzureLinks.name(group, section)));
    }
    for (Section section : links.managed("azurerm_network_security_rule")) {
      var outer = outer(section);
      String doubt =
          outer.sure().isPresent()
              ? ""
              : "the group of " + section.of().text() + " is known only after terraform apply";
      for (AzureId group :
          outer.isWhole() || !outer.ids().isEmpty() ? outer.ids() : groups.keySet()) {
        apart.add(AzureLinks.name(group, section));
        var id = AzureLinks.within(group, "securityrules", section.id() + " of its own", section);
        rules(section, new Header(id, section.of().text(), section.spot()), group, doubt)
            .forEach(links::put);
      }
    }
    groups.forEach((id, section) -> {
      var rules = new ArrayList<SecurityRule>();
      for (Section block : links.inline(section, BLOCKS, id, apart, gone)) {
        String name = block.text("name");
        String own =
            AzureLinks.isGiven(id) && !name.isEmpty() ? "" : " at " + block.spot().offset();
        var inner = id.within("securityrules", AzureLinks.lower(name) + own, name);
        rules.addAll(rules(block, new Header(inner, name, block.spot()), id, ""));
      }
      if (AzureLinks.areBlocksUnknown(section, BLOCKS)) {
        rules.addAll(unknown(section, id));
      } else if (section.isUnknown(BLOCKS)
          && rules.isEmpty()
          && apart.stream().noneMatch(name -> name.startsWith(id.key() + "/"))) {
        links
            .facts()
            .assumed(
                section.spot(),
                "no rules are written for the security group, so it is taken to have none",
                "a dynamic block whose rules are known only after terraform apply does not stand in"
                    + " a plan; name its files with --terraform-source, or read the state after it");
      }
      links.put(new SecurityGroup(links.header(section, id), rules, List.of(), List.of()));
    });
  }

  private AzureLinks.Targets outer(Section section) {
    return links.outer(section, "network_security_group_name", GROUPS, AzureLinks.GROUP);
  }

  /// What a group may allow whose rules nobody knows.
  private List<SecurityRule> unknown(Section section, AzureId group) {
    String doubt = "the rules of " + section.of().text() + " are known only after terraform apply";
    links.facts().assumed(section.spot(), doubt, AzureLinks.REMEDY);
    var any = new Side(ANY, List.of(), List.of());
    var rules = new ArrayList<SecurityRule>();
    for (boolean isInbound : new boolean[] {true, false}) {
      String name = isInbound ? "unknown-inbound" : "unknown-outbound";
      var id = group.within("securityrules", name, name);
      rules.add(
          new SecurityRule(
              new Header(id, name, section.spot()),
              group.key(),
              FIRST,
              isInbound,
              Access.ALLOW,
              "*",
              ANY,
              ANY,
              any,
              any,
              doubt));
    }
    return rules;
  }

  /// A rule; two if nobody knows its direction.
  private List<SecurityRule> rules(Section section, Header head, AzureId group, String doubt) {
    String why = doubt;
    for (String key :
        List.of(
            "access",
            "destination_port_range",
            "destination_port_ranges",
            "direction",
            "priority",
            "protocol",
            "source_port_range",
            "source_port_ranges")) {
      if (AzureLinks.isLater(section, key)) {
        why = key + " of " + head.shown() + " is known only after terraform apply";
      }
    }
    if (!why.isEmpty()) {
      links.facts().assumed(section.spot(), why + ", so it may be any", AzureLinks.REMEDY);
    }
    var access = Access.of(section.text("access"));
    var rules = new ArrayList<SecurityRule>();
    String direction = AzureLinks.lower(section.text("direction"));
    for (boolean isInbound : new boolean[] {true, false}) {
      if (direction.isEmpty() || direction.equals("inbound") == isInbound) {
        var id =
            direction.isEmpty()
                ? head.id().within("directions", "" + isInbound, head.id().text())
                : head.id();
        rules.add(
            new SecurityRule(
                new Header(id, head.name(), head.spot()),
                group.key(),
                section.number("priority").orElse(access == Access.DENY ? LAST : FIRST),
                isInbound,
                access,
                section.text("protocol"),
                ports(section, "destination_port_range"),
                ports(section, "source_port_range"),
                side(section, "source"),
                side(section, "destination"),
                why));
      }
    }
    return rules;
  }

  private static List<String> ports(Section section, String key) {
    if (AzureLinks.isLater(section, key) || AzureLinks.isLater(section, key + "s")) {
      return ANY;
    }
    var ports = new ArrayList<String>(section.texts(key));
    ports.addAll(section.texts(key + "s"));
    return ports;
  }

  private Side side(Section section, String side) {
    var prefixes = new ArrayList<String>(section.texts(side + "_address_prefix"));
    prefixes.addAll(section.texts(side + "_address_prefixes"));
    var asgs = links.linked(section, side + "_application_security_group_ids", AzureLinks.ASG);
    if (AzureLinks.isLater(section, side + "_address_prefix")
        || AzureLinks.isLater(section, side + "_address_prefixes")
        || !asgs.isWhole()) {
      prefixes.add(Side.LATER);
    }
    return new Side(prefixes, asgs.isWhole() ? asgs.keys() : List.of(), List.of());
  }
}
