package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.testkit.CuttableProxy;
import io.surfacescan.testkit.FreePort;
import io.surfacescan.testkit.Json;
import io.surfacescan.testkit.Postgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Three instances of the packaged service on one PostgreSQL, each with a state directory of its
/// own, behind a load balancer.
final class Fleet implements AutoCloseable {
  static final int SIZE = 3;

  private final Path folder;
  private final Postgres database;
  private final List<Instance> instances = new ArrayList<>();
  private @Nullable LoadBalancer balancer;
  private final HttpClient client = HttpClient.newHttpClient();

  /// One of them, with its own way to the database.
  private static final class Instance {
    final int port;
    final CuttableProxy way;
    ServedProgram program;

    Instance(int port, CuttableProxy way, ServedProgram program) {
      this.port = port;
      this.way = way;
      this.program = program;
    }
  }

  private Fleet(Path folder, Postgres database) {
    this.folder = folder;
    this.database = database;
  }

  static Fleet start(Path folder) throws IOException, InterruptedException {
    var fleet = new Fleet(folder, Postgres.start());
    try {
      fleet.startAll();
      return fleet;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      try (fleet) {
        throw e;
      }
    }
  }

  private void startAll() throws IOException, InterruptedException {
    var ports = List.of(FreePort.find(), FreePort.find(), FreePort.find());
    balancer = LoadBalancer.start(folder, ports);
    for (int port : ports) {
      var way = CuttableProxy.to(database.port());
      instances.add(new Instance(port, way, serve(instances.size(), port, way)));
    }
    for (var instance : instances) {
      instance.program.port();
    }
  }

  private ServedProgram serve(int number, int port, CuttableProxy way) throws IOException {
    var own = Files.createDirectories(folder.resolve(name(number)));
    return ServedProgram.start(
        own,
        Repository.root(),
        "--data=data",
        "--port=" + port,
        "--instance=" + name(number),
        "--state-dir=" + own.resolve("state"),
        "--stats-url=" + database.url(way.port()));
  }

  static String name(int number) {
    return "instance-" + number;
  }

  int port(int number) {
    return instances.get(number).port;
  }

  /// Its way to the database.
  CuttableProxy way(int number) {
    return instances.get(number).way;
  }

  Postgres database() {
    return database;
  }

  /// Asks through the balancer.
  SteadyLoad load() {
    return SteadyLoad.on(Objects.requireNonNull(balancer).port());
  }

  /// Ends an instance with a signal, and gives its exit code.
  int end(int number, String signal) throws IOException, InterruptedException {
    var program = instances.get(number).program;
    program.signal(signal);
    return program.await();
  }

  /// What it wrote to its standard error in its last life.
  String words(int number) throws IOException {
    return instances.get(number).program.words();
  }

  /// Starts it again after it ended, with the same state directory at the same port.
  void startAgain(int number) throws IOException {
    var instance = instances.get(number);
    instance.program = serve(number, instance.port, instance.way);
    instance.program.port();
  }

  /// What the fleet has answered, in the words of one instance.
  Totals totals(int number) throws IOException, InterruptedException {
    var answer =
        client.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + port(number) + "/stats?scope=fleet"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Totals.of(answer.body());
  }

  /// An answer of `/stats?scope=fleet`, without the requests for such answers.
  ///
  /// @param routes requests by route
  /// @param statuses requests by class of status
  record Totals(
      Instant completeUntil,
      Map<String, Long> routes,
      Map<String, Long> statuses,
      List<Life> lives) {
    private static Totals of(String json) {
      var answer = Json.objectOf(Object.class, Json.read(json));
      assertThat(answer).containsEntry("scope", "fleet").containsEntry("store", "postgresql");
      var routes = new TreeMap<String, Long>();
      Json.objectOf(Object.class, answer.get("routes"))
          .forEach((route, use) -> routes.put(route, count(Json.objectOf(Object.class, use))));
      var statuses = new TreeMap<String, Long>();
      statuses.putAll(Json.objectOf(Long.class, answer.get("statuses")));
      assertThat(count(answer)).isEqualTo(sum(routes)).isEqualTo(sum(statuses));
      var asked = routes.remove("/stats");
      if (asked != null) {
        statuses.merge("2xx", -asked, Long::sum);
      }
      return new Totals(
          instant(answer, "complete_until"),
          routes,
          statuses,
          Json.listOf(Object.class, answer.get("processes")).stream().map(Life::of).toList());
    }

    long requests() {
      return sum(routes);
    }

    /// Those of an instance, the latest first.
    List<Life> lives(int number) {
      return lives.stream()
          .filter(life -> life.name.equals(name(number)))
          .sorted((one, other) -> other.startedAt.compareTo(one.startedAt))
          .toList();
    }
  }

  /// One life of an instance.
  record Life(String name, Instant startedAt, Instant completeUntil, String state) {
    private static Life of(Object json) {
      var life = Json.objectOf(Object.class, json);
      return new Life(
          Json.text(life, "name"),
          instant(life, "started_at"),
          instant(life, "complete_until"),
          Json.text(life, "state"));
    }
  }

  private static long count(Map<String, Object> use) {
    return Objects.requireNonNull((Long) use.get("request_count"));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Instant instant(Map<String, Object> object, String key) {
    return Instant.parse(Json.text(object, key));
  }

  @Override
  public void close() throws IOException {
    try (database;
        var _ = balancer) {
      for (var instance : instances) {
        instance.program.close();
        instance.way.close();
      }
    }
  }
}
