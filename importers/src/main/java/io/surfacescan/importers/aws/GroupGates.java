package io.surfacescan.importers.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.surfacescan.importers.aws.Resource.GroupRule;
import io.surfacescan.importers.aws.Resource.Peer;
import io.surfacescan.importers.aws.Resource.SecurityGroup;
import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.cloud.Ranges;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.text.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Security groups as one gate for each direction: the rules of all groups of an interface are one
/// set, and any of them allows.
///
/// A reference to a group means the interfaces that have it, in the same VPC or one with an active
/// peering; over a transit gateway only where that supports references.
record GroupGates(Inventory inventory, Findings findings, Function<SourceOffset, Place> places) {
  private static final int HASH_CHARS = 12;

  void addTo(ReachabilityModel.Builder model) {
    var rules = new ArrayList<GroupRule>();
    var owners = new IdentityHashMap<GroupRule, SecurityGroup>();
    var groupsOfId = new HashMap<String, Set<SecurityGroup>>();
    for (SecurityGroup group : inventory.groups.all()) {
      for (GroupRule rule : rulesOf(group)) {
        rules.add(rule);
        owners.put(rule, group);
        if (!rule.id().isEmpty()) {
          groupsOfId.computeIfAbsent(rule.id(), absent -> identities()).add(group);
        }
      }
    }
    var shared = new HashSet<String>();
    groupsOfId.forEach((id, groups) -> {
      if (groups.size() > 1) {
        shared.add(id);
      }
    });
    for (Direction direction : Direction.values()) {
      boolean isEgress = direction == Direction.EGRESS;
      var gateRules = new ArrayList<GateRule>();
      for (GroupRule rule : rules) {
        if (rule.isEgress() == isEgress) {
          gateRule(rule, Objects.requireNonNull(owners.get(rule)), shared)
              .ifPresent(gateRules::add);
        }
      }
      gateRules.add(
          GateRule.allow(
              "unknown-groups",
              Optional.empty(),
              Selector.marked(AwsMarks.UNKNOWN_GROUPS),
              Selector.unknown("the export lacks security groups"),
              Services.ALL));
      model.gate(
          Gate.of(
              isEgress ? "security-groups/egress" : "security-groups/ingress",
              isEgress ? "outbound rules of security groups" : "inbound rules of security groups",
              direction,
              Selector.marked(AwsMarks.GROUPED),
              isEgress ? Selector.nobody() : Selector.marked(AwsMarks.UNCHECKED_CLIENT),
              gateRules));
    }
  }

