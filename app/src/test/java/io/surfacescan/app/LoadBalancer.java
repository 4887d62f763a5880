package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.surfacescan.testkit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// An nginx before several instances, as `docs/operations.md` sets it up. Its answers say in
/// [#TRIED] which instances it tried, in order, and in [#STATUSES] what they answered; [#NONE] if
/// they refused or were cut.
final class LoadBalancer implements AutoCloseable {
  static final String TRIED = "x-tried";
  static final String STATUSES = "x-statuses";
  static final int NONE = 502;
  private static final int SECONDS_TO_START = 20;

  private final Process process;
  private final int port;

  private LoadBalancer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts one, or skips the test where none can be had.
  static LoadBalancer start(Path folder, List<Integer> ports)
      throws IOException, InterruptedException {
    int port = FreePort.find();
    var configuration = Files.writeString(folder.resolve("nginx.conf"), configuration(port, ports));
    var log = ProcessBuilder.Redirect.appendTo(folder.resolve("nginx.log").toFile());
    var process =
        new ProcessBuilder(command(), "-p", folder.toString(), "-c", configuration.toString())
            .redirectOutput(log)
            .redirectError(log)
            .start();
    var balancer = new LoadBalancer(process, port);
    for (int tries = 0; !balancer.isListening(); tries++) {
      assertThat(process.isAlive() && tries < SECONDS_TO_START * 100)
          .as(() -> read(folder.resolve("nginx.log")))
          .isTrue();
      Thread.sleep(10);
    }
    return balancer;
  }

  private static String command() throws IOException, InterruptedException {
    var search =
        new ProcessBuilder(Repository.root().resolve("scripts/get-nginx").toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(search.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assumeTrue(search.waitFor() == 0, said);
    return said;
  }

  private static String configuration(int port, List<Integer> ports) {
    var servers =
        ports.stream()
            .map("    server 127.0.0.1:%d max_fails=1 fail_timeout=1s;"::formatted)
            .collect(Collectors.joining("\n"));
    return """
    daemon off;
    master_process off;
    pid nginx.pid;
    error_log stderr warn;
    events {
      worker_connections 512;
    }
    http {
      access_log off;
      client_body_temp_path body;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;
      upstream fleet {
    %s
      }
      server {
        listen 127.0.0.1:%d;
        location / {
          proxy_pass http://fleet;
          proxy_http_version 1.1;
          proxy_set_header Host $http_host;
          proxy_set_header Connection close;
          proxy_next_upstream error http_503;
          add_header %s $upstream_addr always;
          add_header %s $upstream_status always;
        }
      }
    }
    """
        .formatted(servers, port, TRIED, STATUSES);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private boolean isListening() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
