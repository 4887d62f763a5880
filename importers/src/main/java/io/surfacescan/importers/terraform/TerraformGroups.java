package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Resource.GroupRule;
import io.surfacescan.importers.aws.Resource.Peer;
import io.surfacescan.importers.aws.Resource.SecurityGroup;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// Security groups with their rules: those within a group, and those that are resources.
///
/// A new group without blocks for outbound rules has none: Terraform takes away the one that AWS
/// makes.
final class TerraformGroups {
  private static final String[] GROUPS = {"aws_security_group", "aws_default_security_group"};
  private static final String[] RULES = {
    "aws_security_group_rule",
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule"
  };
  private static final String LATER = "is known only after terraform apply";

  private final TerraformFacts facts;

  TerraformGroups(TerraformFacts facts) {
    this.facts = facts;
  }

  /// What the plan takes away, by the groups.
  Map<String, Set<String>> removed() {
    Map<String, Set<String>> removed = new HashMap<>();
    for (Section rule : facts.removed(RULES)) {
      for (GroupRule gone : apart(rule)) {
        removed.computeIfAbsent(gone.group(), absent -> new HashSet<>()).add(content(gone));
      }
    }
    return removed;
  }

  void add() {
    var removed = removed();
    for (Section rule : facts.of(RULES)) {
      for (GroupRule made : apart(rule)) {
        facts.put(made);
        removed.computeIfAbsent(made.group(), absent -> new HashSet<>()).remove(content(made));
      }
    }
    var known = new HashSet<String>();
    for (Section group : facts.of(GROUPS)) {
      known.add(group.id());
      // A data source knows the group and not its rules.
      if (!group.of().address().isData()) {
        facts.put(group(group, removed.getOrDefault(group.id(), Set.of())));
      }
    }
    for (Section vpc : facts.of("aws_vpc", "aws_default_vpc")) {
      String id = facts.ids().byDefault(vpc.id(), Defaults.GROUP);
      boolean isMade = !vpc.of().address().isData() && !facts.isExported(vpc.id());
      if (isMade && !known.contains(id)) {
        facts.put(byDefault(vpc, id));
      }
    }
  }

  /// What a rule says, whatever it is called.
  static String content(GroupRule rule) {
    boolean isAll = rule.protocol().equals("-1") || rule.protocol().equalsIgnoreCase("all");
    String services =
        isAll ? "all" : rule.protocol() + " " + rule.from().orElse(0) + "-" + rule.to().orElse(0);
    return rule.isEgress() + " " + services + " " + rule.peer();
  }

  private SecurityGroup group(Section group, Set<String> removed) {
    var rules = new ArrayList<GroupRule>();
    for (String key : List.of("ingress", "egress")) {
      boolean isEgress = key.equals("egress");
      var blocks = group.sections(key);
      for (Section block : blocks) {
        for (GroupRule rule : within(group, block, isEgress)) {
          if (!group.isComputed(key) || !removed.contains(content(rule))) {
            rules.add(rule);
          }
        }
      }
      if (blocks.isEmpty() && group.isUnknown(key)) {
        if (group.isComputed(key)) {
          takenAsEmpty(group, key);
        } else {
          rules.add(unknown(group, isEgress));
        }
      }
    }
    String vpc = group.link("vpc_id", Wanted.VPC);
    return new SecurityGroup(facts.header(group), group.text("name"), vpc, rules);
  }

  /// A plan does not tell a `dynamic` block of rules that are not known from no block at all.
  private void takenAsEmpty(Section group, String key) {
    facts.assumed(
        group.spot(),
        "no " + key + " rules are written in the security group, so it is taken to have none there",
        "a dynamic block whose rules are known only after terraform apply does not stand in a plan;"
            + " name its files with --terraform-source, or read the state after it");
  }

  private GroupRule unknown(Section group, boolean isEgress) {
    String why = "the rules of " + group.of().text() + " are known only after terraform apply";
    facts.assumed(
        group.spot(),
        why + ", so they may allow everything",
        "read the state after it, or write the rules so that the plan knows them");
    return new GroupRule(
        "",
        group.id(),
        isEgress,
        "-1",
        OptionalInt.empty(),
        OptionalInt.empty(),
        new Peer.Unknown(why),
        why,
        facts.unit(group),
        group.spot());
  }

  private SecurityGroup byDefault(Section vpc, String id) {
    var rules = new ArrayList<GroupRule>();
    rules.add(byDefault(vpc, id, false, new Peer.Group(id, false)));
    for (AddressRange all : List.of(AddressRange.ALL_V4, AddressRange.ALL_V6)) {
      rules.add(byDefault(vpc, id, true, new Peer.Range(all)));
    }
    return new SecurityGroup(facts.header(vpc, id), "default", vpc.id(), rules);
  }

  private GroupRule byDefault(Section vpc, String group, boolean isEgress, Peer peer) {
    return new GroupRule(
        "",
        group,
        isEgress,
        "-1",
        OptionalInt.empty(),
        OptionalInt.empty(),
        peer,
        "",
        facts.unit(vpc),
        vpc.spot());
  }

