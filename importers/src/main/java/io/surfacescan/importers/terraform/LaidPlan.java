package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Fact;
import io.surfacescan.importers.azure.AzureId;
import io.surfacescan.importers.azure.AzureResource;
import io.surfacescan.importers.azure.AzureResource.BalancingRule;
import io.surfacescan.importers.azure.AzureResource.IpConfiguration;
import io.surfacescan.importers.azure.AzureResource.Machine;
import io.surfacescan.importers.azure.AzureResource.Pool;
import io.surfacescan.importers.azure.AzureResource.RouteTable;
import io.surfacescan.importers.azure.AzureResource.ScaleSet;
import io.surfacescan.importers.azure.AzureResource.SecurityGroup;
import io.surfacescan.importers.gcp.Resource;
import io.surfacescan.importers.gcp.Resource.Address;
import io.surfacescan.importers.gcp.Resource.Instance;
import io.surfacescan.importers.gcp.Resource.Nat;
import io.surfacescan.importers.gcp.Resource.Nic;
import io.surfacescan.importers.gcp.Resource.Peering;
import io.surfacescan.importers.gcp.Rule;
import io.surfacescan.importers.json.ProblemLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Plans that are laid over exports of the accounts that they are for.
///
/// What an export lists keeps its id there, and what runs gets the address of its resource as a
/// label. What a plan adds has its address. Of Azure and Google Cloud whatever the plan changes is
/// found by reading it at both of its times; of AWS see [PlanOverlay].
public final class LaidPlan {
  private final List<Snapshot> before;
  private final List<Snapshot> after;
  private final PlanTime time;
  private final ProblemLog problems;
  private final Optional<SourcePlaces> written;

  LaidPlan(List<TerraformDocument> documents, PlanReading reading, ProblemLog problems) {
    before = documents.stream().map(some -> Snapshot.of(some, PlanTime.BEFORE)).toList();
    after = documents.stream().map(some -> Snapshot.of(some, PlanTime.AFTER)).toList();
    time = reading.time();
    this.problems = problems;
    MisspeltAttributes.refuse(after, problems);
    written = reading.written();
    written.ifPresent(places -> places.addAll(after));
  }

  /// Warns of what the plan changes and no export beside it is of.
  ///
  /// @param clouds those of the exports
  public void tellUnread(Set<String> clouds) {
    if (time == PlanTime.BEFORE || after.isEmpty()) {
      return;
    }
    var facts = TerraformFacts.ofChanges(after, problems);
    new UnreadTypes(facts).tell();
    TerraformExport.CLOUD_OF_PREFIX.forEach((prefix, cloud) -> {
      if (!clouds.contains(cloud)) {
        facts.counts().keySet().stream()
            .filter(type -> type.startsWith(prefix) && ResourceTypes.isRead(type))
            .sorted()
            .forEach(type ->
                facts
                    .of(type)
                    .forEach(some ->
                        facts.absent(
                            some.spot(),
                            "the plan changes resources of "
                                + cloud
                                + ", and no export of that is beside it")));
      }
    });
  }

  /// An export of AWS with what the plan makes of it.
  public List<Fact> overAws(List<Fact> exported) {
    var overlay = new PlanOverlay(exported, after);
    if (time == PlanTime.BEFORE || after.isEmpty()) {
      return overlay.labelled();
    }
    var ids = ResourceIds.beside(after, overlay.exportedIds()).writtenIn(written);
    var facts = new TerraformFacts(after, ids, exported, problems);
    TerraformExport.translate(facts);
    return overlay.with(facts, new TerraformGroups(facts).removed());
  }

  /// An export of Google Cloud with what the plan makes of it.
  public List<Resource> overGoogle(List<Resource> exported) {
    var merged = exported;
    if (time == PlanTime.AFTER) {
      merged =
          new ResourceMerge(LaidPlan::identity)
              .all(
                  exported,
                  google(before, exported, new ProblemLog()),
                  google(after, exported, problems));
    }
    var labels = labels(GoogleFacts::knownLink);
    return merged.stream().map(some -> labelled(some, labels)).toList();
  }

