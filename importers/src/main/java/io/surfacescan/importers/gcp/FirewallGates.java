package io.surfacescan.importers.gcp;

import static io.surfacescan.reachability.Selector.marked;

import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.cloud.Internet;
import io.surfacescan.importers.gcp.Ancestry.Answer;
import io.surfacescan.importers.gcp.Resource.Firewall;
import io.surfacescan.importers.gcp.Resource.Instance;
import io.surfacescan.importers.gcp.Resource.Network;
import io.surfacescan.importers.gcp.Resource.Policy;
import io.surfacescan.importers.gcp.Rule.Action;
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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Firewall rules and firewall policies as one gate of each network in each direction, with a tier
/// for each policy in the order of their evaluation:
///
/// | tier | before the next |
/// |---|---|
/// | policies of the organization and of folders, from the top | always |
/// | firewall rules of the network, by priority, denies before allows | unless the network has policies first |
/// | the network's global policy | always |
/// | its regional policies, each for its region | always |
/// | denied, if it comes in; allowed, if it goes out | |
///
/// A rule of several tags and ranges becomes a rule for each: so what has a tag keeps one set.
final class FirewallGates {
  private static final String NO_SECURE_TAGS = "the secure tags of instances are not in the export";

  /// A rule with more combinations of both sides stays one.
  private static final int PARTS_MOST = 64;

  private final Inventory inventory;
  private final Findings findings;
  private final Function<SourceOffset, Place> places;
  private final boolean hasUnknownTags;
  private final boolean hasUnknownAccounts;
  private final boolean hasAliases;
  private final Set<SourceOffset> told = new HashSet<>();

  FirewallGates(Inventory inventory, Findings findings, Function<SourceOffset, Place> places) {
    this.inventory = inventory;
    this.findings = findings;
    this.places = places;
    var instances = inventory.instances.values();
    hasUnknownTags = instances.stream().anyMatch(some -> !some.doubts().tags().isEmpty());
    hasUnknownAccounts = instances.stream().anyMatch(some -> !some.doubts().accounts().isEmpty());
    hasAliases =
        instances.stream()
            .flatMap(some -> some.nics().stream())
            .flatMap(nic -> nic.addresses().stream())
            .anyMatch(Resource.Address::isAlias);
  }

  /// @param networks links of those that have interfaces
  void addTo(ReachabilityModel.Builder model, Collection<String> networks) {
    for (String network : networks) {
      if (inventory.network(network).isEmpty() && inventory.hasList(ResourceType.NETWORK)) {
        tellMissing(network);
      }
      for (Direction direction : Direction.values()) {
        model.gate(gate(network, direction));
      }
    }
    tellLists(networks);
    for (Firewall firewall : inventory.firewalls()) {
      if (!networks.contains(inventory.canonical(firewall.network()))) {
        findings.leftOut("firewall rules of networks without instances");
      }
    }
  }

  private void tellMissing(String network) {
    inventory.instances.values().stream()
        .filter(instance ->
            instance.nics().stream()
                .anyMatch(nic -> inventory.canonical(nic.network()).equals(network)))
        .findFirst()
        .map(Instance::head)
        .ifPresent(head ->
            findings.dangling(
                head.spot(),
                "an instance is in the network " + network + ", which is not in the export",
                "add the project that the network is in"));
  }

  private void tellLists(Collection<String> networks) {
    var first = inventory.instances.values().stream().findFirst();
    if (networks.isEmpty() || first.isEmpty()) {
      return;
    }
    if (!inventory.hasList(ResourceType.NETWORK)) {
      findings.absent(
          first.get().head().spot(),
          "the export lists no networks, so their peerings are not known",
          "add what gcloud compute networks list writes");
    }
    if (!inventory.hasList(ResourceType.FIREWALL)) {
      findings.absent(
          first.get().head().spot(),
          "the export lists no firewall rules, so nothing comes in",
          "add what gcloud compute firewall-rules list writes");
    }
  }

  private Gate gate(String network, Direction direction) {
    boolean isIngress = direction == Direction.INGRESS;
    String name = inventory.networkName(network);
    var tiers = new ArrayList<Tier>();
    policiesAbove(network, isIngress).forEach(tiers::add);
    var own =
        new Tier(
            "firewall rules of " + name,
            Selector.everyone(),
            firewallRules(network, isIngress),
            Tier.Otherwise.NEXT);
    var policies = policiesOf(network, isIngress);
    boolean isPolicyFirst = inventory.network(network).map(Network::isPolicyFirst).orElse(false);
    if (isPolicyFirst) {
      tiers.addAll(policies);
      tiers.add(own);
    } else {
      tiers.add(own);
      tiers.addAll(policies);
    }
    tiers.removeIf(tier -> tier.rules().isEmpty());
    return new Gate(
        name + (isIngress ? "/ingress" : "/egress"),
        (isIngress ? "inbound" : "outbound") + " firewall rules of " + name,
        direction,
        marked(GcpMarks.network(name)),
        Selector.nobody(),
        tiers,
        !isIngress);
  }

