package io.surfacescan.importers.terraform;

import io.surfacescan.importers.gcp.Protocols;
import io.surfacescan.importers.gcp.Resource.Firewall;
import io.surfacescan.importers.gcp.Resource.Header;
import io.surfacescan.importers.gcp.Resource.Policy;
import io.surfacescan.importers.gcp.Rule;
import io.surfacescan.importers.gcp.Rule.Action;
import io.surfacescan.importers.gcp.Rule.Peers;
import io.surfacescan.importers.gcp.Rule.Place;
import io.surfacescan.importers.gcp.Rule.Targets;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Firewall rules, and firewall policies with their rules and associations.
final class GoogleRules {
  private static final int PRIORITY_USUAL = 1000;

  private static final List<String> POLICIES =
      List.of(
          "google_compute_firewall_policy",
          "google_compute_network_firewall_policy",
          "google_compute_region_network_firewall_policy",
          "google_compute_firewall_policy_with_rules",
          "google_compute_network_firewall_policy_with_rules",
          "google_compute_region_network_firewall_policy_with_rules");

  /// What belongs to a policy by its name.
  private static final String[] ASSOCIATED =
      POLICIES.stream()
          .flatMap(type -> Stream.of(type + "_rule", type + "_association"))
          .toArray(String[]::new);

  static final Wanted POLICY = new Wanted(Set.copyOf(POLICIES), List.of());

  private final GoogleFacts google;

  GoogleRules(GoogleFacts google) {
    this.google = google;
  }

  void add() {
    for (Section section : google.facts().of("google_compute_firewall")) {
      if (!section.of().address().isData()) {
        addFirewall(section);
      }
    }
    addPolicies();
  }

  private void addFirewall(Section section) {
    String network = google.networkOrOnly(section, "network");
    if (network.isEmpty()) {
      return;
    }
    boolean isIngress = !section.text("direction").equalsIgnoreCase("EGRESS");
    boolean denies = !section.sections("deny").isEmpty();
    var doubts = new ArrayList<String>();
    var ownDoubts = new ArrayList<String>();
    var targetDoubts = new ArrayList<String>();
    var sources =
        google.ranges(section, "source_ranges", "a range", isIngress ? doubts : ownDoubts);
    var destinations =
        google.ranges(section, "destination_ranges", "a range", isIngress ? ownDoubts : doubts);
    var tags = google.texts(section, "source_tags", "a source tag", doubts);
    var accounts = google.accounts(section, "source_service_accounts", doubts);
    var protocols = protocols(section, denies ? "deny" : "allow", "protocol", ownDoubts);
    var ranges = isIngress ? sources : destinations;
    boolean isAny = ranges.isEmpty() && tags.isEmpty() && accounts.isEmpty() && doubts.isEmpty();
    boolean isVagueState = section.isUnknown("disabled") && !section.isComputed("disabled");
    if (isVagueState) {
      ownDoubts.add("whether " + section.of().text() + " is disabled " + GoogleFacts.LATER);
    }
    var targetTags = google.texts(section, "target_tags", "a target tag", targetDoubts);
    var targetAccounts = google.accounts(section, "target_service_accounts", targetDoubts);
    google.put(
        new Firewall(
            google.header(section, "global", "firewalls"),
            network,
            new Rule(
                google.shown(section),
                section.number("priority").orElse(PRIORITY_USUAL),
                denies ? Action.DENY : Action.ALLOW,
                isIngress,
                section.isTrue("disabled"),
                protocols.services(),
                protocols.unknown(),
                new Targets(
                    targetTags,
                    targetAccounts,
                    List.of(),
                    List.of(),
                    isIngress ? destinations : sources,
                    targetDoubts),
                new Peers(
                    isAny ? List.of(AddressRange.ALL_V4) : ranges,
                    isIngress ? tags : List.of(),
                    isIngress ? accounts : List.of(),
                    List.of(),
                    doubts,
                    List.of(),
                    Place.ANYWHERE,
                    List.of()),
                ownDoubts.isEmpty() ? "" : ownDoubts.getFirst(),
                section.spot())));
  }

  private static Protocols.Read protocols(
      Section section, String blocks, String key, List<String> doubts) {
    var entries = new ArrayList<Protocols.Entry>();
    boolean isVague = section.unknown().get(blocks).isTrue();
    for (Section block : section.sections(blocks)) {
      boolean isLater = block.isUnknown(key);
      isVague |= isLater || block.isUnknown("ports");
      entries.add(
          new Protocols.Entry(
              isLater ? "all" : block.text(key),
              block.isUnknown("ports") ? List.of() : block.texts("ports")));
    }
    var read = Protocols.of(entries);
    if (isVague || read.isVague()) {
      doubts.add("the ports of " + section.of().text() + " are known only after terraform apply");
    }
    return isVague && entries.isEmpty() ? new Protocols.Read(Services.ALL, List.of(), false) : read;
  }