  private List<Resource> google(
      List<Snapshot> snapshots, List<Resource> exported, ProblemLog problems) {
    var ids = ResourceIds.knownBy(snapshots, GoogleFacts::knownId).writtenIn(written);
    var facts = new TerraformFacts(snapshots, ids, List.of(), problems);
    return TerraformExport.google(facts, exported);
  }

  private static Object identity(Object some) {
    return switch (some) {
      case Resource resource -> resource.link();
      case Peering peering -> peering.network();
      case Nat nat -> nat.name();
      case Rule rule -> List.of(rule.isIngress(), rule.priority());
      case Nic nic -> List.of(nic.network(), nic.subnetwork());
      case Address address -> List.of(address.range(), address.isAlias());
      default -> some;
    };
  }

  private static Resource labelled(Resource some, Map<String, String> labels) {
    if (!(some instanceof Instance instance) || !labels.containsKey(some.link())) {
      return some;
    }
    return new Instance(
        instance.head(),
        instance.status(),
        with(instance.labels(), labels.getOrDefault(some.link(), "")),
        instance.tags(),
        instance.accounts(),
        instance.doubts(),
        instance.group(),
        instance.nics());
  }

  /// An export of Azure with what the plan makes of it.
  public List<AzureResource> overAzure(List<AzureResource> exported) {
    var merged = exported;
    if (time == PlanTime.AFTER) {
      merged =
          new ResourceMerge(LaidPlan::azureIdentity)
              .all(
                  apart(exported),
                  apart(azure(before, exported, new ProblemLog())),
                  apart(azure(after, exported, problems)));
    }
    var labels = labels(resource -> AzureId.key(AzureLinks.knownId(resource)));
    return merged.stream().map(some -> labelled(some, labels)).toList();
  }

  private List<AzureResource> azure(
      List<Snapshot> snapshots, List<AzureResource> exported, ProblemLog problems) {
    var ids = ResourceIds.knownBy(snapshots, AzureLinks::knownId).writtenIn(written);
    return AzurePlan.of(new TerraformFacts(snapshots, ids, List.of(), problems), exported);
  }

  private static Object azureIdentity(Object some) {
    return switch (some) {
      case AzureResource resource -> resource.key();
      case BalancingRule rule -> List.of(rule.head().id().key(), rule.pool());
      case Pool pool -> pool.key();
      case IpConfiguration configuration -> configuration.key();
      default -> some;
    };
  }

  /// Resources with the rules of groups and the routes of tables as such of their own: an export
  /// lists them within, and a plan may have them apart.
  private static List<AzureResource> apart(List<AzureResource> resources) {
    var apart = new ArrayList<AzureResource>();
    for (AzureResource some : resources) {
      switch (some) {
        case SecurityGroup group -> {
          apart.add(new SecurityGroup(group.head(), List.of(), group.subnets(), group.nics()));
          apart.addAll(group.rules());
        }
        case RouteTable table -> {
          apart.add(new RouteTable(table.head(), List.of(), table.subnets()));
          apart.addAll(table.routes());
        }
        default -> apart.add(some);
      }
    }
    return apart;
  }

  private static AzureResource labelled(AzureResource some, Map<String, String> labels) {
    String label = labels.getOrDefault(some.key(), "");
    if (label.isEmpty()) {
      return some;
    }
    return switch (some) {
      case Machine machine ->
          new Machine(
              machine.head(),
              with(machine.tags(), label),
              machine.state(),
              machine.nics(),
              machine.scaleSet());
      case ScaleSet set -> new ScaleSet(set.head(), with(set.tags(), label), set.nics());
      default -> some;
    };
  }

  /// By what identifies resources in the cloud, the labels with their addresses.
  private Map<String, String> labels(Function<TerraformResource, String> known) {
    var labels = new HashMap<String, String>();
    for (Snapshot snapshot : after) {
      for (TerraformResource resource : snapshot.resources().values()) {
        String id = known.apply(resource);
        if (!id.isEmpty() && !resource.address().isData()) {
          labels.put(id, "terraform=" + resource.text());
        }
      }
    }
    return labels;
  }

  private static List<String> with(List<String> some, String more) {
    var all = new ArrayList<>(some);
    all.add(more);
    return all;
  }
}