  private List<GateRule> firewallRules(String network, boolean isIngress) {
    var rules =
        inventory.firewallsOf(network).stream()
            .sorted(
                Comparator.comparingInt((Firewall some) -> some.rule().priority())
                    .thenComparing(some -> some.rule().action())
                    .thenComparing(inventory::firewallId))
            .toList();
    var gateRules = new ArrayList<GateRule>();
    for (Firewall firewall : rules) {
      gateRules.addAll(
          parts(
              firewall.rule(),
              firewall.rule().services(),
              inventory.firewallId(firewall),
              network,
              isIngress,
              ""));
    }
    return gateRules;
  }

  /// The tiers of the policies of folders and of the organization.
  private List<Tier> policiesAbove(String network, boolean isIngress) {
    record Found(Policy policy, String target, Answer answer) {}
    String project = Links.project(network);
    var found = new ArrayList<Found>();
    for (Policy policy : inventory.policies.values()) {
      for (String target : policy.isHierarchical() ? policy.targets() : List.<String>of()) {
        var answer = inventory.ancestry.isIn(project, target);
        if (answer != Answer.NO) {
          found.add(new Found(policy, target, answer));
        }
      }
    }
    found.sort(Comparator.comparingInt(some -> inventory.ancestry.order(project, some.target)));
    var tiers = new ArrayList<Tier>();
    for (Found some : found) {
      boolean isUnknown = some.answer == Answer.UNKNOWN;
      if (some.answer != Answer.YES && told.add(some.policy.head().spot())) {
        findings.assumed(
            some.policy.head().spot(),
            "the export does not say whether the projects are in "
                + some.target
                + ", so its firewall policy "
                + (isUnknown ? "may apply or not" : "is taken to apply"),
            "add what gcloud projects get-ancestors writes");
      }
      tiers.add(
          tier(
              some.policy,
              Selector.everyone(),
              network,
              isIngress,
              isUnknown ? "whether " + some.target + " holds the project is not known" : ""));
    }
    return tiers;
  }

  /// The tiers of the policies of a network: the global one first.
  private List<Tier> policiesOf(String network, boolean isIngress) {
    return inventory.policies.values().stream()
        .filter(policy -> !policy.isHierarchical())
        .filter(
            policy -> policy.targets().stream().map(inventory::canonical).anyMatch(network::equals))
        .sorted(Comparator.comparing(Policy::region))
        .map(policy ->
            tier(
                policy,
                policy.region().isEmpty()
                    ? Selector.everyone()
                    : marked(GcpMarks.region(policy.region())),
                network,
                isIngress,
                ""))
        .toList();
  }

  private Tier tier(
      Policy policy, Selector applies, String network, boolean isIngress, String doubt) {
    String name = inventory.policyName(policy);
    var rules = new ArrayList<GateRule>();
    String left = doubt;
    var leftServices = doubt.isEmpty() ? Services.NONE : Services.ALL;
    for (Rule rule :
        policy.rules().stream()
            .sorted(Comparator.comparingInt(Rule::priority).thenComparing(Rule::action))
            .toList()) {
      String id = rule.id().isEmpty() ? name + "/" + rule.priority() : rule.id();
      if (rule.action() != Action.NEXT) {
        rules.addAll(parts(rule, rule.services().minus(leftServices), id, network, isIngress, ""));
        rules.addAll(parts(rule, rule.services().and(leftServices), id, network, isIngress, left));
        continue;
      }
      String why = doubt.isEmpty() ? doubtOf(rule) : doubt;
      if (why.isEmpty()) {
        rules.addAll(parts(rule, rule.services(), id, network, isIngress, ""));
      } else if (applies(rule, network, isIngress)) {
        // What it passes on is not known, so neither is what comes to the rules behind it.
        left = why;
        leftServices = leftServices.or(rule.services());
      }
    }
    if (!policy.hasRules()) {
      rules.add(unknownRules(policy, name));
    }
    // To pass on what no rule decides on is what happens anyway.
    while (!rules.isEmpty() && rules.getLast().action() == GateRule.Action.PASS) {
      rules.removeLast();
    }
    return new Tier("firewall policy " + name, applies, rules, Tier.Otherwise.NEXT);
  }

  /// Stands for the rules of a policy that comes without them.
  private GateRule unknownRules(Policy policy, String name) {
    if (told.add(policy.head().spot())) {
      findings.absent(
          policy.head().spot(),
          "the rules of the firewall policy " + name + " are not in the export",
          "add what gcloud compute firewall-policies describe writes");
    }
    return GateRule.allow(
        name,
        Optional.empty(),
        Selector.everyone(),
        Selector.unknown("the rules of " + name + " are not in the export"),
        Services.ALL);
  }

