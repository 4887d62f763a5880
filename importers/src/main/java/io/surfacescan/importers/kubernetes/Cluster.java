package io.surfacescan.importers.kubernetes;

import static io.surfacescan.model.ProblemKind.ABSENT_LAYER;
import static io.surfacescan.model.ProblemKind.ASSUMPTION;
import static io.surfacescan.model.ProblemKind.DUPLICATE_RESOURCE;
import static io.surfacescan.model.ProblemKind.UNREAD_RESOURCE;

import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// The resources of one cluster, put together when all files are read.
final class Cluster {
  static final String NAME_LABEL = "kubernetes.io/metadata.name";
  static final String INTERNET = "internet";
  private static final int ADDRESSES_MOST = 16;

  private final ProblemLog problems;
  private final List<PodSet> podSets = new ArrayList<>();
  private final Map<ResourceKind, List<Resource>> resources = new TreeMap<>();
  private final List<Resources.UnknownMaker> unknownMakers = new ArrayList<>();
  private final SortedMap<String, Long> leftOut = new TreeMap<>();

  Cluster(ProblemLog problems) {
    this.problems = problems;
  }

  /// Adds what a file has. The same resource may stand in several files; if it says something else
  /// there, nobody knows which is meant.
  void add(Resources more) {
    podSets.addAll(more.podSets());
    for (ResourceKind kind : ResourceKind.values()) {
      resources.computeIfAbsent(kind, absent -> new ArrayList<>()).addAll(more.of(kind));
    }
    unknownMakers.addAll(more.unknownMakers());
    more.leftOut().forEach((kind, count) -> leftOut.merge(kind, count, Long::sum));
  }

  /// Takes out what stands twice.
  void removeDuplicates() {
    Map<ResourceId, PodSet> sets = new LinkedHashMap<>();
    for (PodSet set : podSets) {
      var known = sets.putIfAbsent(set.id(), set);
      if (known != null && !known.saysTheSameAs(set)) {
        refuse(set.id(), set.spot(), known.spot());
      }
    }
    podSets.clear();
    podSets.addAll(sets.values());
    resources.replaceAll((ignored, all) -> {
      Map<ResourceId, Resource> distinct = new LinkedHashMap<>();
      for (Resource each : all) {
        var known = distinct.putIfAbsent(each.id(), each);
        if (known != null && !known.saysTheSameAs(each)) {
          refuse(each.id(), each.spot(), known.spot());
        }
      }
      return new ArrayList<>(distinct.values());
    });
  }

  private void refuse(ResourceId id, SourceOffset spot, SourceOffset first) {
    problems.add(
        DUPLICATE_RESOURCE,
        id.toString(),
        spot,
        () -> "the " + id.shown() + " stands twice and differs",
        first,
        "give the export of one cluster, as it was at one time; if they are of two, put a file"
            + " COMPLETE into the folder of each");
  }

  List<Resource> of(ResourceKind kind) {
    return resources.getOrDefault(kind, List.of());
  }

  private List<Resource> all(ResourceKind... kinds) {
    var all = new ArrayList<Resource>();
    for (ResourceKind kind : kinds) {
      all.addAll(of(kind));
    }
    return all;
  }

  private List<Resource> adminPolicies() {
    return all(
        ResourceKind.ADMIN_NETWORK_POLICY,
        ResourceKind.BASELINE_ADMIN_NETWORK_POLICY,
        ResourceKind.CLUSTER_NETWORK_POLICY);
  }

  private List<Resource> ingresses() {
    return all(ResourceKind.INGRESS, ResourceKind.ROUTE, ResourceKind.GATEWAY);
  }

  private List<Resource> serviceGateways() {
    return of(ResourceKind.SERVICE).stream().filter(Gateways::isGateway).toList();
  }

  /// All whose places are asked for by [Clusters#model].
  List<SourceOffset> spots() {
    var spots = new ArrayList<SourceOffset>();
    for (Resource policy : of(ResourceKind.NETWORK_POLICY)) {
      spots.addAll(Policies.spots(policy));
    }
    for (Resource policy : adminPolicies()) {
      spots.addAll(Policies.spots(policy));
    }
    ingresses().forEach(gateway -> spots.add(gateway.spot()));
    of(ResourceKind.SERVICE).forEach(service -> spots.add(service.spot()));
    return spots;
  }

