package io.surfacescan.importers.kubernetes;

import static io.surfacescan.model.ProblemKind.ASSUMPTION;
import static io.surfacescan.model.ProblemKind.MIXED_SOURCES;
import static io.surfacescan.model.ProblemKind.SHARED_ID;

import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Place;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.Outside;
import io.surfacescan.reachability.ReachabilityModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// The clusters of an export: mostly one, or several side by side. Nothing leads from one to
/// another but the ways over the outside, which all share.
final class Clusters {
  private final ProblemLog problems;

  /// By name; the only one has none.
  private final Map<String, Cluster> clusters = new TreeMap<>();

  private Clusters(ProblemLog problems) {
    this.problems = problems;
  }

  /// Puts the resources of all files together.
  ///
  /// @param numbers of the files among the sources
  static Clusters of(
      List<Source> sources, List<Integer> numbers, List<Resources> files, ProblemLog problems) {
    var all = new Clusters(problems);
    var places = new ArrayList<ClusterFolders.File>();
    for (int i = 0; i < files.size(); i++) {
      places.add(
          new ClusterFolders.File(path(sources.get(numbers.get(i))), files.get(i).namespaceUids()));
    }
    var folders = ClusterFolders.of(places);
    for (int i = 0; i < files.size(); i++) {
      var cluster = folders.clusterOf(i);
      if (cluster.isPresent()) {
        all.clusters
            .computeIfAbsent(cluster.get(), absent -> new Cluster(problems))
            .add(files.get(i));
      } else if (!files.get(i).isEmpty()) {
        all.refuse(numbers.get(i), folders.names());
      }
    }
    if (files.isEmpty()) {
      all.clusters.put("", new Cluster(problems));
    }
    all.clusters.values().forEach(Cluster::removeDuplicates);
    if (folders.isGuessed()) {
      problems.add(
          ASSUMPTION,
          SourceOffset.whole(numbers.getFirst()),
          "each of "
              + shown(folders.names())
              + " has the namespaces that every cluster has, so they are taken for clusters of"
              + " their own",
          "if they are one cluster, export each namespace once");
    }
    return all;
  }

  private static Optional<Path> path(Source source) {
    return source instanceof Source.File file
        ? Optional.of(file.path().toAbsolutePath().normalize())
        : Optional.empty();
  }

  private static String shown(Collection<String> names) {
    var some = names.stream().limit(3).map(Quoted::value).toList();
    return String.join(", ", some) + (names.size() > 3 ? ", …" : "");
  }

  private void refuse(int number, Set<String> names) {
    problems.add(
        MIXED_SOURCES,
        SourceOffset.whole(number),
        "the file stands beside several clusters ("
            + shown(names)
            + ") and does not show of which it is",
        "move it into the folder of its cluster");
  }

  /// All whose places are asked for by [#model].
  List<SourceOffset> spots() {
    return clusters.values().stream().flatMap(cluster -> cluster.spots().stream()).toList();
  }

  /// What the clusters let through.
  ReachabilityModel model(Function<SourceOffset, Place> places) {
    var model = new ReachabilityModel.Builder();
    var shared = shared();
    clusters.forEach((name, cluster) ->
        cluster.addTo(
            model,
            places,
            clusters.size() == 1 ? ClusterName.ONLY : new ClusterName(name, shared)));
    addOutsides(model);
    return model.build();
  }

  /// The ids that stand in several clusters.
  private Set<String> shared() {
    Map<String, Integer> bearers = new HashMap<>();
    Map<String, SourceOffset> last = new LinkedHashMap<>();
    for (Cluster cluster : clusters.values()) {
      cluster
          .ids()
          .forEach((id, spot) -> {
            bearers.merge(id, 1, Integer::sum);
            last.put(id, spot);
          });
    }
    var shared = new TreeSet<String>();
    last.forEach((id, spot) -> {
      if (bearers.getOrDefault(id, 0) > 1) {
        shared.add(id);
        problems.add(
            SHARED_ID,
            "id",
            spot,
            () -> "the id " + Quoted.value(id) + " stands for different things in several clusters",
            "use the ids with the cluster before them");
      }
    });
    return shared;
  }

  private void addOutsides(ReachabilityModel.Builder model) {
    var ranges = new ArrayList<AddressRange>();
    ranges.add(AddressRange.ALL_V4);
    if (clusters.values().stream().anyMatch(Cluster::speaksOfV6)) {
      ranges.add(AddressRange.ALL_V6);
    }
    var outside = Marks.of(LabelSelectors.OUTSIDE);
    model.outside(
        new Outside(
            "outside-cluster",
            "whatever can route to pod addresses",
            Optional.empty(),
            Direction.INGRESS,
            outside,
            ranges));
    model.outside(
        new Outside(
            "internet-out",
            "addresses outside the cluster",
            Optional.empty(),
            Direction.EGRESS,
            outside,
            ranges));
    if (clusters.values().stream().anyMatch(Cluster::hasGateways)) {
      model.outside(
          new Outside(
              Cluster.INTERNET,
              "the internet",
              Optional.empty(),
              Direction.INGRESS,
              Marks.of(Cluster.INTERNET),
              ranges));
    }
  }

  /// How many workloads each namespace has.
  SortedMap<String, Long> namespaces() {
    var all = new TreeMap<String, Long>();
    clusters.forEach((name, cluster) -> {
      String before = clusters.size() == 1 ? "" : name + "/";
      cluster.workloadsOfNamespace().forEach((each, count) -> all.put(before + each, count));
    });
    return all;
  }

  /// How many resources of each kind were read.
  SortedMap<String, Long> counts() {
    return sum(Cluster::counts);
  }

  SortedMap<String, Long> leftOut() {
    return sum(Cluster::leftOut);
  }

  private SortedMap<String, Long> sum(Function<Cluster, SortedMap<String, Long>> some) {
    var sum = new TreeMap<String, Long>();
    for (Cluster cluster : clusters.values()) {
      some.apply(cluster).forEach((kind, count) -> sum.merge(kind, count, Long::sum));
    }
    return sum;
  }
}
