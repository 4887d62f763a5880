package io.surfacescan.testkit;

import io.surfacescan.model.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A small environment with the answers worked out by hand, from a folder of `scenarios`:
/// `environment.json` (the document), `expected.json` (the answers) and `README` (one line: the
/// rule it shows). VMs are named by their ids here, rules by their `fw_id`.
///
/// A module's tests run all of them with `@MethodSource("io.surfacescan.testkit.Scenario#all")`.
///
/// @param name the folder's
/// @param shows the rule of the game that this scenario is about
/// @param document the environment document, as an importer reads it
/// @param environment the document's facts, read by [NaiveDocument]
/// @param attackers for every VM of the environment, each of its attackers with its hops
/// @param paths attack paths that are the only shortest ones from their start to their end
/// @param unknown ids that are not in the environment
/// @param warnings the codes of all warnings that `validate` must give, and no others
public record Scenario(
    String name,
    String shows,
    String document,
    Environment environment,
    Map<String, Map<String, Integer>> attackers,
    List<List<Hop>> paths,
    Set<String> unknown,
    Set<String> warnings) {

  /// One direct attack, with the `fw_id`s of all rules that allow it, in the order of the input.
  public record Hop(String from, String to, List<String> rules) {}

  private static final Set<String> KEYS = Set.of("attackers", "paths", "unknown", "warnings");

  /// All scenarios, by name.
  public static List<Scenario> all() {
    try {
      var home =
          Path.of(Scenario.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(home)) {
        return allIn(home.resolve("scenarios"));
      }
      try (var jar = FileSystems.newFileSystem(home)) {
        return allIn(jar.getPath("scenarios"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Scenario> allIn(Path scenarios) throws IOException {
    var all = new ArrayList<Scenario>();
    try (var folders = Files.list(scenarios)) {
      for (Path folder : folders.sorted().toList()) {
        all.add(read(folder));
      }
    }
    return all;
  }

  private static Scenario read(Path folder) throws IOException {
    String document = Files.readString(folder.resolve("environment.json"));
    var expected =
        Json.objectOf(Object.class, Json.read(Files.readString(folder.resolve("expected.json"))));
    if (!KEYS.containsAll(expected.keySet())) {
      throw new IllegalArgumentException(folder + " expects " + expected.keySet() + " of " + KEYS);
    }
    var attackers = new TreeMap<String, Map<String, Integer>>();
    Json.objectOf(Object.class, expected.get("attackers"))
        .forEach((vm, hops) -> attackers.put(vm, hops(hops)));
    return new Scenario(
        folder.getFileName().toString(),
        Files.readString(folder.resolve("README")).strip(),
        document,
        NaiveDocument.read(document),
        attackers,
        Json.listOf(Object.class, expected.getOrDefault("paths", List.of())).stream()
            .map(Scenario::path)
            .toList(),
        texts(expected, "unknown"),
        texts(expected, "warnings"));
  }

  private static Map<String, Integer> hops(Object json) {
    var hops = new TreeMap<String, Integer>();
    Json.objectOf(Long.class, json).forEach((vm, count) -> hops.put(vm, count.intValue()));
    return hops;
  }

  private static List<Hop> path(Object json) {
    return Json.listOf(Object.class, json).stream()
        .map(each -> {
          var hop = Json.objectOf(Object.class, each);
          return new Hop(
              Json.text(hop, "from"),
              Json.text(hop, "to"),
              Json.listOf(String.class, hop.get("rules")));
        })
        .toList();
  }

  private static Set<String> texts(Map<String, Object> expected, String key) {
    return new TreeSet<>(Json.listOf(String.class, expected.getOrDefault(key, List.of())));
  }

  /// The attackers of the VM that need at most so many hops.
  public Set<String> attackersWithin(String vm, int maxHops) {
    var within = new TreeSet<String>();
    hopsOf(vm)
        .forEach((attacker, hops) -> {
          if (hops <= maxHops) {
            within.add(attacker);
          }
        });
    return within;
  }

  /// The attack surface of the VM.
  public Set<String> surface(String vm) {
    return attackersWithin(vm, Integer.MAX_VALUE);
  }

  /// The VMs that this one attacks, with the hops it takes.
  public Map<String, Integer> victims(String vm) {
    var victims = new TreeMap<String, Integer>();
    attackers.forEach((victim, hops) -> {
      if (hops.containsKey(vm)) {
        victims.put(victim, hops.get(vm));
      }
    });
    return victims;
  }

  private Map<String, Integer> hopsOf(String vm) {
    var hops = attackers.get(vm);
    if (hops == null) {
      throw new IllegalArgumentException(name + " has no VM " + vm);
    }
    return hops;
  }

  @Override
  public String toString() {
    return name;
  }
}