  /// Why it is not known what a rule matches; empty if it is.
  private String doubtOf(Rule rule) {
    if (!rule.doubt().isEmpty()) {
      return rule.doubt();
    }
    if (!rule.targets().doubts().isEmpty()) {
      return rule.targets().doubts().getFirst();
    }
    if (!rule.peers().doubts().isEmpty()) {
      return rule.peers().doubts().getFirst();
    }
    if (!rule.peers().outerDoubts().isEmpty()) {
      return rule.peers().outerDoubts().getFirst();
    }
    boolean hasSecureTags =
        !rule.targets().secureTags().isEmpty() || !rule.peers().secureTags().isEmpty();
    boolean hasAccounts = !rule.targets().accounts().isEmpty();
    if (hasSecureTags && !inventory.hasSecureTags()) {
      return NO_SECURE_TAGS;
    }
    return hasAccounts && hasUnknownAccounts ? "the accounts of instances are not known" : "";
  }

  private boolean applies(Rule rule, String network, boolean isIngress) {
    var networks = rule.targets().networks();
    return !rule.isDisabled()
        && rule.isIngress() == isIngress
        && (networks.isEmpty()
            || networks.stream().map(inventory::canonical).anyMatch(network::equals));
  }

  /// What a rule comes to in a network.
  ///
  /// @param services those of the rule that are meant
  private List<GateRule> parts(
      Rule rule, Services services, String id, String network, boolean isIngress, String doubt) {
    if (!applies(rule, network, isIngress)) {
      return List.of();
    }
    if (!rule.unknown().isEmpty() && told.add(rule.spot())) {
      findings.notModelled(
          rule.spot(), "what a firewall rule says of IP protocol " + rule.unknown().getFirst());
    }
    if (services.isEmpty()) {
      return List.of();
    }
    tellDoubts(rule);
    var targets = targets(rule.targets());
    var peers = peers(rule, network);
    boolean isSplit =
        rule.action() == Action.ALLOW
            && targets.size() > 0
            && targets.size() * peers.size() <= PARTS_MOST;
    if (!isSplit) {
      targets = List.of(anyOf(targets));
      peers = List.of(anyOf(peers));
    }
    String why = doubt.isEmpty() ? rule.doubt() : doubt;
    String text = text(rule, id);
    var parts = new ArrayList<GateRule>();
    for (Selector target : targets) {
      for (Selector peer : peers) {
        parts.add(
            new GateRule(
                id,
                Optional.of(places.apply(rule.spot())),
                action(rule.action()),
                rule.targets().ranges().isEmpty()
                    ? target
                    : allOf(target, new Selector.Within(rule.targets().ranges())),
                why.isEmpty() ? peer : allOf(peer, Selector.unknown(why)),
                services,
                List.of(),
                text));
      }
    }
    return parts;
  }

  private void tellDoubts(Rule rule) {
    var doubts = new ArrayList<String>(rule.peers().doubts());
    doubts.addAll(rule.peers().outerDoubts());
    doubts.addAll(rule.targets().doubts());
    if (!rule.doubt().isEmpty()) {
      doubts.add(rule.doubt());
    }
    boolean hasSecureTags =
        !rule.targets().secureTags().isEmpty() || !rule.peers().secureTags().isEmpty();
    if (hasSecureTags && !inventory.hasSecureTags()) {
      doubts.add(NO_SECURE_TAGS);
    }
    if (!doubts.isEmpty() && told.add(rule.spot())) {
      findings.assumed(
          rule.spot(),
          doubts.getFirst() + ", so what a firewall rule allows may be more",
          "see docs/import/gcp.md for what that means");
    }
  }

  private static GateRule.Action action(Action action) {
    return switch (action) {
      case ALLOW -> GateRule.Action.ALLOW;
      case DENY -> GateRule.Action.DENY;
      case NEXT -> GateRule.Action.PASS;
    };
  }

  private List<Selector> targets(Rule.Targets targets) {
    if (targets.isAll()) {
      return List.of(Selector.everyone());
    }
    var found = new ArrayList<Selector>();
    targets.tags().forEach(tag -> found.add(tagged(tag)));
    targets.accounts().forEach(account -> found.add(running(account)));
    secureTags(targets.secureTags()).forEach(found::add);
    targets.doubts().forEach(why -> found.add(Selector.unknown(why)));
    return found;
  }

  private Selector tagged(String tag) {
    return hasUnknownTags
        ? Selector.anyOf(
            marked(GcpMarks.tag(tag)),
            allOf(
                marked(GcpMarks.UNKNOWN_TAGS),
                Selector.unknown("the tags of an instance are not known")))
        : marked(GcpMarks.tag(tag));
  }

