package io.surfacescan.app;

import static io.surfacescan.app.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.surfacescan.testkit.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Statistics of the packaged program, as it dies and as its disk fills.
class StatisticsIT {
  private static final String ATTACK = "/attack?vm_id=vm-b126aa";

  /// What a kill may lose.
  private static final Duration LAST_FLUSH = Duration.ofSeconds(5);

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServedProgram serve() throws IOException {
    return ServedProgram.start(
        folder,
        Repository.root(),
        "--data",
        "data",
        "--port",
        "0",
        "--state-dir",
        folder.resolve("state").toString());
  }

  private String get(int port, String target) throws Exception {
    var answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private Map<String, Object> kept(int port) throws Exception {
    return Json.objectOf(Object.class, Json.read(get(port, "/stats?scope=instance")));
  }

  /// How many attacks were asked for, ever.
  private long attacks(int port) throws Exception {
    var routes = Json.objectOf(Object.class, kept(port).get("routes"));
    if (!routes.containsKey("/attack")) {
      return 0;
    }
    var attack = Json.objectOf(Object.class, routes.get("/attack"));
    return Long.parseLong(String.valueOf(attack.get("request_count")));
  }

  private static List<String> states(Map<String, Object> kept) {
    return Json.listOf(Object.class, kept.get("processes")).stream()
        .map(process -> Json.text(Json.objectOf(Object.class, process), "state"))
        .toList();
  }

  /// The first writing makes the file, and on a busy machine nobody waits for all of that.
  private void awaitFile(int port) throws Exception {
    until("the file knows of it", () -> !states(kept(port)).isEmpty());
  }

  @Test
  void kill_losesTheLastSecondsAtMost_andAnswersSaySo() throws Exception {
    Instant killed;
    int sure = 0;
    int all = 0;
    try (var served = serve()) {
      int port = served.port();
      awaitFile(port);
      var end = Instant.now().plusSeconds(8);
      while (Instant.now().isBefore(end)) {
        get(port, ATTACK);
        all++;
        if (Instant.now().isBefore(end.minus(LAST_FLUSH))) {
          sure = all;
        }
        Waiting.pause();
      }
      killed = Instant.now();
      served.process().destroyForcibly();
      served.await();
    }
    try (var served = serve()) {
      int port = served.port();
      assertThat(attacks(port)).isBetween((long) sure, (long) all);
      assertThat(sure).isPositive();
      var kept = kept(port);
      assertThat(Instant.parse(Json.text(kept, "complete_until")))
          .isBetween(killed.minus(LAST_FLUSH), killed);
      assertThat(states(kept)).containsExactlyInAnyOrder("running", "running");
    }
  }

  @Test
  void termination_losesNothing() throws Exception {
    try (var served = serve()) {
      int port = served.port();
      awaitFile(port);
      for (int i = 0; i < 100; i++) {
        get(port, ATTACK);
      }
      served.signal("TERM");
      assertThat(served.await()).isZero();
    }
    try (var served = serve()) {
      int port = served.port();
      assertThat(attacks(port)).isEqualTo(100);
      assertThat(states(kept(port))).containsExactly("running", "stopped");
    }
  }

  /// Files cannot grow any more, which is what a full disk does to a program.
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDisk_keepsServing_isTold_andIsCaughtUpWith() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit is not there");
    try (var served = serve()) {
      int port = served.port();
      get(port, ATTACK);
      until("it is counted", () -> attacks(port) == 1);

      limitFiles(served, "4096");
      for (int i = 0; i < 50; i++) {
        get(port, ATTACK);
      }
      until("the health shows the failure", () -> get(port, "/health").contains("failing since "));
      assertThat(get(port, "/metrics")).contains("surfacescan_statistics_file_failing 1.0");
      assertThat(get(port, "/health/ready")).contains("UP");
      for (int i = 0; i < 50; i++) {
        get(port, ATTACK);
      }

      limitFiles(served, "unlimited");
      until(
          "it writes again",
          () -> get(port, "/metrics").contains("surfacescan_statistics_file_failing 0.0"));
      assertThat(attacks(port)).isEqualTo(101);
      assertThat(get(port, "/health")).doesNotContain("failing");
    }
  }

  private static void limitFiles(ServedProgram served, String bytes) throws Exception {
    var limit =
        new ProcessBuilder(
                "/usr/bin/prlimit",
                "--pid",
                Long.toString(served.process().pid()),
                "--fsize=" + bytes + ":")
            .inheritIO()
            .start();
    assertThat(limit.waitFor()).isZero();
  }
}
