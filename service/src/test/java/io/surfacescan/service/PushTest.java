package io.surfacescan.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushTest {
  /// Too long for a name, so that no server of names is asked.
  private static final String NO_NAME = "n".repeat(64) + ".invalid";

  private static final Duration OFTEN = Duration.ofMillis(200);
  private static final Duration NEVER = Duration.ofHours(1);

  @TempDir Path folder;

  private RunningService service(MetricsPush push) throws IOException {
    var input = folder.resolve("cloud.json");
    Files.writeString(
        input,
        """
        {"vms": [{"vm_id": "a", "name": "a", "tags": ["a"]},
                 {"vm_id": "x", "name": "x", "tags": ["x"]}],
         "fw_rules": [{"fw_id": "1", "source_tag": "a", "dest_tag": "x"}]}
        """);
    var usual = RunningService.settings(List.of(input.toString()), Limits.DEFAULT);
    return RunningService.of(RunningService.with(push, usual));
  }

  private static Running started(RunningService running) {
    var push =
        new Push(
            running.settings,
            new Readings(
                running.statistics,
                running.durable,
                running.generations,
                running.listener,
                running.loader));
    push.start(new StartupEvent());
    return new Running(push);
  }

  private record Running(Push push) implements AutoCloseable {
    void stop() {
      push.stop();
    }

    @Override
    public void close() {
      stop();
    }
  }

  /// A receiver of datagrams.
  private static final class Receiver implements AutoCloseable {
    private final DatagramSocket socket;
    private final List<String> lines = new ArrayList<>();

    Receiver() throws IOException {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      socket.setSoTimeout(20);
      socket.setReceiveBufferSize(1 << 20);
    }

    MetricsPush pushed(Duration every) {
      return statsd("127.0.0.1", socket.getLocalPort(), every);
    }

    List<String> lines() throws IOException {
      byte[] bytes = new byte[65_536];
      try {
        while (true) {
          var packet = new DatagramPacket(bytes, bytes.length);
          socket.receive(packet);
          assertThat(packet.getLength()).isLessThanOrEqualTo(1432);
          new String(bytes, 0, packet.getLength(), StandardCharsets.UTF_8)
              .lines()
              .forEach(lines::add);
        }
      } catch (SocketTimeoutException _) {
        return lines;
      }
    }

    /// What a receiver adds up.
    long counted(String name, String... tags) throws IOException {
      return lines().stream()
          .filter(line -> line.startsWith(name + ":") && line.contains("|c|"))
          .filter(line -> List.of(line.split("[|#,]")).containsAll(List.of(tags)))
          .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1, line.indexOf('|'))))
          .sum();
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  private static MetricsPush statsd(String host, int port, Duration every) {
    return new MetricsPush(
        Optional.of(InetSocketAddress.createUnresolved(host, port)), Optional.empty(), every);
  }

  private static MetricsPush otlp(int port, Duration every) {
    return new MetricsPush(
        Optional.empty(), Optional.of(URI.create("http://127.0.0.1:" + port)), every);
  }

  @Test
  void statsd_getsTheNumbersOfStats_whileItRuns() throws Exception {
    try (var receiver = new Receiver();
        var running = service(receiver.pushed(OFTEN));
        var push = started(running)) {
      for (int i = 0; i < 5; i++) {
        running.get("/attack?vm_id=x");
      }
      running.get("/attack?vm_id=none");
      awaitRequests(receiver, "status:2xx", "uri:/attack", 5);
      for (var line :
          List.of(
              "surfacescan\\.vms:2\\|g\\|#statistic:value,instance:test",
              "surfacescan\\.rules:1\\|g\\|#statistic:value,instance:test",
              "surfacescan\\.loads:1\\|c\\|#statistic:count,instance:test,outcome:served",
              "http\\.server\\.requests\\.time:[1-9]\\d*\\|c\\|#.*2xx.*",
              "http\\.server\\.requests\\.percentile:[0-9.]+\\|g\\|#statistic:value,instance:test,phi:0.99,uri:/attack")) {
        await(receiver, Pattern.compile(line));
      }
      push.stop();
      awaitRequests(receiver, "status:4xx", "uri:/attack", 1);
      assertThat(receiver.counted("http.server.requests", "status:2xx", "uri:/attack"))
          .isEqualTo(5);
    }
  }

  @Test
  void statsd_getsTheLastNumbersAtTheEnd() throws Exception {
    try (var receiver = new Receiver();
        var running = service(receiver.pushed(NEVER));
        var push = started(running)) {
      for (int i = 0; i < 3; i++) {
        running.get("/vms");
      }
      push.stop();
      awaitRequests(receiver, "status:2xx", "uri:/vms", 3);
    }
  }

  @Test
  void otlp_getsTheNumbersOfStats() throws Exception {
    var bodies = new CopyOnWriteArrayList<byte[]>();
    var paths = new CopyOnWriteArrayList<String>();
    try (var receiver =
            Web.receiving(exchange -> {
              paths.add(exchange.path());
              bodies.add(exchange.body());
              return 200;
            });
        var running = service(otlp(receiver.port(), NEVER));
        var push = started(running)) {
      for (int i = 0; i < 5; i++) {
        running.get("/attack?vm_id=x");
      }
      running.get("/attack?vm_id=none");
      push.stop();
      RunningService.await("it arrives", () -> !bodies.isEmpty());
      assertThat(paths).containsOnly("/v1/metrics");
      var request = ExportMetricsServiceRequest.parseFrom(bodies.getLast());
      var resource = request.getResourceMetrics(0).getResource().getAttributesList();
      assertThat(resource)
          .anyMatch(attribute ->
              attribute.getKey().equals("service.name")
                  && attribute.getValue().getStringValue().equals("surfacescan"))
          .anyMatch(attribute -> attribute.getKey().equals("service.instance.id"))
          .anyMatch(attribute ->
              attribute.getKey().equals("host.name")
                  && attribute.getValue().getStringValue().equals("test"));
      var metrics = new TreeMap<String, Metric>();
      request
          .getResourceMetrics(0)
          .getScopeMetrics(0)
          .getMetricsList()
          .forEach(metric -> metrics.put(metric.getName(), metric));
      var requests = metric(metrics, "http.server.requests").getSum();
      assertThat(requests.getIsMonotonic()).isTrue();
      assertThat(value(requests.getDataPointsList(), "uri", "/attack", "status", "2xx"))
          .isEqualTo(5);
      assertThat(value(requests.getDataPointsList(), "uri", "/attack", "status", "4xx"))
          .isEqualTo(1);
      assertThat(
              value(
                  metric(metrics, "http.server.requests.time").getSum().getDataPointsList(),
                  "uri",
                  "/attack",
                  "status",
                  "2xx"))
          .isPositive();
      assertThat(value(metric(metrics, "surfacescan.vms").getGauge().getDataPointsList()))
          .isEqualTo(2);
      assertThat(
              value(
                  metric(metrics, "http.server.requests.percentile").getGauge().getDataPointsList(),
                  "uri",
                  "/attack",
                  "phi",
                  "0.5"))
          .isPositive();
    }
  }

  private static Metric metric(Map<String, Metric> metrics, String name) {
    return metrics.getOrDefault(name, Metric.getDefaultInstance());
  }

  private static double value(List<NumberDataPoint> points, String... attributes) {
    for (var point : points) {
      var found = new TreeMap<String, String>();
      for (KeyValue attribute : point.getAttributesList()) {
        found.put(attribute.getKey(), attribute.getValue().getStringValue());
      }
      var wanted = new TreeMap<String, String>();
      for (int i = 0; i < attributes.length; i += 2) {
        wanted.put(attributes[i], attributes[i + 1]);
      }
      if (found.equals(wanted)) {
        return point.getAsDouble();
      }
    }
    return Double.NaN;
  }

  @Test
  void percentiles_areThoseOfTheLastMinute() throws Exception {
    // Twelve readings of a tenth of a second are the minute of this test.
    try (var receiver = new Receiver();
        var running = service(receiver.pushed(OFTEN));
        var push = started(running)) {
      running.statistics.record(Route.PATH, 200, Duration.ofSeconds(3).toNanos(), false);
      await(
          receiver,
          "http.server.requests.percentile:3003.121663|g|#statistic:value,instance:test,phi:0.5,uri:/path");
      receiver.lines.clear();
      Thread.sleep(OFTEN.multipliedBy(8));
      receiver.lines();
      receiver.lines.clear();
      await(receiver, "surfacescan.vms:2|g|#statistic:value,instance:test");
      assertThat(receiver.lines)
          .noneMatch(line -> line.contains("uri:/path") && line.contains("|g"));
      push.stop();
    }
  }

  private static void await(Receiver receiver, String line) {
    await(receiver, Pattern.compile(line, Pattern.LITERAL));
  }

  private static void await(Receiver receiver, Pattern line) {
    RunningService.await(
        line.pattern(),
        () -> {
          try {
            return receiver.lines().stream().anyMatch(line.asMatchPredicate());
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static void awaitRequests(Receiver receiver, String status, String uri, long count) {
    RunningService.await(
        count + " requests arrive",
        () -> {
          try {
            return receiver.counted("http.server.requests", status, uri) == count;
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void receiversThatAreDown_costALogLine_andLittleTime() throws Exception {
    int nobody = freePort();
    for (var where :
        List.of(
            otlp(nobody, OFTEN),
            statsd("127.0.0.1", nobody, OFTEN),
            statsd(NO_NAME, 8125, OFTEN))) {
      try (var log = new Log();
          var running = service(where);
          var push = started(running)) {
        RunningService.await("it is told", () -> !log.words.isEmpty());
        for (int i = 0; i < 10; i++) {
          assertThat(running.get("/attack?vm_id=x").status()).isEqualTo(200);
        }
        push.stop();
        assertThat(log.words).hasSize(1);
        assertThat(log.words.getFirst()).startsWith("Metrics cannot be sent to ");
      }
    }
  }

  @Test
  void aReceiverThatComesBack_isTold() throws Exception {
    var asked = new AtomicInteger();
    try (var log = new Log();
        var receiver = Web.receiving(_ -> asked.incrementAndGet() < 3 ? 503 : 200);
        var running = service(otlp(receiver.port(), OFTEN));
        var push = started(running)) {
      RunningService.await("it is back", () -> log.words.size() == 2);
      push.stop();
      assertThat(log.words.getFirst())
          .startsWith("Metrics cannot be sent to OTLP at http://127.0.0.1:" + receiver.port())
          .contains("503");
      assertThat(log.words.getLast())
          .isEqualTo("Metrics are sent to OTLP at http://127.0.0.1:" + receiver.port() + " again");
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /// What is logged about pushes.
  private static final class Log extends Handler implements AutoCloseable {
    private static final List<Logger> LOGGERS =
        List.of(
            Logger.getLogger(StatsdLines.class.getName()),
            Logger.getLogger(OtlpPush.class.getName()));

    private final List<String> words = new CopyOnWriteArrayList<>();

    Log() {
      setLevel(Level.INFO);
      LOGGERS.forEach(logger -> logger.addHandler(this));
    }

    @Override
    public void publish(LogRecord entry) {
      words.add(new PatternFormatter("%s").format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      LOGGERS.forEach(logger -> logger.removeHandler(this));
    }
  }

  /// An HTTP server that takes what is sent to it.
  private record Web(HttpServer server) implements AutoCloseable {
    record Sent(String path, byte[] body) {}

    @FunctionalInterface
    interface Taker {
      /// Returns the status of the answer.
      int take(Sent sent);
    }

    static Web receiving(Taker taker) throws IOException {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              var sent =
                  new Sent(
                      exchange.getRequestURI().getPath(), exchange.getRequestBody().readAllBytes());
              exchange.sendResponseHeaders(taker.take(sent), -1);
            }
          });
      server.start();
      return new Web(server);
    }

    int port() {
      return server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
