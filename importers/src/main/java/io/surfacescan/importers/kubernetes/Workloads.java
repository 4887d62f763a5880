package io.surfacescan.importers.kubernetes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The pods of a cluster by what they belong to. A pod that runs counts before the template that it
/// was made of.
///
/// A pod belongs to its owner, and that to its own, as far as the export has them. Between a pod
/// and its Deployment stands a ReplicaSet that exports often leave out: its name is the
/// Deployment's with the hash that stands among the pod's labels. So it is with the Jobs of a
/// CronJob, whose names end in a time.
final class Workloads {
  private static final String TEMPLATE_HASH = "pod-template-hash";
  private static final Pattern TIME_OF_JOB = Pattern.compile("-\\d{6,}$");
  private static final int OWNERS_MOST = 8;

  /// What pods belong to.
  ///
  /// @param pods those that run, or else the template; not empty
  record Workload(ResourceId id, List<PodSet> pods) {}

  private final Map<ResourceId, PodSet> templates = new HashMap<>();
  private final Map<ResourceId, List<PodSet>> podsOf = new LinkedHashMap<>();

  private Workloads(List<PodSet> podSets) {
    podSets.stream().filter(set -> !set.isPod()).forEach(set -> templates.put(set.id(), set));
    var running = new LinkedHashSet<ResourceId>();
    for (PodSet set : podSets) {
      if (set.isPod()) {
        running.add(workload(set));
      }
    }
    for (PodSet set : podSets) {
      var id = set.isPod() ? workload(set) : set.owner().isPresent() ? owner(set) : set.id();
      if (set.isPod() || isNeeded(set, id, running)) {
        podsOf.computeIfAbsent(id, absent -> new ArrayList<>()).add(set);
      }
    }
  }

  /// A template stands for pods if none of its own run. One that another owns is only a step on the
  /// way from that to pods.
  private boolean isNeeded(PodSet template, ResourceId id, Set<ResourceId> running) {
    return !running.contains(id) && (id.equals(template.id()) || !templates.containsKey(id));
  }

  /// The workloads, in the order in which they or their pods first come.
  static List<Workload> of(List<PodSet> podSets) {
    var workloads = new ArrayList<Workload>();
    new Workloads(podSets).podsOf.forEach((id, pods) -> workloads.add(new Workload(id, pods)));
    return workloads;
  }

  private ResourceId workload(PodSet pod) {
    return pod.owner().isPresent() ? owner(pod) : pod.id();
  }

  private ResourceId owner(PodSet set) {
    var at = set;
    var id = set.owner().orElse(set.id());
    for (int i = 0; i < OWNERS_MOST; i++) {
      var template = templates.get(id);
      if (template == null) {
        return unseen(id, at).orElse(id);
      }
      if (template.owner().isEmpty()) {
        return id;
      }
      var next = template.owner().get();
      if (!templates.containsKey(next) && unseen(next, template).isEmpty()) {
        return id;
      }
      at = template;
      id = next;
    }
    return id;
  }

  /// The owner of an owner that the export leaves out.
  private Optional<ResourceId> unseen(ResourceId id, PodSet owned) {
    if (id.kind().equals("ReplicaSet") && owned.labels().containsKey(TEMPLATE_HASH)) {
      String hash = "-" + owned.labels().get(TEMPLATE_HASH);
      return id.name().endsWith(hash)
          ? known("Deployment", id, id.name().substring(0, id.name().length() - hash.length()))
          : Optional.empty();
    }
    return id.kind().equals("Job")
        ? known("CronJob", id, TIME_OF_JOB.matcher(id.name()).replaceFirst(""))
        : Optional.empty();
  }

  private Optional<ResourceId> known(String kind, ResourceId beside, String name) {
    return Optional.of(new ResourceId(kind, beside.namespace(), name))
        .filter(templates::containsKey);
  }
}
