package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Metrics pushed by the packaged service.
class PushIT {
  private static final int ASKED = 5;

  @TempDir Path folder;

  @Test
  void aStoppedService_hasPushedAllThatItAnswered() throws Exception {
    try (var statsd = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        var served =
            ServedProgram.start(
                folder,
                Repository.root(),
                "--data",
                "data",
                "--port",
                "0",
                "--statsd",
                "127.0.0.1:" + statsd.getLocalPort())) {
      int port = served.port();
      // The last push may take little time, so that it should not be the first.
      String before = awaitFirstPush(statsd);
      try (var client = HttpClient.newHttpClient()) {
        var question = URI.create("http://127.0.0.1:" + port + "/attack?vm_id=vm-b126aa");
        for (int i = 0; i < ASKED; i++) {
          client.send(
              HttpRequest.newBuilder(question).build(), HttpResponse.BodyHandlers.discarding());
        }
      }
      served.signal("TERM");
      assertThat(served.await()).isZero();

      String lines = before + received(statsd);
      assertThat(counted(lines)).as(lines).isEqualTo(ASKED);
      assertThat(lines).contains("surfacescan.vms:60|g", "jvm.memory.used:");
    }
  }

  private static String awaitFirstPush(DatagramSocket statsd) throws IOException {
    var deadline = Instant.now().plusSeconds(120);
    String lines = received(statsd);
    while (lines.isEmpty()) {
      assertThat(Instant.now()).as("the first push").isBefore(deadline);
      lines += received(statsd);
    }
    return lines;
  }

  private static long counted(String lines) {
    return lines
        .lines()
        .filter(line -> line.startsWith("http.server.requests:") && line.endsWith("uri:/attack"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1, line.indexOf('|'))))
        .sum();
  }

  private static String received(DatagramSocket socket) throws IOException {
    var lines = new StringBuilder();
    byte[] bytes = new byte[65_536];
    socket.setSoTimeout(200);
    try {
      while (true) {
        var packet = new DatagramPacket(bytes, bytes.length);
        socket.receive(packet);
        lines.append(new String(bytes, 0, packet.getLength(), StandardCharsets.UTF_8));
      }
    } catch (SocketTimeoutException _) {
      return lines.toString();
    }
  }
}