  /// The rules and associations of policies are blocks of theirs, or resources.
  private void addPolicies() {
    Map<String, List<Rule>> rules = new LinkedHashMap<>();
    Map<String, List<String>> targets = new LinkedHashMap<>();
    for (String type : POLICIES) {
      for (Section section : google.facts().of(type + "_rule")) {
        String policy = section.link("firewall_policy", POLICY);
        rules
            .computeIfAbsent(policy, absent -> new ArrayList<>())
            .add(rule(section, google.shown(section)));
      }
      for (Section section : google.facts().of(type + "_association")) {
        String policy = section.link("firewall_policy", POLICY);
        targets.computeIfAbsent(policy, absent -> new ArrayList<>()).add(target(section));
      }
    }
    for (Section section : google.facts().of(POLICIES.toArray(String[]::new))) {
      boolean isOfNetwork = section.of().type().contains("network");
      var own = new ArrayList<Rule>(rules.getOrDefault(section.id(), List.of()));
      for (Section block : section.sections("rule")) {
        own.add(
            rule(
                block,
                google.shown(section) + "/" + block.number("priority").orElse(Integer.MAX_VALUE)));
      }
      String region = section.text("region");
      String name = section.firstText("short_name", "name");
      var head =
          google.header(
              section, region.isEmpty() ? "global" : "regions/" + region, "firewallPolicies");
      google.put(
          new Policy(
              new Header(head.id(), head.link(), name.isEmpty() ? head.name() : name, head.spot()),
              !isOfNetwork,
              region,
              true,
              own,
              targets.getOrDefault(section.id(), List.of())));
      rules.remove(section.id());
      targets.remove(section.id());
    }
    addToExported(rules, targets);
  }

  /// What the plan adds to policies of an export that it does not manage.
  private void addToExported(Map<String, List<Rule>> rules, Map<String, List<String>> targets) {
    var names = new LinkedHashSet<>(rules.keySet());
    names.addAll(targets.keySet());
    for (String name : names) {
      var more = rules.getOrDefault(name, List.of());
      for (Section near : google.facts().of(ASSOCIATED)) {
        if (policyOf(near).equals(name)) {
          google
              .exported(Policy.class, near, name)
              .ifPresent(policy ->
                  google.put(
                      new Policy(
                          new Header("", policy.link(), "", near.spot()),
                          policy.isHierarchical(),
                          "",
                          true,
                          more,
                          targets.getOrDefault(name, List.of()))));
          break;
        }
      }
    }
  }

  private static String policyOf(Section near) {
    return near.link("firewall_policy", POLICY);
  }

  private String target(Section section) {
    String text = section.text("attachment_target");
    for (String word : List.of("organizations/", "folders/")) {
      int start = text.indexOf(word);
      if (start >= 0 && !text.contains("projects/")) {
        return text.substring(start);
      }
    }
    return google.network(section, "attachment_target");
  }

  private Rule rule(Section section, String id) {
    boolean isIngress = !section.text("direction").equalsIgnoreCase("EGRESS");
    var doubts = new ArrayList<String>();
    var ownDoubts = new ArrayList<String>();
    var targetDoubts = new ArrayList<String>();
    var match = section.sections("match").stream().findFirst().orElse(section);
    var protocols = protocols(match, "layer4_configs", "ip_protocol", ownDoubts);
    var sources = google.ranges(match, "src_ip_ranges", "a range", isIngress ? doubts : ownDoubts);
    var destinations =
        google.ranges(match, "dest_ip_ranges", "a range", isIngress ? ownDoubts : doubts);
    String side = isIngress ? "src_" : "dest_";
    var outerDoubts = new ArrayList<String>();
    for (String key : List.of("address_groups", "fqdns", "region_codes", "threat_intelligences")) {
      if (!match.texts(side + key).isEmpty() || match.isUnknown(side + key)) {
        boolean isOuter = key.equals("region_codes") || key.equals("threat_intelligences");
        (isOuter ? outerDoubts : doubts)
            .add(
                "which addresses "
                    + side
                    + key
                    + " of "
                    + section.of().text()
                    + " mean is not"
                    + " in the plan");
      }
    }
    if (!match.sections("src_secure_tags").isEmpty()) {
      doubts.add("which instances have the secure tags is not in the plan");
    }
    if (!section.sections("target_secure_tags").isEmpty()) {
      targetDoubts.add("which instances have the secure tags is not in the plan");
    }
    var accounts = google.accounts(section, "target_service_accounts", targetDoubts);
    return new Rule(
        id,
        section.number("priority").orElse(Integer.MAX_VALUE),
        switch (section.text("action").toLowerCase(Locale.ROOT)) {
          case "deny" -> Action.DENY;
          case "goto_next" -> Action.NEXT;
          default -> Action.ALLOW;
        },
        isIngress,
        section.isTrue("disabled"),
        protocols.services(),
        protocols.unknown(),
        new Targets(
            List.of(),
            accounts,
            List.of(),
            section.linked("target_resources", GoogleFacts.NETWORK).ids().stream()
                .map(network -> google.networkOf(section, network))
                .toList(),
            isIngress ? destinations : sources,
            targetDoubts),
        new Peers(
            isIngress ? sources : destinations,
            List.of(),
            List.of(),
            List.of(),
            doubts,
            outerDoubts,
            place(match, side, ownDoubts),
            match.linked("src_networks", GoogleFacts.NETWORK).ids().stream()
                .map(network -> google.networkOf(match, network))
                .toList()),
        ownDoubts.isEmpty() ? "" : ownDoubts.getFirst(),
        section.spot());
  }

  /// Where the other side is, as far as it is known.
  private static Place place(Section match, String side, List<String> doubts) {
    for (String key : List.of("network_context", "network_type", "network_scope")) {
      if (match.isUnknown(side + key)) {
        doubts.add("the " + side + key + " of a rule is not known");
      } else if (!match.text(side + key).isEmpty()) {
        return Place.of(match.text(side + key));
      }
    }
    return Place.ANYWHERE;
  }
}
