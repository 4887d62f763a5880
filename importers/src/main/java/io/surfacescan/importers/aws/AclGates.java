package io.surfacescan.importers.aws;

import io.surfacescan.importers.aws.Resource.AclEntry;
import io.surfacescan.importers.aws.Resource.NetworkAcl;
import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.aws.Resource.Vpc;
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
import io.surfacescan.reachability.Tier;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Network ACLs: two gates for each subnet, which packets within the subnet do not cross. Entries
/// are asked in the order of their numbers, and what none matches is denied.
record AclGates(
    Inventory inventory, Sites sites, Findings findings, Function<SourceOffset, Place> places) {
  private static final int ANY_TYPE = -1;

  void addTo(ReachabilityModel.Builder model, List<Nic> nics) {
    Map<String, NetworkAcl> aclOfSubnet = new LinkedHashMap<>();
    var mayHaveV6 = new IdentityHashMap<NetworkAcl, Boolean>();
    for (Nic nic : nics) {
      var site = sites.of(nic);
      if (site.acl().isPresent()) {
        aclOfSubnet.putIfAbsent(site.subnet(), site.acl().get());
        mayHaveV6.putIfAbsent(site.acl().get(), site.knownVpc().map(Vpc::hasV6).orElse(true));
      } else {
        findings.absent(
            nic.head().spot(),
            "no network ACL is known for a subnet, so it is taken to allow everything",
            "add what describe-network-acls writes");
      }
    }
    for (Direction direction : Direction.values()) {
      var tiers = new IdentityHashMap<NetworkAcl, Tier>();
      aclOfSubnet.forEach((subnet, acl) -> {
        var tier =
            tiers.computeIfAbsent(
                acl, ignored -> tier(acl, direction, mayHaveV6.getOrDefault(acl, true)));
        model.gate(gate(acl, subnet, direction, tier));
      });
    }
  }

  private Gate gate(NetworkAcl acl, String subnet, Direction direction, Tier tier) {
    var own = Selector.marked(AwsMarks.subnet(subnet));
    boolean isEgress = direction == Direction.EGRESS;
    return new Gate(
        inventory.acls.name(acl) + (isEgress ? "/egress/" : "/ingress/") + subnet,
        "network ACL " + inventory.acls.name(acl) + " of " + subnet,
        direction,
        own,
        isEgress ? own : Selector.anyOf(own, Selector.marked(AwsMarks.SERVICE_CLIENT)),
        List.of(tier),
        false);
  }

  private Tier tier(NetworkAcl acl, Direction direction, boolean mayHaveV6) {
    boolean isEgress = direction == Direction.EGRESS;
    var rules =
        acl.entries().stream()
            .filter(entry -> entry.isEgress() == isEgress)
            .sorted(Comparator.comparingInt(AclEntry::number))
            .flatMap(entry -> rule(acl, entry, mayHaveV6).stream())
            .toList();
    return new Tier(
        "network ACL " + inventory.acls.name(acl), Selector.everyone(), rules, Tier.Otherwise.DENY);
  }

  private Optional<GateRule> rule(NetworkAcl acl, AclEntry entry, boolean mayHaveV6) {
    var services = Protocols.services(entry.protocol(), entry.from(), entry.to());
    if (Protocols.isIcmp(entry.protocol())
        && !entry.isAllow()
        && entry.icmpType().orElse(ANY_TYPE) != ANY_TYPE) {
      // Other types of ICMP, which is one service, still pass.
      services = Services.NONE;
    }
    if (services.isEmpty()) {
      findings.notModelled(
          entry.spot(),
          "a network ACL's entry about "
              + (Protocols.isIcmp(entry.protocol())
                  ? "one type of ICMP"
                  : "IP protocol " + entry.protocol()));
      return Optional.empty();
    }
    var action = entry.isAllow() ? GateRule.Action.ALLOW : GateRule.Action.DENY;
    return Optional.of(
        new GateRule(
            entry.id().isEmpty()
                ? inventory.acls.name(acl)
                    + (entry.isEgress() ? "/egress/" : "/ingress/")
                    + entry.number()
                : entry.id(),
            Optional.of(places.apply(entry.spot())),
            action,
            Selector.everyone(),
            peers(entry, mayHaveV6),
            services,
            List.of(),
            "rule "
                + entry.number()
                + (entry.isAllow() ? " allows " : " denies ")
                + services
                + (entry.isEgress() ? " to " : " from ")
                + entry.cidr()));
  }

  /// In a VPC without IPv6 all IPv4 addresses are everyone there is.
  private Selector peers(AclEntry entry, boolean mayHaveV6) {
    var range = AddressRange.parse(entry.cidr());
    if (range.isEmpty()) {
      findings.assumed(
          entry.spot(),
          "the range \"" + entry.cidr() + "\" of a network ACL's entry is not understood",
          "correct it");
      return Selector.unknown("the range " + entry.cidr() + " is not understood");
    }
    var ranges = List.of(range.get());
    if (entry.isAllow() && Ranges.areOfDocuments(ranges) && !inventory.haveHosts(ranges)) {
      findings.allowsDocumentation();
    }
    return range.get().equals(AddressRange.ALL_V4) && !mayHaveV6
        ? Selector.everyone()
        : Selector.within(range.get());
  }
}
