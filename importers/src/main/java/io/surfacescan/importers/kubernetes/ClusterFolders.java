package io.surfacescan.importers.kubernetes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which files are of which cluster, where an export has several side by side.
///
/// Two things tell clusters apart. A folder with a file `COMPLETE`, as the collecting script writes
/// it, holds one cluster. So do folders of which each has a namespace of one name whose `uid`
/// differs; the namespaces that every cluster has, `kube-system` and `default`, need no `uid`. A
/// cluster's folder is then the highest one above its namespace that holds no other cluster. If
/// neither is found, all files are of one cluster.
final class ClusterFolders {
  static final String COMPLETE = "COMPLETE";
  private static final List<String> OF_EVERY_CLUSTER = List.of("kube-system", "default");

  /// A file and the namespaces in it.
  ///
  /// @param path absolute; empty for standard input
  /// @param uids per namespace, its `uid`, which may be empty
  record File(Optional<Path> path, Map<String, String> uids) {}

  /// A place that shows a cluster.
  ///
  /// @param identity the same for all places of one cluster
  private record Marker(Path path, String identity) {}

  /// The cluster of each file; empty for one that stands in none of several.
  private final List<Optional<String>> clusterOf = new ArrayList<>();

  private final Set<String> names = new TreeSet<>();

  /// Whether only names of namespaces showed the clusters.
  private boolean isGuessed;

  private ClusterFolders(List<File> files) {
    var markers = markers(files);
    long clusters = markers.stream().map(Marker::identity).distinct().count();
    if (clusters < 2) {
      files.forEach(ignored -> clusterOf.add(Optional.of("")));
      return;
    }
    Map<Path, String> identityOfRoot = new LinkedHashMap<>();
    for (Marker marker : markers) {
      identityOfRoot.put(root(marker, markers), marker.identity);
    }
    var nameOf = names(identityOfRoot);
    names.addAll(nameOf.values());
    for (File file : files) {
      clusterOf.add(
          file.path()
              .flatMap(path -> nearest(path, identityOfRoot.keySet()))
              .map(identityOfRoot::get)
              .map(nameOf::get));
    }
  }

  static ClusterFolders of(List<File> files) {
    return new ClusterFolders(files);
  }

  /// The names of the clusters, in order; none if there is only one.
  Set<String> names() {
    return names;
  }

  /// The cluster of a file: empty text for the only one; nothing if it stands in none of several.
  Optional<String> clusterOf(int file) {
    return clusterOf.get(file);
  }

  /// Whether nothing but the names of namespaces showed that there are several.
  boolean isGuessed() {
    return isGuessed && !names.isEmpty();
  }

  private List<Marker> markers(List<File> files) {
    var complete = new ArrayList<Marker>();
    var looked = new TreeSet<Path>();
    for (File file : files) {
      for (Path at = file.path().map(Path::getParent).orElse(null);
          at != null && looked.add(at);
          at = at.getParent()) {
        if (Files.exists(at.resolve(COMPLETE))) {
          complete.add(new Marker(at, at.toString()));
        }
      }
    }
    if (complete.size() > 1) {
      return complete;
    }
    var candidates = new LinkedHashSet<>(OF_EVERY_CLUSTER);
    files.forEach(file -> candidates.addAll(new TreeSet<>(file.uids().keySet())));
    for (String namespace : candidates) {
      var markers = markersOf(namespace, files);
      if (markers.stream().map(Marker::identity).distinct().count() > 1) {
        isGuessed =
            files.stream().anyMatch(file -> file.uids().getOrDefault(namespace, "-").isEmpty());
        return markers;
      }
    }
    return List.of();
  }

  /// The files that have a namespace. Without a `uid`, those of one folder are of one cluster.
  private static List<Marker> markersOf(String namespace, List<File> files) {
    var markers = new ArrayList<Marker>();
    for (File file : files) {
      String uid = file.uids().get(namespace);
      if (uid != null && file.path().isPresent()) {
        boolean isKnown = !uid.isEmpty();
        if (isKnown || OF_EVERY_CLUSTER.contains(namespace)) {
          Path path = file.path().get();
          markers.add(new Marker(path, isKnown ? uid : "in " + path.getParent()));
        }
      }
    }
    return markers;
  }

  /// The highest path above a marker that holds none of another cluster.
  private static Path root(Marker marker, Collection<Marker> markers) {
    Path root = marker.path;
    for (Path up = root.getParent(); up != null; up = up.getParent()) {
      Path folder = up;
      if (markers.stream()
          .anyMatch(
              other -> !other.identity.equals(marker.identity) && other.path.startsWith(folder))) {
        break;
      }
      root = up;
    }
    return root;
  }

  /// The innermost root that holds a path.
  private static Optional<Path> nearest(Path path, Set<Path> roots) {
    for (Path at = path; at != null; at = at.getParent()) {
      if (roots.contains(at)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /// Per identity, a name: the root as it is called within the folder that holds all.
  private static Map<String, String> names(Map<Path, String> identityOfRoot) {
    Path common = null;
    for (Path root : identityOfRoot.keySet()) {
      common = common == null ? root.getParent() : common;
      while (common != null && !root.startsWith(common)) {
        common = common.getParent();
      }
    }
    Map<String, String> names = new TreeMap<>();
    Set<String> taken = new TreeSet<>();
    for (var each : identityOfRoot.entrySet()) {
      Path within = common == null ? each.getKey() : common.relativize(each.getKey());
      String name = within.toString().replace('\\', '/').replaceFirst("\\.\\w+(\\.gz)?$", "");
      if (!names.containsKey(each.getValue())) {
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
          free = name + "#" + i;
        }
        names.put(each.getValue(), free);
      }
    }
    return names;
  }
}
