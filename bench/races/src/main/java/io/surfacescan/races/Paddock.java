package io.surfacescan.races;

import io.surfacescan.races.Lap.GivenAnswer;
import io.surfacescan.report.EnvironmentWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Sends the peers over the courses of one shape, the smallest first. What was stopped on one
/// course does not start on a larger one.
final class Paddock {
  private static final List<String> JAVA_FLAGS =
      List.of(
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          // Neo4j needs these.
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
  private static final String PYTHON_PEER = "networkx_peer.py";

  private final EnumSet<PeerKind> peers;
  private final Map<PeerKind, Integer> most;
  private final Limits limits;
  private final String python;

  /// The ways that were stopped, and at how many VMs.
  private final Map<PeerKind, Map<String, Integer>> stopped = new EnumMap<>(PeerKind.class);

  /// @param most the most VMs that a peer is given
  Paddock(List<PeerKind> peers, Map<PeerKind, Integer> most, Limits limits, String python) {
    this.peers = EnumSet.copyOf(peers);
    this.peers.add(PeerKind.SURFACESCAN);
    this.most = Map.copyOf(most);
    this.limits = limits;
    this.python = python;
  }

  /// All peers, surfacescan first; it alone if it does not finish.
  Standings run(Course course) throws Disagreement, IOException, InterruptedException {
    var performances = new ArrayList<Performance>();
    List<GivenAnswer> expected = List.of();
    for (var kind : peers) {
      System.err.println("race: " + course + ": " + Words.of(kind));
      var performance = run(kind, course, expected);
      performances.add(performance);
      if (kind == PeerKind.SURFACESCAN) {
        if (performance.stop().isPresent()) {
          break;
        }
        expected = performance.laps().getFirst().answers();
      }
    }
    return new Standings(course, performances);
  }

  private Performance run(PeerKind kind, Course course, List<GivenAnswer> expected)
      throws Disagreement, IOException, InterruptedException {
    int bound = most.getOrDefault(kind, Integer.MAX_VALUE);
    if (course.vms() > bound) {
      return Performance.none(kind, "not started with more than %,d VMs".formatted(bound));
    }
    var missing = missing(kind);
    if (missing.isPresent()) {
      return Performance.none(kind, missing.get());
    }
    var folder = Files.createTempDirectory("surfacescan-race");
    try {
      return run(kind, course, expected, folder);
    } finally {
      delete(folder);
    }
  }

  /// Runs all ways; after one that was stopped, the others start anew.
  private Performance run(PeerKind kind, Course course, List<GivenAnswer> expected, Path folder)
      throws Disagreement, IOException, InterruptedException {
    var stoppedBefore = stopped.computeIfAbsent(kind, _ -> new HashMap<>());
    var ways = new ArrayList<>(kind.ways(folder));
    ways.removeAll(stoppedBefore.keySet());
    if (ways.isEmpty()) {
      int vms = stoppedBefore.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
      return Performance.none(kind, "not started, having been stopped with %,d VMs".formatted(vms));
    }
    var performance = once(kind, course, expected, ways, folder.resolve("1"));
    for (int start = 2; !left(ways, performance).isEmpty() && hasLoaded(performance); start++) {
      var rest = left(ways, performance);
      performance = performance.and(once(kind, course, expected, rest, folder.resolve("" + start)));
    }
    for (var way : performance.laps().isEmpty() ? ways : performance.stoppedWays()) {
      stoppedBefore.put(way, course.vms());
    }
    return performance;
  }

  private static boolean hasLoaded(Performance performance) {
    return performance.stop().isEmpty() || !performance.stoppedWays().isEmpty();
  }

  private static List<String> left(List<String> ways, Performance performance) {
    var run = performance.laps().stream().map(Lap::way).toList();
    return ways.stream().filter(way -> !run.contains(way)).toList();
  }

  private Performance once(
      PeerKind kind, Course course, List<GivenAnswer> expected, List<String> ways, Path folder)
      throws Disagreement, IOException, InterruptedException {
    var files = Files.createDirectories(folder.resolve("files"));
    var command =
        kind == PeerKind.NETWORKX
            ? pythonCommand(course, folder)
            : javaCommand(kind, course, ways, files);
    try (var entrant = new Entrant(kind, limits, expected, command, files, folder.resolve("log"))) {
      return entrant.run();
    }
  }

  private List<String> javaCommand(PeerKind kind, Course course, List<String> ways, Path files) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JAVA_FLAGS);
    command.add("-Xmx" + limits.heap());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(PeerProcess.class.getName());
    command.add(kind.name());
    command.add(files.toString());
    command.add(String.join("|", ways));
    command.add(Integer.toString(limits.checkSeconds()));
    command.add(Integer.toString(limits.timeSeconds()));
    command.addAll(course.arguments());
    return command;
  }

  private List<String> pythonCommand(Course course, Path folder) throws IOException {
    var script = folder.resolve(PYTHON_PEER);
    try (var source = Paddock.class.getResourceAsStream("/" + PYTHON_PEER)) {
      Files.copy(Objects.requireNonNull(source), script);
    }
    var document = folder.resolve("environment.json");
    try (var out = new BufferedOutputStream(Files.newOutputStream(document))) {
      var environment = course.environment();
      EnvironmentWriter.write(environment.vms(), environment.rules(), out);
    }
    var sample = folder.resolve("sample");
    Files.writeString(
        sample,
        Arrays.stream(course.sampledVms()).mapToObj(vm -> vm + "\n").collect(Collectors.joining()));
    return List.of(
        python,
        script.toString(),
        document.toString(),
        sample.toString(),
        Integer.toString(limits.checkSeconds()),
        Integer.toString(limits.timeSeconds()));
  }

  /// Why a peer cannot start on this machine, if it cannot.
  private Optional<String> missing(PeerKind kind) throws InterruptedException {
    if (kind != PeerKind.NETWORKX) {
      return Optional.empty();
    }
    try {
      var probe =
          new ProcessBuilder(python, "-c", "import networkx")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor() == 0
          ? Optional.empty()
          : Optional.of("skipped: " + python + " has no NetworkX");
    } catch (IOException e) {
      return Optional.of("skipped: there is no " + python);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
