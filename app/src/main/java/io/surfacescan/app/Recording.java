package io.surfacescan.app;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes the caches that let the program start sooner, when it is built: lets Java record a
/// [Rehearsal] of the verbs and a short life of the server (JEP 514).
///
/// Archives with classes that no cache takes are copied, by [ModernArchive], and libraries of the
/// operating system are unpacked.
///
/// A cache holds classes as they are once loaded and linked, and what was learnt about the methods
/// that ran. It fits the Java, the archives and the class path it was made with; Java itself sees
/// to that and goes without it otherwise.
final class Recording {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// Where Java takes options from; later starts may come without them.
  private static final List<String> JAVA_OPTIONS = List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS");

  /// Where the recorded server keeps its statistics, beside the program until it ends.
  private static final String STATE = "recorded-state";

  /// Where the recorded verbs keep what they read, beside the program until they end.
  private static final String CACHE = "recorded-cache";

  /// Where the libraries of the operating system are.
  private static final String NATIVE = "native";

  /// Where copies of archives with old classes are.
  private static final String MODERN = "modern";

  /// Verbs end before what was learnt of their methods pays: reading it takes longer.
  private static final List<String> NOTHING_LEARNT =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

  /// What is asked of the server: what users and probes ask first. What is asked seldom is left
  /// out, because each start takes all that a cache holds.
  private static final List<String> REQUESTS =
      List.of(
          "/health/ready",
          "/health/live",
          "/health",
          "/attack?vm_id=vm-b126aa",
          "/attack?vm_id=vm-b126aa&max_hops=1",
          "/attack?vm_id=vm-b126aa&hops=true&limit=5",
          "/attack?vm_id=vm-none",
          "/attack",
          "/path?from=vm-1625bd&to=vm-b126aa",
          "/vm?vm_id=vm-b126aa",
          "/environment",
          "/stats",
          "/stats?from=-1h&step=1m",
          "/metrics");

  private static final List<String> FORMATS =
      List.of("*/*", "application/x-ndjson", "text/csv", "text/plain");

  private final Path program;
  private final Path options;
  private final Path data;

  private Recording(Path program, Path options, Path data) {
    this.program = program;
    this.options = options;
    this.data = data;
  }

  /// Takes the folders of the program, of the options of Java, and of an environment.
  ///
  /// Started on the class path that the verbs are started on. Exits with 1 if a cache is missing.
  public static void main(String... args) throws Exception {
    var recording = new Recording(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
    String classPath = recording.classPath();
    NativeLibraries.unpack(recording.program.resolve("lib"), recording.program.resolve(NATIVE));
    var verbs = CompletableFuture.runAsync(() -> recording.recordVerbs(classPath));
    var serve = CompletableFuture.runAsync(recording::recordServe);
    CompletableFuture.allOf(verbs, serve).join();
  }

  private void recordVerbs(String classPath) {
    var cache = program.resolve(CACHE);
    var arguments = new ArrayList<>(NOTHING_LEARNT);
    arguments.addAll(
        List.of("-cp", classPath, Rehearsal.class.getName(), data.toString(), cache.toString()));
    awaitEnd(start("verbs", arguments));
    delete(cache);
  }

  /// That of the verbs, as `scripts/start.sh` has it once there are copies of old archives.
  private String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(archive -> ModernArchive.of(Path.of(archive), program.resolve(MODERN)).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void recordServe() {
    var state = program.resolve(STATE);
    var process =
        start(
            "serve",
            List.of(
                "-Dorg.sqlite.lib.path=" + program.resolve(NATIVE),
                "-Djava.library.path=" + program.resolve(NATIVE),
                "-jar",
                program.resolve("surfacescan.jar").toString(),
                "serve",
                "--data",
                data.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--state-dir",
                state.toString()));
    ask(address(process));
    // Process.destroy would close the stream of its words as well.
    process.toHandle().destroy();
    awaitEnd(process);
    delete(state);
  }

  /// Starts a Java that writes the cache when it ends.
  ///
  /// @param kind which options it takes, and the name of its cache
  private Process start(String kind, List<String> arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + options.resolve(kind + ".options"),
                "-XX:AOTCacheOutput=" + program.resolve(kind + ".aot")));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    // What the user has preset is not for this run.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("SURFACESCAN_") || JAVA_OPTIONS.contains(name));
    builder.environment().remove("XDG_CONFIG_HOME");
    builder.environment().put("HOME", program.toAbsolutePath().toString());
    builder.environment().put("XDG_CACHE_HOME", program.resolve(CACHE).toAbsolutePath().toString());
    try {
      var process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .execute(process::destroyForcibly);
      return process;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The address that the server tells when it is ready.
  private static String address(Process process) {
    try {
      BufferedReader words = process.errorReader(StandardCharsets.UTF_8);
      for (String line = words.readLine(); line != null; line = words.readLine()) {
        var found = ADDRESS.matcher(line);
        if (found.find()) {
          return found.group();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("the server ended without an address");
  }

  private static void ask(String address) {
    try (var client = HttpClient.newHttpClient()) {
      for (String target : REQUESTS) {
        for (String format : target.startsWith("/attack?") ? FORMATS : FORMATS.subList(0, 1)) {
          for (String coding : List.of("identity", "gzip")) {
            var request =
                HttpRequest.newBuilder(URI.create(address + target))
                    .timeout(PATIENCE)
                    .header("Accept", format)
                    .header("Accept-Encoding", coding)
                    .build();
            client.send(request, HttpResponse.BodyHandlers.discarding());
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void awaitEnd(Process process) {
    try {
      process.errorReader(StandardCharsets.UTF_8).lines().forEach(System.err::println);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IllegalStateException("the recorded run ended with " + exit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
