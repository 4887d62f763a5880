package io.surfacescan.importers.terraform;

import io.surfacescan.importers.json.Abandonment;
import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.Places;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.importers.json.Utf8Stream;
import io.surfacescan.model.Place;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Where the resources of plans and states stand in the files that these were made from.
///
/// A resource of a module that is not there has the place where that module is called.
public final class SourcePlaces {
  private static final String FLAG = "--terraform-source";

  /// What Terraform writes of the modules that it has installed.
  private static final String INSTALLED = ".terraform/modules/modules.json";

  private final Path root;
  private final ProblemLog problems;

  /// The resources by where they start in the sources.
  private final TreeMap<SourceOffset, ResourceAddress> starts = new TreeMap<>();

  /// The starts of what the plan takes away: that need not be there.
  private final Set<SourceOffset> gone = new HashSet<>();

  /// The starts of what stands in no file, once that was told.
  private final Set<SourceOffset> missing = new HashSet<>();

  /// By the names of the calls that lead to a module, its files.
  private final Map<List<String>, Optional<ModuleFolder>> modules = new HashMap<>();

  private final Map<List<String>, Path> folders = new HashMap<>();
  private final Map<String, String> installed = new HashMap<>();

  /// @param root the folder of the root module
  public SourcePlaces(Path root, ProblemLog problems) {
    this.root = root;
    this.problems = problems;
  }

  /// Looks for the files; false if there are none, which is among the problems then.
  ///
  /// @param number of a source
  public boolean open(int number) {
    String name = Quoted.fileName(root.toString());
    var spot = SourceOffset.whole(number);
    if (!Files.isDirectory(root)) {
      problems.add(
          ProblemKind.UNREADABLE,
          spot,
          "there is no folder " + name + ", which " + FLAG + " names",
          "name the folder with the .tf files of the root module");
      return false;
    }
    folders.put(List.of(), root.normalize());
    readInstalled();
    if (module(List.of()).map(ModuleFolder::files).orElse(0) == 0) {
      problems.add(
          ProblemKind.NO_INPUT_FILES,
          spot,
          "the folder " + name + ", which " + FLAG + " names, has no .tf file",
          "name the folder with the .tf files of the root module, where terraform plan was run");
      return false;
    }
    return true;
  }

  void addAll(Iterable<Snapshot> snapshots) {
    for (Snapshot snapshot : snapshots) {
      snapshot.resources().values().forEach(some -> starts.put(some.spot(), some.address()));
      for (TerraformResource some : snapshot.removed()) {
        if (starts.putIfAbsent(some.spot(), some.address()) == null) {
          gone.add(some.spot());
        }
      }
    }
  }

  /// The model with the places of the files where it has those of the sources.
  public ReachabilityModel in(
      ReachabilityModel model, List<Source> sources, Abandonment abandonment) {
    var places = Places.find(sources, starts.navigableKeySet(), abandonment);
    var byFile = new HashMap<String, TreeMap<Long, SourceOffset>>();
    for (SourceOffset start : starts.keySet()) {
      var place = places.of(start);
      byFile.computeIfAbsent(place.file(), wanted -> new TreeMap<>()).put(order(place), start);
    }
    return model.at(place -> {
      var ofFile = byFile.get(place.file());
      var start = ofFile == null ? null : ofFile.floorEntry(order(place));
      return start == null ? place : written(start.getValue(), place);
    });
  }

  private static long order(Place place) {
    return (long) place.line() << Integer.SIZE | place.column();
  }

  private Place written(SourceOffset start, Place otherwise) {
    var address = starts.get(start);
    if (address == null) {
      return otherwise;
    }
    var found = place(address);
    if (found.isEmpty() && !gone.contains(start) && missing.add(start)) {
      problems.add(
          ProblemKind.DANGLING_REFERENCE,
          FLAG,
          start,
          () ->
              Quoted.value(address.toString())
                  + " stands in no .tf file of "
                  + Quoted.fileName(root.toString()),
          "name the folder where terraform plan was run, with the files that it read");
    }
    return found.orElse(otherwise);
  }

  /// Whether a resource makes blocks dynamically; not if it is not found.
  boolean isDynamic(ResourceAddress address, String blocks) {
    return module(calls(address))
        .map(module -> module.dynamics().getOrDefault(address.inConfiguration(), Set.of()))
        .map(dynamics -> dynamics.contains(blocks))
        .orElse(false);
  }

  /// The names of the calls that lead to the module of a resource.
  private static List<String> calls(ResourceAddress address) {
    var calls = new ArrayList<String>();
    var steps = ResourceAddress.steps(address.module());
    for (int i = 1; i < steps.size(); i += 2) {
      calls.add(steps.get(i).name());
    }
    return calls;
  }

  private Optional<Place> place(ResourceAddress address) {
    var calls = calls(address);
    var own = module(calls).map(module -> module.places().get(address.inConfiguration()));
    while (own.isEmpty() && !calls.isEmpty()) {
      String call = "module." + calls.removeLast();
      own = module(calls).map(module -> module.places().get(call));
    }
    return own;
  }

  private Optional<ModuleFolder> module(List<String> calls) {
    var known = modules.get(calls);
    if (known == null) {
      known = folder(calls).flatMap(this::read);
      modules.put(List.copyOf(calls), known);
    }
    return known;
  }

  private Optional<ModuleFolder> read(Path folder) {
    try {
      var module = ModuleFolder.of(folder);
      for (String unread : module.unread()) {
        problems.add(
            ProblemKind.UNREAD_FILE,
            SourceOffset.whole(starts.isEmpty() ? 0 : starts.firstKey().source()),
            unread,
            "repair it, or expect the places of its rules in the plan");
      }
      return Optional.of(module);
    } catch (IOException e) {
      // The resources in it get the place of the call.
      return Optional.empty();
    }
  }

  /// The folder of a module: where Terraform installed it, else beside the one that calls it.
  private Optional<Path> folder(List<String> calls) {
    var known = Optional.ofNullable(folders.get(calls));
    if (known.isPresent() || calls.isEmpty()) {
      return known;
    }
    var outer = calls.subList(0, calls.size() - 1);
    String recorded = installed.getOrDefault(String.join(".", calls), "");
    String source =
        module(outer)
            .map(module -> module.sources().getOrDefault("module." + calls.getLast(), ""))
            .orElse("");
    boolean isLocal = source.startsWith("./") || source.startsWith("../");
    try {
      Optional<Path> found = Optional.empty();
      if (!recorded.isEmpty()) {
        found = Optional.of(root.resolve(recorded));
      } else if (isLocal) {
        found = folder(outer).map(folder -> folder.resolve(source));
      }
      found = found.map(Path::normalize).filter(Files::isDirectory);
      found.ifPresent(folder -> folders.put(List.copyOf(calls), folder));
      return found;
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private void readInstalled() {
    Path file = root.resolve(INSTALLED);
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      var json = new JsonCursor(0, new Utf8Stream(in, Sha256.digest()));
      json.walk(() -> {
        json.nextDocument();
        for (JsonValue module : JsonValue.read(json).get("Modules").list()) {
          installed.put(module.get("Key").text(), module.get("Dir").text());
        }
      });
    } catch (IOException e) {
      // Modules beside the root are found without it.
    }
  }
}
