package io.surfacescan.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.service.exchange.Route;
import io.surfacescan.service.metrics.Push;
import io.surfacescan.service.metrics.StatsdLines;
import io.surfacescan.settings.Limits;
import io.surfacescan.settings.MetricsPush;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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
    return new Running(running.program.push);
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
    return new MetricsPush(Optional.of(InetSocketAddress.createUnresolved(host, port)), every);
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
  void percentiles_areThoseOfTheLastMinute() throws Exception {
    // Twelve readings of a tenth of a second are the minute of this test.
    try (var receiver = new Receiver();
        var running = service(receiver.pushed(OFTEN));
        var push = started(running)) {
      running.statistics.record(
          Route.of("/path").orElseThrow(), 200, Duration.ofSeconds(3).toNanos(), false);
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
    for (var where : List.of(statsd("127.0.0.1", nobody, OFTEN), statsd(NO_NAME, 8125, OFTEN))) {
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

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /// What is logged about pushes.
  private static final class Log extends Handler implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(StatsdLines.class.getName());

    private final List<String> words = new CopyOnWriteArrayList<>();

    Log() {
      setLevel(Level.INFO);
      LOGGER.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
      words.add(new PatternFormatter("%s").format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      LOGGER.removeHandler(this);
    }
  }
}
