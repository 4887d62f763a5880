package io.surfacescan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole load test, with Gatling, against a small server that stands in for the service.
class LoadTestTest {
  /// The name of a row of the report's table, its requests and those that failed.
  private static final Pattern ROW =
      Pattern.compile(
          "(?s)class=\"ellipsed-name\">([^<]*)<.*?col-2\">(\\d+)</td>.*?col-4\">(\\d+)</td>");

  /// What all that asks others over HTTPS would have to connect to.
  private static ServerSocket proxy;

  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private volatile String answer = "[\"a\"]";
  private volatile String vms = "[{\"vm_id\":\"odd id/+&ü\"}]";
  private String path = "";
  private volatile int status = 200;
  private volatile Duration delay = Duration.ZERO;
  private final HttpServer server;

  @TempDir Path reports;

  LoadTestTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeAll
  static void startProxy() throws IOException {
    proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    proxy.setSoTimeout(1);
    System.setProperty("https.proxyHost", "127.0.0.1");
    System.setProperty("https.proxyPort", Integer.toString(proxy.getLocalPort()));
  }

  /// Gatling would ask in its first run, whichever test that is in.
  @AfterAll
  static void onlyTheServerWasAsked() throws IOException {
    System.clearProperty("https.proxyHost");
    System.clearProperty("https.proxyPort");
    try (var closing = proxy) {
      assertThatThrownBy(closing::accept).isInstanceOf(SocketTimeoutException.class);
    }
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
      String target = exchange.getRequestURI().toString();
      asked.add(target);
      if (target.equals("/vms?limit=1000")) {
        exchange.getResponseHeaders().add("Link", "</vms?after=1>; rel=\"next\"");
      }
      var body =
          switch (exchange.getRequestURI().getPath()) {
            case "/vms" -> target.contains("after") ? "[{\"vm_id\":\"second\"}]" : vms;
            case "/stats" -> "{\"routes\":{}}";
            default -> answer;
          };
      LockSupport.parkNanos(delay.toNanos());
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(target.startsWith("/attack") ? status : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private int run(String... more) {
    var flags =
        List.of(
            "--host=http://127.0.0.1:" + server.getAddress().getPort() + path,
            "--reports=" + reports,
            "--duration=1s");
    return LoadTest.command(Map.of("SURFACESCAN_LOAD_WARM_UP", "0s"))
        .execute(Stream.concat(flags.stream(), Stream.of(more)).toArray(String[]::new));
  }

  private String report() throws IOException {
    try (Stream<Path> folders = Files.list(reports)) {
      var found = folders.toList();
      assertThat(found).hasSize(1);
      return Files.readString(found.getFirst().resolve("index.html"));
    }
  }

  /// Requests and those that failed, by the names in the report.
  private Map<String, List<Integer>> reported() throws IOException {
    return ROW.matcher(report())
        .results()
        .collect(
            Collectors.toMap(
                row -> row.group(1),
                row -> List.of(Integer.valueOf(row.group(2)), Integer.valueOf(row.group(3)))));
  }

  private List<Integer> reported(String name) throws IOException {
    return reported().getOrDefault(name, List.of());
  }

  private int asked(String target) {
    return (int) asked.stream().filter(target::equals).count();
  }

  @Test
  void run_atARate_asksAndReportsEveryRequest() throws IOException {
    assertThat(run("--rate=200", "--mix=1:0", "--p99-most=60000")).isZero();

    assertThat(reported())
        .isEqualTo(Map.of("All Requests", List.of(200, 0), "attack", List.of(200, 0)));
    assertThat(report())
        .contains("200 requests/s; ramp 0 s, duration 1 s, warm-up 0 s; attack to stats 1:0")
        .contains("Response Time Percentiles over Time");
    assertThat(asked("/attack?vm_id=odd+id%2F%2B%26%C3%BC") + asked("/attack?vm_id=second"))
        .isEqualTo(200);
    assertThat(asked("/attack?vm_id=second")).isBetween(50, 150);
  }

  @Test
  void run_withUsers_rampsUp_andReportsNothingOfTheWarmUp() throws IOException {
    path = "/";
    assertThat(run("--users=2", "--mix=1:0", "--warm-up=1s", "--ramp=1s", "--vms=1")).isZero();

    int measured = reported("attack").getFirst();
    assertThat(measured).isBetween(2, asked("/attack?vm_id=odd+id%2F%2B%26%C3%BC") - 2);
    assertThat(asked("/attack?vm_id=second")).isZero();
  }

  @Test
  void run_answersThatAreNoAnswers_areFailures() throws IOException {
    answer = "[\"a\",";

    assertThat(run("--rate=20", "--mix=1:0")).isEqualTo(1);

    assertThat(reported("attack")).containsExactly(20, 20);
    assertThat(report()).contains("a whole answer").contains("[&quot;a&quot;,");
  }

  @Test
  void run_failuresThatAreAllowed_areNoFailure() throws IOException {
    status = 503;

    assertThat(run("--rate=20", "--failed-most=100")).isZero();

    assertThat(reported("attack").getLast()).isPositive();
    assertThat(report()).contains("found 503");
    assertThat(reported("stats")).containsExactly(asked("/stats") - 1, 0);
  }

  @Test
  void run_slowerThanAllowed() {
    delay = Duration.ofMillis(30);

    assertThat(run("--users=1", "--p99-most=10")).isEqualTo(1);
  }

  @Test
  void run_noVms_isSaidBeforeAnythingRuns() {
    vms = "[]";

    assertThat(run("--vms=1")).isEqualTo(3);
    assertThat(asked).containsExactly("/vms?limit=1");
  }

  @Test
  void run_noServer() {
    server.stop(0);

    assertThat(run()).isEqualTo(3);
  }

  @Test
  void run_aServerThatIsNoSurfacescan() {
    vms = "<html>";

    assertThat(run()).isEqualTo(3);
  }

  @Test
  void run_badFlag() {
    assertThat(run("--users=none")).isEqualTo(2);
    assertThat(run("--users=0")).isEqualTo(2);
  }
}
