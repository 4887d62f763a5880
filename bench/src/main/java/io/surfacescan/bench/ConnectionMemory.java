package io.surfacescan.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How much memory a running server takes with very many connections: those that asked and wait,
/// and those that ask for a large answer and do not read it; and how long others wait meanwhile.
public final class ConnectionMemory {
  private static final int SMALL_BUFFER = 4096;
  private static final int SAMPLES = 500;
  private static final int SETTLING_MILLISECONDS = 3_000;

  private final int port;
  private final Path status;
  private final String quick;
  private final List<Socket> open = new ArrayList<>();

  private ConnectionMemory(int port, Path status, String quick) {
    this.port = port;
    this.status = status;
    this.quick = quick;
  }

  /// Measures a server on this machine.
  ///
  /// @param arguments its port, its process, the target of a small answer, that of a large one, how
  ///   many connections are to wait, and how many are not to read
  public static void main(String[] arguments) throws Exception {
    var measured =
        new ConnectionMemory(
            Integer.parseInt(arguments[0]), Path.of("/proc", arguments[1], "status"), arguments[2]);
    String large = arguments[3];
    int waiting = Integer.parseInt(arguments[4]);
    int unread = Integer.parseInt(arguments[5]);
    System.out.println(
        "| open connections | resident, MB | p50 of another, ms | p99, ms | most, ms |");
    System.out.println("|---|---|---|---|---|");
    measured.row("none");
    measured.row("none");
    for (int i = 0; i < unread; i++) {
      measured.ask(large);
    }
    measured.row(unread + " that do not read " + large);
    for (int i = unread; i < waiting; i++) {
      read(measured.ask(measured.quick));
    }
    measured.row("these, and " + (waiting - unread) + " that asked before");
    System.out.println();
    System.out.println("The next connection " + measured.fateBeyond(waiting) + ".");
    for (var socket : measured.open) {
      socket.close();
    }
    measured.open.clear();
    measured.row("none again");
  }

  private Socket connect() throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(SMALL_BUFFER);
    socket.setSoTimeout(SETTLING_MILLISECONDS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private Socket ask(String target) throws IOException {
    var socket = connect();
    open.add(socket);
    send(socket, target);
    return socket;
  }

  private static void send(Socket socket, String target) throws IOException {
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .formatted(target)
                .getBytes(StandardCharsets.US_ASCII));
  }

  /// Reads what is there of a small answer.
  private static void read(Socket socket) throws IOException {
    var bytes = new byte[SMALL_BUFFER];
    int length = socket.getInputStream().read(bytes);
    if (length < 0 || !new String(bytes, 0, length, StandardCharsets.UTF_8).contains(" 200 ")) {
      throw new IOException("no answer on one of the connections");
    }
  }

  private void row(String what) throws IOException, InterruptedException {
    Thread.sleep(SETTLING_MILLISECONDS);
    var times = new long[SAMPLES];
    // One of those that wait makes room, where there may be no more.
    if (!open.isEmpty()) {
      open.removeLast().close();
    }
    try (var socket = connect()) {
      for (int i = 0; i < SAMPLES; i++) {
        long begin = System.nanoTime();
        send(socket, quick);
        read(socket);
        times[i] = System.nanoTime() - begin;
      }
    }
    Arrays.sort(times);
    System.out.printf(
        "| %s | %d | %.2f | %.2f | %.2f |%n",
        what,
        residentMegabytes(),
        times[SAMPLES / 2] / 1e6,
        times[SAMPLES * 99 / 100] / 1e6,
        times[SAMPLES - 1] / 1e6);
  }

  private long residentMegabytes() throws IOException {
    try (var lines = Files.lines(status)) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / 1024;
    }
  }

  /// What becomes of a connection beyond so many, of which [#row] gave up some.
  private String fateBeyond(int most) throws IOException {
    while (open.size() < most) {
      read(ask(quick));
    }
    try {
      read(ask(quick));
      return "is served too";
    } catch (IOException e) {
      return "is refused (" + e.getMessage() + ")";
    }
  }
}
