package io.surfacescan.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// How long `./surfacescan` takes to start on the sample data, the launcher included, and what the
/// server keeps in memory when nobody asks anything.
///
/// The ways to start take turns. A run in which other processes took more than a small share of the
/// processors is not counted but repeated. Linux only: it reads `/proc`.
public final class StartUp {
  private static final int RUNS = 15;
  private static final int TRIES = 8 * RUNS;
  private static final double OTHERS_MOST = 0.1;
  private static final Duration IDLE = Duration.ofSeconds(2);

  /// Where servers keep statistics, which are nobody's use.
  private static final Path STATE = Path.of(".build", "start-up-state");

  private static final double TICK_MILLIS = 10;

  private StartUp() {}

  /// Options of Java that a start gets on top, and how the table calls it.
  private record Way(String name, String options) {}

  /// @param otherShare what other processes took of all processors
  private record Run(double millis, double attackMillis, double megabytes, double otherShare) {}

  private interface Start {
    Run run(Way way) throws IOException, InterruptedException;
  }

  /// Prints a table; each argument is options of Java for one more row.
  public static void main(String... args) throws IOException, InterruptedException {
    var ways = new ArrayList<Way>();
    ways.add(new Way("as it is", ""));
    ways.add(new Way("without caches", "-XX:AOTMode=off"));
    Arrays.stream(args).forEach(options -> ways.add(new Way("`" + options + "`", options)));

    print("| start | to | ms, median | from .. to | MB at idle | runs |");
    print("|---|---|---|---|---|---|");
    measure("`attack`", "the end", ways, way -> verb(way, "attack", "vm-b126aa"));
    measure("`validate`", "the end", ways, way -> verb(way, "validate"));
    measure("`serve`", "ready", ways, StartUp::serve);
  }

  private static void measure(String start, String to, List<Way> ways, Start measured)
      throws IOException, InterruptedException {
    var runs = new ArrayList<List<Run>>();
    for (Way way : ways) {
      runs.add(new ArrayList<>());
      // The files are in the page cache after this one.
      measured.run(way);
    }
    for (int attempt = 0; attempt < TRIES; attempt++) {
      for (int i = 0; i < ways.size(); i++) {
        if (runs.get(i).size() < RUNS) {
          var run = measured.run(ways.get(i));
          if (run.otherShare() < OTHERS_MOST) {
            runs.get(i).add(run);
          }
        }
      }
    }
    for (int i = 0; i < ways.size(); i++) {
      String row = start + ", " + ways.get(i).name();
      var counted = runs.get(i);
      print(row(row, to, counted, counted.stream().mapToDouble(Run::millis).sorted().toArray()));
      if (counted.stream().anyMatch(run -> run.attackMillis() > 0)) {
        var answered = counted.stream().mapToDouble(Run::attackMillis).sorted().toArray();
        print(row(row, "first answer", counted, answered));
      }
    }
  }

  private static String row(String start, String to, List<Run> runs, double[] sorted) {
    if (runs.isEmpty()) {
      return "| %s | %s | too much else was going on | | | 0 |".formatted(start, to);
    }
    var megabytes = runs.stream().mapToDouble(Run::megabytes).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.0f | %.0f .. %.0f | %s | %d |",
        start,
        to,
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1],
        megabytes[0] == 0 ? "" : Math.round(megabytes[megabytes.length / 2]),
        runs.size());
  }

  private static Run verb(Way way, String... arguments) throws IOException, InterruptedException {
    var others = new Others();
    long began = System.nanoTime();
    var process = start(way, arguments);
    int exit = process.waitFor();
    double millis = millisSince(began);
    if (exit != 0) {
      throw new IllegalStateException(String.join(" ", arguments) + " ended with " + exit);
    }
    return new Run(millis, 0, 0, others.share(0));
  }

  private static Run serve(Way way) throws IOException, InterruptedException {
    int port = freePort();
    var others = new Others();
    long began = System.nanoTime();
    var process = start(way, "serve", "--port", Integer.toString(port));
    try {
      while (!answers(port, "/health/ready")) {
        if (!process.isAlive()) {
          throw new IllegalStateException("the server ended with " + process.exitValue());
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
      double ready = millisSince(began);
      double share = others.share(ticksOf(process.pid()));
      if (!answers(port, "/attack?vm_id=vm-b126aa")) {
        throw new IllegalStateException("it is ready and does not answer");
      }
      double answered = millisSince(began);
      Thread.sleep(IDLE);
      return new Run(ready, answered, residentMegabytes(process.pid()), share);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static Process start(Way way, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("./surfacescan"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("SURFACESCAN_STATE_DIR", STATE.toString());
    if (!way.options().isEmpty()) {
      builder.environment().put("JDK_JAVA_OPTIONS", way.options());
    }
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port, String target) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.startsWith("HTTP/1.1 200 ");
    } catch (IOException e) {
      return false;
    }
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  private static double residentMegabytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IllegalStateException("no resident size");
  }

  /// Processor time that a process and the children it has waited for used, in ticks.
  private static long ticksOf(Object pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Arrays.stream(fields, 11, 15).mapToLong(Long::parseLong).sum();
  }

  /// What the other processes of the machine do from now on.
  private static final class Others {
    private final long busyBefore = busyTicks();
    private final long ownBefore = ticksOf("self");
    private final long began = System.nanoTime();

    Others() throws IOException {}

    /// @param more ticks of a child that goes on
    double share(long more) throws IOException {
      long others = busyTicks() - busyBefore - (ticksOf("self") - ownBefore) - more;
      double all = millisSince(began) * Runtime.getRuntime().availableProcessors();
      return others * TICK_MILLIS / all;
    }

    /// Of all processors: user, nice, system, interrupts.
    private static long busyTicks() throws IOException {
      try (var lines = Files.lines(Path.of("/proc/stat"))) {
        String[] fields = lines.findFirst().orElseThrow().trim().split("\\s+", -1);
        return Arrays.stream(new int[] {1, 2, 3, 6, 7})
            .mapToLong(i -> Long.parseLong(fields[i]))
            .sum();
      }
    }
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