  /// The rules of a block of a group, one for each peer.
  private List<GroupRule> within(Section group, Section block, boolean isEgress) {
    var peers = new Peers(block, group.id());
    peers.ranges("cidr_blocks");
    peers.ranges("ipv6_cidr_blocks");
    peers.lists("prefix_list_ids");
    peers.groups("security_groups");
    peers.self("self");
    return peers.rules("", isEgress, block.text("protocol"));
  }

  /// The rules of a resource, one for each peer.
  private List<GroupRule> apart(Section rule) {
    boolean isOne = !rule.of().type().equals("aws_security_group_rule");
    var group = rule.linked("security_group_id", Wanted.GROUP);
    var rules = new ArrayList<GroupRule>();
    if (group.ids().isEmpty()) {
      facts.assumed(
          rule.spot(),
          "the security group of " + rule.of().text() + " " + LATER + ", so its rule is left out",
          "read the state after it");
    }
    for (String id : group.ids()) {
      var peers = new Peers(rule, id);
      if (group.ids().size() > 1) {
        peers.doubt = "the security group of " + rule.of().text() + " " + LATER;
      }
      boolean isEgress =
          isOne
              ? rule.of().type().equals("aws_vpc_security_group_egress_rule")
              : rule.text("type").equals("egress");
      if (isOne) {
        peers.ranges("cidr_ipv4");
        peers.ranges("cidr_ipv6");
        peers.lists("prefix_list_id");
        peers.groups("referenced_security_group_id");
      } else {
        peers.ranges("cidr_blocks");
        peers.ranges("ipv6_cidr_blocks");
        peers.lists("prefix_list_ids");
        peers.groups("source_security_group_id");
        peers.self("self");
      }
      rules.addAll(
          peers.rules(rule.of().text(), isEgress, rule.firstText("protocol", "ip_protocol")));
    }
    return rules;
  }

  /// Gathers the peers of a rule.
  private final class Peers {
    private record Found(Peer peer, String doubt) {}

    private final Section rule;
    private final String group;
    private final List<Found> found = new ArrayList<>();
    private String doubt = "";

    Peers(Section rule, String group) {
      this.rule = rule;
      this.group = group;
    }

    private String address() {
      return rule.of().text();
    }

    private void unknown(String what) {
      String why = what + " of a rule of " + address() + " " + LATER;
      facts.assumed(
          rule.spot(),
          why + ", so it may be anybody",
          "read the state after it, or write it so that the plan knows it");
      found.add(new Found(new Peer.Unknown(why), ""));
    }

    /// Values that the provider decides on are none here.
    private boolean isLater(String key) {
      return rule.isUnknown(key) && !rule.isComputed(key);
    }

    void ranges(String key) {
      for (String text : rule.texts(key)) {
        found.add(
            new Found(
                AddressRange.parse(text)
                    .<Peer>map(Peer.Range::new)
                    .orElseGet(() -> new Peer.Other(text)),
                ""));
      }
      if (isLater(key)) {
        unknown("the peer");
      }
    }

    void lists(String key) {
      var linked = rule.linked(key, Wanted.PREFIX_LIST);
      linked.ids().forEach(id -> found.add(new Found(new Peer.PrefixList(id), "")));
      if (!linked.isWhole() && isLater(key)) {
        unknown("the peer");
      }
    }

    void groups(String key) {
      var linked = rule.linked(key, Wanted.GROUP);
      String why = linked.isExact() ? "" : "the peer of a rule of " + address() + " " + LATER;
      if (!why.isEmpty()) {
        facts.assumed(
            rule.spot(),
            why + ", and may be one of several security groups",
            "read the state after it");
      }
      for (String id : linked.ids()) {
        // Another account's group: ACCOUNT/ID.
        String own = id.matches("\\d{12}/sg-.*") ? id.substring(13) : id;
        found.add(new Found(new Peer.Group(own, false), why));
      }
      if (!linked.isWhole() && isLater(key)) {
        unknown("the peer");
      }
    }

    void self(String key) {
      if (rule.isTrue(key)) {
        found.add(new Found(new Peer.Group(group, false), ""));
      } else if (isLater(key)) {
        found.add(
            new Found(
                new Peer.Group(group, false),
                "whether a rule of " + address() + " is about its own group " + LATER));
      }
    }

    List<GroupRule> rules(String id, boolean isEgress, String protocol) {
      boolean isVague =
          isLater("protocol")
              || isLater("ip_protocol")
              || isLater("from_port")
              || isLater("to_port");
      String vague = isVague ? "the ports of a rule of " + address() + " " + LATER : "";
      if (isVague) {
        facts.assumed(rule.spot(), vague + ", so they may be any", "read the state after it");
      }
      var rules = new ArrayList<GroupRule>();
      for (Found each : found) {
        String why = !each.doubt.isEmpty() ? each.doubt : !vague.isEmpty() ? vague : doubt;
        boolean keepsProtocol = !isLater("protocol") && !isLater("ip_protocol");
        rules.add(
            new GroupRule(
                id.isEmpty() || found.size() == 1 ? id : id + "/" + each.peer,
                group,
                isEgress,
                keepsProtocol && !protocol.isEmpty() ? protocol : "-1",
                isVague ? OptionalInt.empty() : rule.number("from_port"),
                isVague ? OptionalInt.empty() : rule.number("to_port"),
                each.peer,
                why,
                facts.unit(rule),
                rule.spot()));
      }
      return rules;
    }
  }
}