  /// The ids of what stands in it, as they are without others beside it, with their places.
  Map<String, SourceOffset> ids() {
    var ids = new LinkedHashMap<String, SourceOffset>();
    for (var workload : Workloads.of(podSets)) {
      ids.put(workload.id().endpointId(), workload.pods().getFirst().spot());
    }
    serviceGateways().forEach(gateway -> ids.put(gateway.id().endpointId(), gateway.spot()));
    ingresses().forEach(gateway -> ids.put(gateway.id().endpointId(), gateway.spot()));
    of(ResourceKind.NETWORK_POLICY)
        .forEach(policy -> ids.put(Policies.ruleId(policy), policy.spot()));
    adminPolicies().forEach(policy -> ids.put(Policies.ruleId(policy), policy.spot()));
    return ids;
  }

  boolean hasGateways() {
    return !ingresses().isEmpty() || !serviceGateways().isEmpty();
  }

  /// Adds what the cluster lets through.
  void addTo(
      ReachabilityModel.Builder model, Function<SourceOffset, Place> places, ClusterName name) {
    var workloads = Workloads.of(podSets);
    var pods = workloads.stream().flatMap(workload -> workload.pods().stream()).toList();
    var selectors = new LabelSelectors(name.markPrefix());
    var listeners = new Listeners(labelsOfNamespace(), problems);
    var gateways =
        new Gateways(selectors, name, problems, places, pods, of(ResourceKind.SERVICE), listeners);
    serviceGateways().forEach(gateways::addService);
    of(ResourceKind.INGRESS).forEach(gateways::addIngress);
    of(ResourceKind.ROUTE).forEach(gateways::addRoute);
    var routes =
        all(
            ResourceKind.HTTP_ROUTE,
            ResourceKind.GRPC_ROUTE,
            ResourceKind.TLS_ROUTE,
            ResourceKind.TCP_ROUTE,
            ResourceKind.UDP_ROUTE);
    of(ResourceKind.GATEWAY).forEach(gateway -> gateways.addGateway(gateway, routes));
    var ofIngress = new Peers(selectors, !ingresses().isEmpty(), !serviceGateways().isEmpty());
    var ofEgress = new Peers(selectors, false, false);
    new Policies(problems, places, name, selectors.pods(), ofIngress, ofEgress)
        .gates(of(ResourceKind.NETWORK_POLICY), adminPolicies())
        .forEach(model::gate);
    addWorkloads(model, workloads, selectors, name);
    gateways.endpoints().forEach(model::endpoint);
    var addresses = Selector.marked(LabelSelectors.OUTSIDE);
    var all = selectors.pods();
    model.link(link(name.own("cluster-network"), "the cluster's network", all, all));
    model.link(link(name.own("into-cluster"), "a route to pod addresses", addresses, all));
    model.link(link(name.own("out-of-cluster"), "the way out of the cluster", all, addresses));
    gateways.links().forEach(model::link);
    tellWhatIsMissing(workloads);
  }

  private void addWorkloads(
      ReachabilityModel.Builder model,
      List<Workloads.Workload> workloads,
      LabelSelectors selectors,
      ClusterName name) {
    var labelsOfNamespace = labelsOfNamespace();
    Map<List<String>, Marks> known = new HashMap<>();
    for (var workload : workloads) {
      String namespace = workload.id().namespace();
      var ofNamespace = labelsOfNamespace.getOrDefault(namespace, Map.of(NAME_LABEL, namespace));
      var interfaces = new LinkedHashSet<NetworkInterface>();
      var addresses = new ArrayList<String>();
      for (PodSet pod : workload.pods()) {
        var marks = selectors.marks(namespace, ofNamespace, pod.labels());
        for (var port : pod.ports()) {
          String service = port.protocol().code() + "/" + port.port();
          selectors.addIfRead(selectors.portMark(port.name(), service), marks);
        }
        interfaces.add(
            new NetworkInterface(
                known.computeIfAbsent(marks, Marks::of), Optional.empty(), pod.ports()));
        if (addresses.size() < ADDRESSES_MOST) {
          pod.address().ifPresent(addresses::add);
        }
      }
      var labels = new ArrayList<String>();
      workload.pods().getFirst().labels().forEach((key, value) -> labels.add(key + "=" + value));
      model.endpoint(
          new Endpoint(
              name.of(workload.id().endpointId()),
              Optional.of(workload.id().name()),
              VmKind.WORKLOAD,
              Optional.of(name.isOnly() ? namespace : name.name()),
              labels,
              addresses,
              List.copyOf(interfaces)));
    }
  }

  private Map<String, Map<String, String>> labelsOfNamespace() {
    Map<String, Map<String, String>> labels = new HashMap<>();
    for (Resource namespace : of(ResourceKind.NAMESPACE)) {
      var own = new LinkedHashMap<>(namespace.labels());
      own.putIfAbsent(NAME_LABEL, namespace.id().name());
      labels.put(namespace.id().name(), own);
    }
    return labels;
  }

