package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Fact;
import io.surfacescan.importers.aws.Resource;
import io.surfacescan.importers.aws.Resource.Address;
import io.surfacescan.importers.aws.Resource.GroupRule;
import io.surfacescan.importers.aws.Resource.Instance;
import io.surfacescan.importers.aws.Resource.NetworkAcl;
import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.aws.Resource.RouteTable;
import io.surfacescan.importers.aws.Resource.SecurityGroup;
import io.surfacescan.importers.aws.Resource.Subnet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A plan laid over an export of the account that it is for: the export with what the plan makes,
/// changes and deletes.
///
/// What the export lists keeps its id there, and an instance gets the address of its resource as a
/// label. Of what a plan changes, rules, routes, network ACLs, subnets and the security groups of
/// instances are followed.
final class PlanOverlay {
  private final Collection<Fact> exported;
  private final Map<String, String> labels = new HashMap<>();
  private final Set<String> exportedIds = new HashSet<>();

  /// The ids of what the plan deletes.
  private final Set<String> gone = new HashSet<>();

  /// The ids of what the plan has a newer version of.
  private final Set<String> replaced = new HashSet<>();

  /// By instances, the security groups that the plan gives them.
  private final Map<String, List<String>> newGroups = new HashMap<>();

  PlanOverlay(Collection<Fact> exported, List<Snapshot> snapshots) {
    this.exported = exported;
    for (Fact fact : exported) {
      if (fact instanceof Resource resource) {
        exportedIds.add(resource.id());
      }
    }
    for (Snapshot snapshot : snapshots) {
      for (TerraformResource resource : snapshot.resources().values()) {
        if (exportedIds.contains(resource.id()) && !resource.address().isData()) {
          labels.put(resource.id(), "terraform=" + resource.text());
        }
      }
      for (TerraformResource resource : snapshot.removed()) {
        if (resource.isGone() && !resource.id().isEmpty()) {
          gone.add(resource.id());
        }
      }
    }
  }

  /// The ids that the export lists.
  Set<String> exportedIds() {
    return exportedIds;
  }

  /// The export with the addresses of the plan.
  List<Fact> labelled() {
    var facts = new ArrayList<Fact>();
    for (Fact fact : exported) {
      facts.add(fact instanceof Instance instance ? labelled(instance) : fact);
    }
    return facts;
  }

  /// The export with what the plan does.
  ///
  /// @param made what became of the resources that the plan makes or changes
  /// @param removed the rules of security groups that it takes away, by the groups
  List<Fact> with(TerraformFacts made, Map<String, Set<String>> removed) {
    for (Fact fact : made.found()) {
      if (fact instanceof Nic nic && exportedIds.contains(nic.instance())) {
        newGroups.putIfAbsent(nic.instance(), nic.groups());
      } else if (isFollowed(fact) && fact instanceof Resource resource) {
        replaced.add(resource.id());
      }
      if (fact instanceof GroupRule rule) {
        removed.getOrDefault(rule.group(), new HashSet<>()).remove(TerraformGroups.content(rule));
      }
    }
    var facts = new ArrayList<Fact>();
    for (Fact fact : exported) {
      if (!isReplaced(fact)) {
        facts.addAll(changed(fact, made.additions(), removed));
      }
    }
    for (Fact fact : made.found()) {
      boolean isOfExport =
          fact instanceof Nic nic
              ? exportedIds.contains(nic.instance()) || exportedIds.contains(nic.id())
              : fact instanceof Resource resource && exportedIds.contains(resource.id());
      if (!isOfExport || isFollowed(fact)) {
        facts.add(fact);
      }
    }
    return facts;
  }

  private static boolean isFollowed(Fact fact) {
    return switch (fact) {
      case SecurityGroup ignored -> true;
      case RouteTable ignored -> true;
      case NetworkAcl ignored -> true;
      case Subnet ignored -> true;
      default -> false;
    };
  }

  private boolean isReplaced(Fact fact) {
    return switch (fact) {
      case Nic nic -> gone.contains(nic.id()) || gone.contains(nic.instance());
      case GroupRule rule -> gone.contains(rule.group()) || replaced.contains(rule.group());
      case Resource resource ->
          gone.contains(resource.id()) || (isFollowed(fact) && replaced.contains(resource.id()));
      default -> false;
    };
  }

  private List<Fact> changed(Fact fact, Additions more, Map<String, Set<String>> removed) {
    return switch (fact) {
      case GroupRule rule -> keeps(rule, removed) ? List.of(rule) : List.of();
      case SecurityGroup group ->
          List.of(
              new SecurityGroup(
                  group.head(),
                  group.groupName(),
                  group.vpc(),
                  group.rules().stream().filter(rule -> keeps(rule, removed)).toList()));
      case RouteTable table ->
          List.of(
              new RouteTable(
                  table.head(),
                  table.vpc(),
                  table.isMain(),
                  joined(table.subnets(), more.subnetsOfTable.get(table.id())),
                  joined(table.routes(), more.routes.get(table.id()))));
      case NetworkAcl acl ->
          List.of(
              new NetworkAcl(
                  acl.head(),
                  acl.vpc(),
                  acl.isDefault(),
                  joined(acl.subnets(), more.subnetsOfAcl.get(acl.id())),
                  joined(acl.entries(), more.entries.get(acl.id()))));
      case Nic nic -> List.of(nic(nic, nic.instance(), more));
      case Instance instance -> {
        var nics = instance.nics().stream().map(nic -> nic(nic, instance.id(), more)).toList();
        yield List.of(
            labelled(
                new Instance(
                    instance.head(), instance.kind(), instance.state(), instance.tags(), nics)));
      }
      default -> List.of(fact);
    };
  }

  private static boolean keeps(GroupRule rule, Map<String, Set<String>> removed) {
    return !removed.getOrDefault(rule.group(), Set.of()).contains(TerraformGroups.content(rule));
  }

  private static <T> List<T> joined(List<T> some, @Nullable List<T> more) {
    if (more == null) {
      return some;
    }
    var all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  /// An interface with the groups and the public address that the plan gives to it or its instance.
  private Nic nic(Nic nic, String instance, Additions more) {
    var groups = new ArrayList<>(newGroups.getOrDefault(instance, nic.groups()));
    groups.addAll(more.groups.getOrDefault(nic.id(), List.of()));
    groups.addAll(more.groups.getOrDefault(instance, List.of()));
    String outer = more.outers.getOrDefault(nic.id(), more.outers.getOrDefault(instance, ""));
    var addresses = new ArrayList<Address>();
    for (Address address : nic.addresses()) {
      boolean isFirst = addresses.isEmpty() && !outer.isEmpty();
      addresses.add(isFirst ? new Address(address.address(), outer) : address);
    }
    return new Nic(
        nic.head(),
        nic.vpc(),
        nic.subnet(),
        nic.zone(),
        groups.stream().distinct().toList(),
        nic.knowsGroups(),
        addresses,
        nic.kind(),
        nic.description(),
        nic.instance(),
        nic.status());
  }

  private Instance labelled(Instance instance) {
    var tags = new ArrayList<>(instance.tags());
    if (labels.containsKey(instance.id())) {
      tags.add(labels.getOrDefault(instance.id(), ""));
    }
    return new Instance(instance.head(), instance.kind(), instance.state(), tags, instance.nics());
  }
}
