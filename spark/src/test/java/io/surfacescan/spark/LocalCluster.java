package io.surfacescan.spark;

import io.surfacescan.testkit.FreePort;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A real cluster on loopback, from the archives of Spark: a master, and workers with a processor
/// and an executor each, all processes of their own. Each worker has an address of its own, because
/// Spark runs a task twice on different machines only.
final class LocalCluster implements AutoCloseable {
  /// What is ours, or comes in the archive of the job: the cluster has none of it.
  private static final Pattern NOT_OF_SPARK =
      Pattern.compile(
          "(surfacescan|jackson-core-3|snakeyaml-engine|jspecify|junit|opentest4j|assertj|apiguardian|byte-buddy).*");

  private static final long PATIENCE_SECONDS = 120;

  private final Path home;
  private final String address;
  private final Process master;
  private final List<Process> workers = new ArrayList<>();
  private int workersEver;

  LocalCluster(Path home) throws IOException, InterruptedException {
    this.home = home;
    Files.createDirectory(home.resolve("jars"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String name = Path.of(entry).getFileName().toString();
      if (name.endsWith(".jar") && !NOT_OF_SPARK.matcher(name).matches()) {
        Files.createSymbolicLink(home.resolve("jars").resolve(name), Path.of(entry));
      }
    }
    int port = FreePort.find();
    address = "spark://127.0.0.1:" + port;
    master =
        start(
            "127.0.0.1",
            "I have been elected leader",
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--webui-port",
            "0");
  }

  String address() {
    return address;
  }

  /// Starts a worker, and waits until the master knows it.
  Process addWorker() throws IOException, InterruptedException {
    String host = "127.0.0." + (2 + workersEver++);
    var worker =
        start(
            host,
            "Successfully registered with master",
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            host,
            "--cores",
            "1",
            "--memory",
            "1g",
            "--webui-port",
            "0",
            "--work-dir",
            home.resolve("work").toString(),
            address);
    workers.add(worker);
    return worker;
  }

  /// A program of the cluster with the classes of Spark alone.
  ProcessBuilder program(String host, String... arguments) {
    var java = new ArrayList<String>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-cp", home.resolve("jars") + "/*"));
    java.addAll(List.of(arguments));
    var builder = new ProcessBuilder(java).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", host);
    return builder;
  }

  private Process start(String host, String ready, String... arguments)
      throws IOException, InterruptedException {
    var process = program(host, arguments).start();
    var isReady = new CountDownLatch(1);
    var said = new StringBuffer();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try (var lines =
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
              said.append(line).append('\n');
              if (line.contains(ready)) {
                isReady.countDown();
              }
            }
          } catch (IOException e) {
            // The process was killed.
          }
        });
    if (!isReady.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("not ready: " + said);
    }
    return process;
  }

  /// The processes of executors.
  Stream<ProcessHandle> executors() {
    return workers.stream().flatMap(Process::descendants);
  }

  /// Kills a worker with its executors, as the end of a machine does.
  void kill(Process worker) {
    var executors = worker.descendants().toList();
    worker.destroyForcibly();
    executors.forEach(ProcessHandle::destroyForcibly);
    workers.remove(worker);
  }

  /// The worker of an executor that runs on it.
  Process anyWorker() {
    return workers.getFirst();
  }

  @Override
  public void close() {
    List.copyOf(workers).forEach(this::kill);
    master.destroyForcibly();
  }
}