  private Selector running(String account) {
    return hasUnknownAccounts
        ? Selector.anyOf(
            marked(GcpMarks.account(account)),
            allOf(
                marked(GcpMarks.UNKNOWN_ACCOUNTS),
                Selector.unknown("the service account of an instance is not known")))
        : marked(GcpMarks.account(account));
  }

  private List<Selector> secureTags(List<String> values) {
    if (values.isEmpty()) {
      return List.of();
    }
    return inventory.hasSecureTags()
        ? values.stream().map(value -> marked(GcpMarks.secureTag(value))).toList()
        : List.of(Selector.unknown(NO_SECURE_TAGS));
  }

  private List<Selector> peers(Rule rule, String network) {
    var peers = rule.peers();
    var place = place(rule, network);
    if (peers.isAll()) {
      return List.of(place.orElse(Selector.everyone()));
    }
    var own = marked(GcpMarks.network(inventory.networkName(network)));
    var found = new ArrayList<Selector>();
    if (!peers.ranges().isEmpty()) {
      found.add(new Selector.Within(peers.ranges()));
    }
    // Tags and accounts of sources mean addresses of interfaces in the same network, and not those
    // of alias ranges.
    peers.tags().forEach(tag -> found.add(source(own, tagged(tag))));
    peers.accounts().forEach(account -> found.add(source(own, running(account))));
    secureTags(peers.secureTags()).forEach(tag -> found.add(source(Selector.everyone(), tag)));
    peers.doubts().forEach(why -> found.add(Selector.unknown(why)));
    var internet = marked(rule.isIngress() ? Internet.IN : Internet.OUT);
    peers.outerDoubts().forEach(why -> found.add(allOf(internet, Selector.unknown(why))));
    return place.map(some -> found.stream().map(each -> allOf(each, some)).toList()).orElse(found);
  }

  private Selector source(Selector own, Selector tagged) {
    return hasAliases
        ? allOf(own, tagged, Selector.not(marked(GcpMarks.ALIAS)))
        : allOf(own, tagged);
  }

  private Optional<Selector> place(Rule rule, String network) {
    String internet = rule.isIngress() ? Internet.IN : Internet.OUT;
    return switch (rule.peers().place()) {
      case ANYWHERE -> Optional.empty();
      case INTERNET -> Optional.of(marked(internet));
      case NOT_INTERNET -> Optional.of(Selector.not(marked(internet)));
      case SAME_NETWORK -> Optional.of(marked(GcpMarks.network(inventory.networkName(network))));
      case NETWORKS ->
          Optional.of(
              anyOf(
                  rule.peers().networks().stream()
                      .map(link ->
                          marked(
                              GcpMarks.network(inventory.networkName(inventory.canonical(link)))))
                      .toList()));
    };
  }

  /// Without what picks everyone.
  private static Selector allOf(Selector... all) {
    var some = new ArrayList<Selector>();
    for (Selector each : all) {
      if (!(each instanceof Selector.Everyone)) {
        some.add(each);
      }
    }
    return some.size() == 1 ? some.getFirst() : new Selector.AllOf(some);
  }

  private static Selector anyOf(List<Selector> any) {
    return any.size() == 1 ? any.getFirst() : new Selector.AnyOf(any);
  }

  private static String text(Rule rule, String id) {
    String verb =
        switch (rule.action()) {
          case ALLOW -> " allows ";
          case DENY -> " denies ";
          case NEXT -> " leaves to the next ";
        };
    var peers = new ArrayList<String>();
    rule.peers().ranges().forEach(range -> peers.add(range.toString()));
    rule.peers().tags().forEach(tag -> peers.add("tag " + tag));
    peers.addAll(rule.peers().accounts());
    peers.addAll(rule.peers().secureTags());
    if (!rule.peers().doubts().isEmpty() || !rule.peers().outerDoubts().isEmpty()) {
      peers.add("what is not known");
    }
    var targets = new ArrayList<String>();
    rule.targets().tags().forEach(tag -> targets.add("tag " + tag));
    targets.addAll(rule.targets().accounts());
    targets.addAll(rule.targets().secureTags());
    return id
        + verb
        + rule.services()
        + (rule.isIngress() ? " from " : " to ")
        + shown(peers)
        + (targets.isEmpty() ? "" : ", for " + shown(targets))
        + ", priority "
        + rule.priority();
  }

  private static String shown(List<String> words) {
    if (words.isEmpty()) {
      return "any";
    }
    String some = String.join(", ", words.subList(0, Math.min(3, words.size())));
    return words.size() > 3 ? some + " and " + (words.size() - 3) + " more" : some;
  }
}
