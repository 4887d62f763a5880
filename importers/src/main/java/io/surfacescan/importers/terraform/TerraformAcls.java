package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Resource.AclEntry;
import io.surfacescan.importers.aws.Resource.NetworkAcl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Network ACLs with their entries. A VPC comes with one that is open.
final class TerraformAcls {
  private static final String[] ACLS = {"aws_network_acl", "aws_default_network_acl"};

  private final TerraformFacts facts;
  private final TerraformNetwork network;

  TerraformAcls(TerraformFacts facts, TerraformNetwork network) {
    this.facts = facts;
    this.network = network;
  }

  void add() {
    var entries = facts.additions().entries;
    var subnets = facts.additions().subnetsOfAcl;
    for (Section rule : facts.of("aws_network_acl_rule")) {
      String acl = rule.link("network_acl_id", Wanted.ACL);
      entry(rule, rule.of().text(), rule.isTrue("egress"), "rule_number", "rule_action")
          .ifPresent(entry -> entries.computeIfAbsent(acl, absent -> new ArrayList<>()).add(entry));
    }
    var removed = new HashSet<String>();
    for (Section rule : facts.removed("aws_network_acl_rule")) {
      removed.add(
          rule.link("network_acl_id", Wanted.ACL)
              + " "
              + rule.isTrue("egress")
              + rule.number("rule_number").orElse(0));
    }
    for (Section association : facts.of("aws_network_acl_association")) {
      subnets
          .computeIfAbsent(
              association.link("network_acl_id", Wanted.ACL), absent -> new ArrayList<>())
          .add(association.link("subnet_id", Wanted.SUBNET));
    }
    var known = new HashSet<String>();
    for (Section acl : facts.of(ACLS)) {
      boolean isDefault = acl.of().type().equals("aws_default_network_acl");
      var vpc = acl.linked("vpc_id", Wanted.VPC).ids();
      var mine = new ArrayList<>(subnets.getOrDefault(acl.id(), List.of()));
      mine.addAll(acl.linked("subnet_ids", Wanted.SUBNET).ids());
      known.add(acl.id());
      facts.put(
          new NetworkAcl(
              facts.header(acl),
              vpc.isEmpty() ? network.vpcOf(acl.id(), Defaults.ACL) : vpc.getFirst(),
              isDefault,
              mine,
              entries(acl, entries.getOrDefault(acl.id(), List.of()), removed)));
    }
    for (Section vpc : facts.of(TerraformNetwork.VPCS)) {
      String id = facts.ids().byDefault(vpc.id(), Defaults.ACL);
      if (!known.contains(id) && network.isMade(vpc)) {
        var all = new ArrayList<>(open(vpc));
        all.addAll(0, entries.getOrDefault(id, List.of()));
        facts.put(
            new NetworkAcl(
                facts.header(vpc, id), vpc.id(), true, subnets.getOrDefault(id, List.of()), all));
      }
    }
  }

  /// The entries of an ACL: those of its own and those that stand by themselves, which the ACL
  /// lists too once it was read again.
  ///
  /// @param removed those that the plan takes away
  private List<AclEntry> entries(Section acl, List<AclEntry> apart, Set<String> removed) {
    var all = new ArrayList<>(apart);
    var taken = new HashSet<String>();
    apart.forEach(entry -> taken.add(entry.isEgress() + "" + entry.number()));
    for (String key : List.of("ingress", "egress")) {
      boolean isEgress = key.equals("egress");
      for (Section block : acl.sections(key)) {
        String number = isEgress + "" + block.number("rule_no").orElse(0);
        boolean isGone = acl.isComputed(key) && removed.contains(acl.id() + " " + number);
        if (!isGone && taken.add(number)) {
          entry(block, "", isEgress, "rule_no", "action").ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private Optional<AclEntry> entry(
      Section rule, String id, boolean isEgress, String numberKey, String actionKey) {
    boolean isAllow = !rule.text(actionKey).equalsIgnoreCase("deny");
    boolean isVague =
        rule.isUnknown("protocol")
            || rule.isUnknown("from_port")
            || rule.isUnknown("to_port")
            || rule.isUnknown(numberKey)
            || rule.isUnknown(actionKey);
    if (isVague) {
      facts.assumed(
          rule.spot(),
          "an entry of a network ACL is known only after terraform apply",
          "read the state after it; until then it is taken to allow, or not to deny");
      if (!isAllow) {
        return Optional.empty();
      }
    }
    String cidr = rule.firstText("cidr_block", "ipv6_cidr_block");
    String protocol = rule.text("protocol");
    boolean hasPorts = !isVague && !protocol.equals("-1") && !protocol.equals("all");
    return Optional.of(
        new AclEntry(
            id,
            rule.number(numberKey).orElse(0),
            isEgress,
            isAllow,
            isVague || protocol.isEmpty() ? "-1" : protocol,
            cidr.isEmpty() ? TerraformNetwork.UNKNOWN : cidr,
            hasPorts ? rule.number("from_port") : OptionalInt.empty(),
            hasPorts ? rule.number("to_port") : OptionalInt.empty(),
            rule.number("icmp_type"),
            rule.spot()));
  }

  private static List<AclEntry> open(Section vpc) {
    var entries = new ArrayList<AclEntry>();
    for (boolean isEgress : List.of(false, true)) {
      int number = 100;
      for (String cidr : List.of("0.0.0.0/0", "::/0")) {
        entries.add(
            new AclEntry(
                "",
                number++,
                isEgress,
                true,
                "-1",
                cidr,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                vpc.spot()));
      }
    }
    return entries;
  }
}
