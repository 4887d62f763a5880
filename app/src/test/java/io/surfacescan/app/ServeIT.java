package io.surfacescan.app;

import static io.surfacescan.app.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.testkit.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The packaged service as a process: what its parts cannot show in the tests of `service`.
class ServeIT {
  /// SIGTERM ends the program within this time, whatever it does.
  private static final Duration STOP_PROMISED = Duration.ofSeconds(8);

  private static final int READERS = 1000;
  private static final int CLIENTS = 32;
  private static final int ADDED_MEGABYTES_MOST = 300;

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServedProgram serve(String... arguments) throws IOException {
    return ServedProgram.start(folder, Repository.root(), arguments);
  }

  private HttpResponse<String> get(int port, String target) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void everyRoute_answersInThePackage() throws Exception {
    try (var served = serve("--data", "data", "--port", "0")) {
      int port = served.port();
      var types =
          Map.of(
              "/stats", "application/json",
              "/environment", "application/json",
              "/openapi.json", "application/json",
              "/docs/", "text/html;charset=UTF-8",
              "/docs/swagger-ui-bundle.js", "text/javascript;charset=UTF-8",
              "/health", "application/json",
              "/health/live", "application/json",
              "/health/ready", "application/json");
      for (var type : types.entrySet()) {
        var answer = get(port, type.getKey());
        assertThat(answer.statusCode()).as(type.getKey()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
            .as(type.getKey())
            .hasValue(type.getValue());
        assertThat(answer.body()).isNotEmpty();
      }
      assertThat(get(port, "/metrics").body()).contains("surfacescan_vms 60.0");
      assertThatRangesOutsideOfAPage_areRefused(port);
    }
  }

  private void assertThatRangesOutsideOfAPage_areRefused(int port) throws Exception {
    for (String range :
        List.of("bytes=99999999-", "bytes=5-2", "bytes=99999999999999999999-", "bytes=0-1e9")) {
      for (String page : List.of("/docs/", "/docs/swagger-ui.css")) {
        var answer =
            client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page))
                    .header("Range", range)
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        // What is no range at all is passed over.
        assertThat(answer.statusCode()).as(range).isEqualTo(range.endsWith("e9") ? 200 : 416);
      }
    }
  }

  @Test
  void docs_haveNoScriptInThem() throws Exception {
    try (var served = serve("--data", "data", "--port", "0")) {
      var page = get(served.port(), "/docs/");
      var policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
      var scripts =
          Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL)
              .matcher(page.body())
              .results()
              .toList();
      assertThat(scripts).hasSizeGreaterThan(1);
      for (var script : scripts) {
        assertThat(script.group(1)).contains(" src=\"");
        assertThat(script.group(2)).isEmpty();
      }
      assertThat(page.body()).doesNotContain(" style=", "<style", " onload=", " onclick=");
      assertThat(policy).doesNotContain("unsafe");
    }
  }

  @Test
  void start_tellsUrlsThatWork_onStandardErrorAlone() throws Exception {
    try (var served = serve("--data", "data", "--port", "0")) {
      int port = served.port();
      var urls = urls(served, port);
      assertThat(urls).hasSize(4);
      for (String url : urls) {
        assertThat(get(port, url).statusCode()).as(url).isIn(200, 302);
      }
      served.signal("TERM");
      assertThat(served.await()).isZero();
      assertThat(served.process().getInputStream().readAllBytes()).isEmpty();
    }
  }

  private static List<String> urls(ServedProgram served, int port) throws IOException {
    return served
        .words()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("http://"))
        .map(url -> url.substring(("http://127.0.0.1:" + port).length()))
        .toList();
  }

  @Test
  void aTakenPort_isToldInOneLine() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var served = serve("--data", "data", "--port", Integer.toString(taken.getLocalPort()))) {
      assertThat(served.await()).isEqualTo(2);
      assertThat(served.words())
          .isEqualTo(
              "error: cannot listen on 127.0.0.1:"
                  + taken.getLocalPort()
                  + ": the port is taken; stop the program that has it or choose another with"
                  + " --port\n");
    }
  }

  @Test
  void anAddressOfAnotherMachine_isToldInOneLine() throws Exception {
    try (var served = serve("--data", "data", "--host", "192.0.2.1", "--port", "0", "--insecure")) {
      assertThat(served.await()).isEqualTo(2);
      assertThat(served.words())
          .startsWith("error: cannot listen on 192.0.2.1:0: this machine has no such address;");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutTemporaryFiles_itServesAll_andSaysSo() throws Exception {
    try (var served =
        ServedProgram.start(
            List.of("-Djava.io.tmpdir=/proc/self"),
            folder,
            Repository.root(),
            "--data",
            "data",
            "--port",
            "0")) {
      int port = served.port();
      assertThat(served.words())
          .startsWith("warning: /proc/self cannot be written to: Java's own way to sockets is used")
          .doesNotContain("WARN", "ERROR");
      assertThat(get(port, "/attack?vm_id=vm-ea0813&max_hops=1").statusCode()).isEqualTo(200);
      assertThat(get(port, "/health/ready").statusCode()).isEqualTo(200);
      assertThat(get(port, "/openapi.json").statusCode()).isEqualTo(200);
      assertThat(get(port, "/docs/").statusCode()).isEqualTo(200);
      served.signal("TERM");
      assertThat(served.await()).isZero();
    }
  }

  @Test
  void hangup_loadsAgain() throws Exception {
    var file = folder.resolve("cloud.json");
    Files.writeString(file, cloud(1, 1));
    try (var served = serve("--data", file.toString(), "--port", "0")) {
      int port = served.port();
      assertThat(get(port, "/attack?vm_id=x").body()).isEqualTo("[\"v-00000\"]");
      Files.writeString(file, cloud(2, 1));
      served.signal("HUP");
      until("the other is served", () -> get(port, "/attack?vm_id=x").body().contains("v-00001"));
    }
  }

  @Test
  void termination_letsAnswersFinish_andTakesEightSecondsAtMost() throws Exception {
    var file = folder.resolve("cloud.json");
    Files.writeString(file, cloud(60_000, 200));
    try (var served = serve("--data", file.toString(), "--port", "0")) {
      int port = served.port();
      assertThat(get(port, "/stats?scope=instance").statusCode()).isEqualTo(200);
      try (var patient = ask(port, 1 << 20);
          var stalled = ask(port, 4096)) {
        assertThat(stalled.getInputStream().read()).isEqualTo('H');
        int first = patient.getInputStream().read();
        served.signal("TERM");
        var asked = Instant.now();
        byte[] rest = patient.getInputStream().readAllBytes();
        assertThat(first).isEqualTo('H');
        assertThat(new String(rest, StandardCharsets.ISO_8859_1)).endsWith("\"]");
        assertThat(served.await()).isZero();
        assertThat(Duration.between(asked, Instant.now())).isLessThan(STOP_PROMISED);
      }
    }
  }

  @Test
  void termination_underLoad_answersWholeOrNotAtAll_andHasNothingToLog() throws Exception {
    var file = folder.resolve("cloud.json");
    Files.writeString(file, cloud(1_000, 20));
    try (var served = serve("--data", file.toString(), "--port", "0");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int port = served.port();
      var answered = new AtomicLong();
      var clients = new ArrayList<Future<?>>();
      for (int client = 0; client < CLIENTS; client++) {
        clients.add(
            threads.submit(() -> {
              while (isAnswered(port)) {
                answered.incrementAndGet();
              }
              return null;
            }));
      }
      until("all are at work", () -> answered.get() > 2_000);
      served.signal("TERM");
      var asked = Instant.now();
      for (var client : clients) {
        client.get();
      }
      assertThat(served.await()).isZero();
      assertThat(Duration.between(asked, Instant.now())).isLessThan(STOP_PROMISED);
      assertThat(served.words()).doesNotContain("WARN", "ERROR", "Exception");
    }
  }

  /// Asks on a connection of its own. False if the service is gone, which may show when the
  /// connection is opened or before the first byte of an answer, but not later.
  private static boolean isAnswered(int port) throws IOException {
    try (var socket = new Socket()) {
      int first;
      try {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write(request("/attack?vm_id=x"));
        first = socket.getInputStream().read();
      } catch (SocketException e) {
        return false;
      }
      if (first < 0) {
        return false;
      }
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("TTP/1.1 200 ").endsWith("\"]");
      return true;
    }
  }

  private static byte[] request(String target) {
    return ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void termination_whileAReloadHangs_endsTheProgram() throws Exception {
    var file = folder.resolve("cloud.json");
    Files.writeString(file, cloud(1, 1));
    try (var served = serve("--data", file.toString(), "--port", "0")) {
      int port = served.port();
      assertThat(get(port, "/stats?scope=instance").statusCode()).isEqualTo(200);
      Files.delete(file);
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
      var answer =
          client.sendAsync(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/reload"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      until(
          "the reload is asked for",
          () -> get(port, "/metrics").body().contains("http_server_connections 2.0"));
      served.signal("TERM");
      var asked = Instant.now();
      assertThat(answer.get().statusCode()).isEqualTo(503);
      assertThat(answer.get().body()).contains("urn:surfacescan:problem:stopping");
      assertThat(served.await()).isZero();
      assertThat(Duration.between(asked, Instant.now())).isLessThan(STOP_PROMISED);
      assertThat(served.words()).doesNotContain("WARN", "ERROR", "Exception");
    }
  }

  @Test
  void termination_whileTheInputIsStillRead_endsTheProgram() throws Exception {
    int port = FreePort.find();
    // Its standard input stays open, so that the first load does not end.
    try (var served = serve("--data", "-", "--port", Integer.toString(port))) {
      until("the port is open", () -> isOpen(port));
      served.signal("TERM");
      assertThat(served.await()).isZero();
    }
  }

  private static boolean isOpen(int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aThousandSlowReaders_costLittleMemory() throws Exception {
    var file = folder.resolve("cloud.json");
    Files.writeString(file, cloud(40_000, 200));
    try (var served =
        ServedProgram.start(
            List.of("-XX:TieredStopAtLevel=4"),
            folder,
            Repository.root(),
            "--data",
            file.toString(),
            "--port",
            "0")) {
      int port = served.port();
      for (int i = 0; i < 20; i++) {
        assertThat(get(port, "/attack?vm_id=x").body()).hasSizeGreaterThan(8_000_000);
      }
      long before = served.residentMegabytes();
      var readers = new ArrayList<Socket>();
      try {
        long most = before;
        for (int i = 0; i < READERS; i++) {
          readers.add(ask(port, 4096));
          most = Math.max(most, served.residentMegabytes());
        }
        for (var reader : readers) {
          assertThat(reader.getInputStream().readNBytes(1000)).hasSize(1000);
          most = Math.max(most, served.residentMegabytes());
        }
        assertThat(most - before).as("megabytes added").isLessThan(ADDED_MEGABYTES_MOST);
        assertThat(get(port, "/attack?vm_id=x").body()).hasSizeGreaterThan(8_000_000);
      } finally {
        for (var reader : readers) {
          reader.close();
        }
      }
    }
  }

  /// Asks for a long answer on a connection whose reader the kernel keeps little for.
  private static Socket ask(int port, int receiveBuffer) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(receiveBuffer);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.getOutputStream().write(request("/attack?vm_id=x"));
    return socket;
  }

  /// So many VMs with ids of at least that length, all of which attack `x`.
  private static String cloud(int count, int idLength) {
    var vms =
        new ArrayList<String>(List.of("{\"vm_id\": \"x\", \"name\": \"\", \"tags\": [\"x\"]}"));
    String padding = "-".repeat(Math.max(1, idLength - 6));
    for (int i = 0; i < count; i++) {
      vms.add("{\"vm_id\": \"v%s%05d\", \"name\": \"\", \"tags\": [\"a\"]}".formatted(padding, i));
    }
    return "{\"vms\": ["
        + String.join(",\n", vms)
        + "], \"fw_rules\": [{\"fw_id\": \"1\", \"source_tag\": \"a\", \"dest_tag\": \"x\"}]}";
  }
}
