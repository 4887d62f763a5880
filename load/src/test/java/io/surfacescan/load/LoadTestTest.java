package io.surfacescan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole load test, with Gatling, against a small server that stands in for the service.
class LoadTestTest {
  private static final String STATS =
      "{\"routes\":{\"/attack\":{\"request_count\":4,\"average_request_time\":0.5}}}";

  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private volatile String answer = "[\"a\"]";
  private volatile String vms = "[{\"vm_id\":\"odd id/+&ü\"},{\"vm_id\":\"second\"}]";
  private volatile Duration delay = Duration.ZERO;
  private final HttpServer server;

  @TempDir Path reports;

  LoadTestTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::serve);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI uri = exchange.getRequestURI();
      asked.add(uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
      var body =
          switch (uri.getPath()) {
            case "/vms" -> vms;
            case "/stats" -> STATS;
            default -> answer;
          };
      sleep();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void sleep() {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int run(String... more) {
    var flags =
        List.of(
            "--host=http://127.0.0.1:" + server.getAddress().getPort(),
            "--reports=" + reports,
            "--duration=1s");
    return LoadTest.run(
        Map.of("SURFACESCAN_LOAD_WARM_UP", "0s"),
        Stream.concat(flags.stream(), Stream.of(more)).toArray(String[]::new));
  }

  private Path folder() throws IOException {
    try (Stream<Path> folders = Files.list(reports)) {
      return folders.toList().getFirst();
    }
  }

  private long asked(String start) {
    return asked.stream().filter(target -> target.startsWith(start)).count();
  }

  @Test
  void run_atARate_asksAndReportsEveryRequest() throws IOException {
    assertThat(run("--rate=200", "--mix=1:0")).isZero();

    var table = ReportTable.read(folder().resolve("index.html"));
    assertThat(table.rows())
        .extracting(ReportTable.Row::name, ReportTable.Row::requests, ReportTable.Row::failed)
        .containsExactly(tuple("All Requests", "200", "0"), tuple("attack", "200", "0"));
    assertThat(asked("/attack?vm_id=odd+id%2F%2B%26%C3%BC") + asked("/attack?vm_id=second"))
        .isEqualTo(200);
    assertThat(asked("/attack?vm_id=second")).isBetween(50L, 150L);
  }

  @Test
  void run_withUsers_warmsUpWithoutReportingIt() throws IOException {
    assertThat(run("--users=2", "--warm-up=3s", "--ramp=1s")).isZero();

    // Beside those of the warm-up, only the two at its end may be asked and not reported.
    assertThat(reported("attack")).isPositive().isLessThan(asked("/attack") - 2);
    assertThat(folder().resolve("warm-up")).doesNotExist();
  }

  private long reported(String name) throws IOException {
    return ReportTable.read(folder().resolve("index.html")).rows().stream()
        .filter(row -> row.name().equals(name))
        .mapToLong(row -> Long.parseLong(row.requests()))
        .sum();
  }

  @Test
  void run_answersThatAreNoAnswers_areFailures() throws IOException {
    answer = "[\"a\",";

    assertThat(run("--rate=20", "--mix=1:0")).isEqualTo(1);

    assertThat(ReportTable.read(folder().resolve("index.html")).rows().getFirst().failed())
        .isEqualTo("20");
  }

  @Test
  void run_failuresThatAreAllowed_areNoFailure() {
    answer = "no";

    assertThat(run("--rate=20", "--mix=1:0", "--failed-most=100", "--p99-most=60000")).isZero();
  }

  @Test
  void run_slowerThanAllowed() {
    delay = Duration.ofMillis(30);

    assertThat(run("--users=1", "--p99-most=10")).isEqualTo(1);
  }

  @Test
  void run_noVms_isSaidBeforeAnythingRuns() {
    vms = "[]";

    assertThat(run()).isEqualTo(3);
    assertThat(asked("/attack")).isZero();
  }

  @Test
  void run_noServer() {
    server.stop(0);

    assertThat(run()).isEqualTo(3);
  }

  @Test
  void run_badFlag() {
    assertThat(run("--users=none")).isEqualTo(2);
  }
}
