package io.surfacescan.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of the loopback address for servers that stop and start again. They are below those that
/// systems give to clients, so that nobody takes one meanwhile, and a client that tries a port
/// where nobody listens cannot reach itself. None is given twice, since whoever asked for one may
/// listen there only later.
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  private static final int TRIES = 100;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  /// A port that nobody listens at now, and that this program did not get before.
  public static int find() throws IOException {
    for (int tries = 1; ; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (!GIVEN.add(port)) {
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
}
