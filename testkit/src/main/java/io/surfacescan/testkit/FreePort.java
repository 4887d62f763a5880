package io.surfacescan.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of the loopback address for servers that stop and start again. They are below those that
/// systems give to clients, so that no client takes one meanwhile, and a client that tries a port
/// without a server cannot reach itself. A port is given once, also among test processes that run
/// side by side: each holds a locked file for its ports until it ends.
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  private static final int TRIES = 100;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();
  private static final Queue<FileChannel> RESERVATIONS = new ConcurrentLinkedQueue<>();

  private FreePort() {}

  /// A port without a server, which no test process got before.
  public static int find() throws IOException {
    for (int tries = 1; ; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (!GIVEN.add(port) || !isReserved(port)) {
        continue;
      }
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  /// Whether this process has the port now. The lock lasts as long as the process.
  private static boolean isReserved(int port) throws IOException {
    var file = Path.of(System.getProperty("java.io.tmpdir"), "surfacescan-port-" + port);
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      return false;
    }
    RESERVATIONS.add(channel);
    file.toFile().deleteOnExit();
    return true;
  }
}