  private static Link link(String id, String name, Selector from, Selector to) {
    return new Link(id, name, Optional.empty(), from, to, Services.ALL);
  }

  /// Whether any range or address is of IPv6.
  boolean speaksOfV6() {
    return podSets.stream().anyMatch(set -> set.address().orElse("").contains(":"))
        || all(ResourceKind.NETWORK_POLICY).stream().anyMatch(each -> hasV6(each.spec()))
        || adminPolicies().stream().anyMatch(each -> hasV6(each.spec()))
        || serviceGateways().stream().anyMatch(each -> hasV6(each.spec()));
  }

  private static boolean hasV6(Node node) {
    return switch (node.kind()) {
      case TEXT -> AddressRange.parse(node.text()).map(AddressRange::isV6).orElse(false);
      case LIST -> node.elements().stream().anyMatch(Cluster::hasV6);
      case OBJECT -> node.entries().values().stream().anyMatch(Cluster::hasV6);
      case NOTHING -> false;
    };
  }

  private void tellWhatIsMissing(List<Workloads.Workload> workloads) {
    var spot = spotOfAll();
    if (workloads.isEmpty()) {
      problems.add(
          ABSENT_LAYER,
          spot,
          "the export has neither pods nor what makes pods",
          "export pods, deploy, sts, ds, job and cronjob too");
    }
    if (of(ResourceKind.NETWORK_POLICY).isEmpty() && adminPolicies().isEmpty()) {
      problems.add(
          ABSENT_LAYER,
          spot,
          "the export has no network policy: every pod may reach every other",
          "export netpol too, if the cluster has some");
    }
    var undeclared = new TreeSet<String>();
    workloads.forEach(workload -> undeclared.add(workload.id().namespace()));
    of(ResourceKind.NAMESPACE).forEach(namespace -> undeclared.remove(namespace.id().name()));
    boolean areLabelsRead =
        all(ResourceKind.NETWORK_POLICY).stream()
                .anyMatch(each -> each.spec().toString().contains("namespaceSelector"))
            || !adminPolicies().isEmpty();
    if (!undeclared.isEmpty() && areLabelsRead) {
      problems.add(
          ABSENT_LAYER,
          spot,
          "the labels of "
              + (undeclared.size() == 1
                  ? "the namespace " + undeclared.first()
                  : undeclared.size() + " namespaces (" + undeclared.first() + ", …)")
              + " are not known, but policies ask for such labels",
          "export ns too");
    }
    for (var maker : unknownMakers) {
      if (podSets.stream().noneMatch(maker::mayMake)) {
        problems.add(
            UNREAD_RESOURCE,
            "pods of " + maker.kind(),
            maker.spot(),
            () -> "the pods that a " + Quoted.bare(maker.kind()) + " makes are not in the export",
            "export pods too");
      }
    }
    if (podSets.stream().anyMatch(PodSet::isOnHostNetwork)) {
      problems.add(
          ASSUMPTION,
          "host network",
          podSets.stream().filter(PodSet::isOnHostNetwork).findFirst().orElseThrow().spot(),
          () -> "pods on their node's network are taken as if policies held for them",
          "see that your network plug-in does so");
    }
    if (serviceGateways().stream()
        .anyMatch(each -> each.spec().get("type").text().equals("NodePort"))) {
      problems.add(
          ASSUMPTION,
          "node ports",
          serviceGateways().getFirst().spot(),
          () -> "ports on nodes are taken to be open to the internet",
          "look whether the nodes have public addresses");
    }
  }

  private SourceOffset spotOfAll() {
    return podSets.stream()
        .map(PodSet::spot)
        .min(Comparator.naturalOrder())
        .map(spot -> SourceOffset.whole(spot.source()))
        .orElse(SourceOffset.whole(0));
  }

  /// How many workloads each namespace has.
  SortedMap<String, Long> workloadsOfNamespace() {
    var counts = new TreeMap<String, Long>();
    of(ResourceKind.NAMESPACE).forEach(namespace -> counts.put(namespace.id().name(), 0L));
    Workloads.of(podSets)
        .forEach(workload -> counts.merge(workload.id().namespace(), 1L, Long::sum));
    return counts;
  }

  /// How many resources of each kind were read.
  SortedMap<String, Long> counts() {
    var counts = new TreeMap<String, Long>();
    podSets.forEach(set -> counts.merge(set.id().kind(), 1L, Long::sum));
    resources.forEach((kind, all) -> {
      if (!all.isEmpty()) {
        counts.put(kind.kind(), (long) all.size());
      }
    });
    return counts;
  }

  SortedMap<String, Long> leftOut() {
    return leftOut;
  }
}
