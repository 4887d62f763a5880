package io.surfacescan.bench;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.report.format.IdArena;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How much memory a loaded environment takes, and how much it takes to load it: the smallest heap
/// in which that succeeds, found by trying, each time in a JVM of its own.
public final class LoadMemory {
  private static final long MEBIBYTE = 1 << 20;

  private LoadMemory() {}

  /// Measures, or is one of the trials.
  ///
  /// @param arguments a file, or `trial` and a file; options of the JVM may precede the file
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      System.err.println(
          "error: the file of an environment is missing; write scripts/bench-memory FILE");
      System.exit(2);
    }
    if (arguments[0].equals("trial")) {
      trial(Path.of(arguments[1]));
      return;
    }
    var options = List.of(arguments).subList(0, arguments.length - 1);
    Path file = Path.of(arguments[arguments.length - 1]);
    String roomy = run(options, "-Xmx" + Runtime.getRuntime().maxMemory() / MEBIBYTE + "m", file);
    System.out.println("with room to spare: " + roomy);
    if (!roomy.startsWith("loaded")) {
      System.exit(1);
    }
    long failed = 0;
    long enough = Runtime.getRuntime().maxMemory() / MEBIBYTE;
    String smallest = roomy;
    while (enough - failed > Math.max(4, enough / 50)) {
      long heap = (failed + enough) / 2;
      String trial = run(options, "-Xmx" + heap + "m", file);
      if (trial.startsWith("loaded")) {
        enough = heap;
        smallest = trial;
      } else {
        failed = heap;
      }
    }
    System.out.println("in the smallest heap, " + enough + " MiB: " + smallest);
    System.out.println("not in " + failed + " MiB");
  }

  private static String run(List<String> options, String heap, Path file)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(heap);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(LoadMemory.class.getName(), "trial", file.toString()));
    var trial = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = trial.getInputStream()) {
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
      return trial.waitFor() == 0 ? said : "failed: " + said;
    }
  }

  private static void trial(Path file) throws IOException {
    var imported =
        Importers.read(List.of(file.toString()), InputStream.nullInputStream(), ReadProgress.NONE);
    if (imported.problems().refused()) {
      System.out.println(imported.problems().errors());
      System.exit(1);
    }
    var graph = AttackGraph.of(imported.environment());
    imported = null;
    var ids = IdArena.of(graph);
    try {
      print(graph);
    } finally {
      Reference.reachabilityFence(ids);
    }
  }

  private static void print(AttackGraph graph) throws IOException {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    System.out.printf(
        "loaded %,d VMs; %d MiB of heap and %d MiB beside it; resident at most %s%n",
        graph.environment().vmCount(), heap / MEBIBYTE, direct() / MEBIBYTE, residentAtMost());
  }

  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private static String residentAtMost() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return "unknown";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.replaceAll("\\D", ""))
        .map(kibibytes -> Long.parseLong(kibibytes) / 1024 + " MiB")
        .findFirst()
        .orElse("unknown");
  }
}