  private static Set<SecurityGroup> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>(2));
  }

  /// The rules of a group as the group lists them, with the ids of the rules that are listed by
  /// themselves, and those of them that the group does not list.
  private List<GroupRule> rulesOf(SecurityGroup group) {
    Map<String, GroupRule> byContent = new HashMap<>();
    var rules = new ArrayList<GroupRule>();
    for (GroupRule rule : inventory.rulesOf(group)) {
      byContent.put(content(rule), rule);
    }
    for (GroupRule rule : group.rules()) {
      var listed = byContent.remove(content(rule));
      rules.add(listed == null ? rule : listed);
    }
    inventory.rulesOf(group).stream()
        .filter(rule -> byContent.containsValue(rule))
        .forEach(rules::add);
    return rules;
  }

  private static String content(GroupRule rule) {
    return rule.isEgress() + " " + services(rule) + " " + rule.peer();
  }

  private static Services services(GroupRule rule) {
    return Protocols.services(rule.protocol(), rule.from(), rule.to());
  }

  /// @param shared ids of rules that stand for several
  private Optional<GateRule> gateRule(GroupRule rule, SecurityGroup group, Set<String> shared) {
    var services = services(rule);
    if (services.isEmpty()) {
      findings.notModelled(
          rule.spot(), "a security group's rule about IP protocol " + rule.protocol());
      return Optional.empty();
    }
    String name = inventory.groups.name(group);
    return Optional.of(
        new GateRule(
            id(rule, group, name, services, shared),
            Optional.of(places.apply(rule.spot())),
            GateRule.Action.ALLOW,
            Selector.marked(AwsMarks.group(name)),
            rule.doubt().isEmpty()
                ? peers(rule, group)
                : Selector.allOf(peers(rule, group), Selector.unknown(rule.doubt())),
            services,
            List.of(),
            name + " allows " + services + (rule.isEgress() ? " to " : " from ") + rule.peer()));
  }

  private String id(
      GroupRule rule, SecurityGroup group, String name, Services services, Set<String> shared) {
    if (rule.id().isEmpty()) {
      return hashed(rule, name, services);
    }
    return shared.contains(rule.id())
        ? inventory.scopes.of(group.head()) + "/" + rule.id()
        : rule.id();
  }

  private static String hashed(GroupRule rule, String group, Services services) {
    byte[] content = (services + " " + rule.peer()).getBytes(UTF_8);
    String hash = HexFormat.of().formatHex(Sha256.digest().digest(content));
    return group + (rule.isEgress() ? "/egress/" : "/ingress/") + hash.substring(0, HASH_CHARS);
  }

  private Selector peers(GroupRule rule, SecurityGroup group) {
    return switch (rule.peer()) {
      case Peer.Range(var range) -> within(List.of(range));
      case Peer.PrefixList(String id) ->
          inventory
              .rangesOf(id, rule.unit())
              .map(this::within)
              .orElseGet(() -> unknownList(rule, id));
      case Peer.Group peer -> members(rule, group, peer);
      case Peer.Unknown(String why) -> Selector.unknown(why);
      case Peer.Other(String text) -> {
        findings.assumed(
            rule.spot(),
            "the peer \""
                + text
                + "\" of a security group's rule is not understood, so it may be anybody",
            "correct it");
        yield Selector.unknown("the peer " + text + " is not understood");
      }
    };
  }

  private Selector within(List<AddressRange> ranges) {
    if (Ranges.areOfDocuments(ranges) && !inventory.haveHosts(ranges)) {
      findings.allowsDocumentation();
    }
    return new Selector.Within(ranges);
  }

  private Selector unknownList(GroupRule rule, String id) {
    findings.assumed(
        rule.spot(),
        "the prefix list " + id + " comes without its entries, so it may hold every address",
        "add what get-managed-prefix-list-entries writes");
    return Selector.unknown("the prefix list " + id + " comes without its entries");
  }

  private Selector members(GroupRule rule, SecurityGroup group, Peer.Group peer) {
    var referred = inventory.groups.find(peer.id(), rule.unit());
    if (peer.isGone() || referred.isEmpty()) {
      findings.dangling(
          rule.spot(),
          "a rule refers to the security group "
              + peer.id()
              + (peer.isGone() ? ", whose peering is gone" : ", which is not in the export"),
          peer.isGone() ? "remove the rule" : "add the account that owns it");
      return peer.isGone() ? Selector.nobody() : Selector.marked(AwsMarks.group(peer.id()));
    }
    var members = Selector.marked(AwsMarks.group(inventory.groups.name(referred.get())));
    var own = inventory.vpcs.find(group.vpc(), group.head().unit());
    var others = inventory.vpcs.find(referred.get().vpc(), referred.get().head().unit());
    if (own.isEmpty() || others.isEmpty() || own.get().equals(others.get())) {
      return members;
    }
    boolean isReachable =
        inventory.arePeered(own.get(), others.get())
            || (!rule.isEgress() && inventory.haveReferences(own.get(), others.get()));
    if (isReachable) {
      return members;
    }
    findings.dangling(
        rule.spot(),
        "a rule refers to the security group "
            + peer.id()
            + " of a VPC without an active peering, so it matches nothing",
        "remove the rule, or add the peering connections of the other account");
    return Selector.nobody();
  }
}
