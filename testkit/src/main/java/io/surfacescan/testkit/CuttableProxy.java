package io.surfacescan.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Stands between clients and a server on the loopback address, and does to them what networks do.
public final class CuttableProxy implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final int port = FreePort.find();
  private final int target;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Trap> clientTrap = new AtomicReference<>();
  private final AtomicReference<@Nullable Trap> serverTrap = new AtomicReference<>();

  /// This and all below are guarded by this.
  private @Nullable ServerSocket listening;

  private @Nullable Thread acceptor;
  private boolean stalled;

  private CuttableProxy(int target) throws IOException {
    this.target = target;
  }

  /// Forwards to that port from now on.
  public static CuttableProxy to(int port) throws IOException {
    var proxy = new CuttableProxy(port);
    proxy.accept();
    return proxy;
  }

  /// Where clients connect.
  public int port() {
    return port;
  }

  /// Cuts all connections. New ones are forwarded.
  public void cut() {
    links.forEach(Link::cut);
  }

  /// From now on, who connects is refused; connections that exist go on.
  public synchronized void refuse() throws IOException {
    if (listening != null && acceptor != null) {
      listening.close();
      listening = null;
      // The system goes on listening until nobody waits for a client any more.
      join(acceptor);
    }
  }

  private static void join(Thread thread) throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /// Forwards new connections after [#refuse()].
  public synchronized void accept() throws IOException {
    if (listening == null) {
      var socket = new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
      listening = socket;
      acceptor = Thread.startVirtualThread(() -> forward(socket));
    }
  }

  /// From now on, no byte arrives and no connection ends: a cable is out.
  public synchronized void stall() {
    stalled = true;
  }

  /// After [#stall()], all bytes that were sent meanwhile arrive, and new ones.
  public synchronized void flow() {
    stalled = false;
    notifyAll();
  }

  /// Cuts the next connection whose client sends this text, before the server gets it. The latch
  /// opens after the cut, so that the client may notice first: await it.
  public CountDownLatch cutBeforeServerHears(String text) {
    return arm(clientTrap, text);
  }

  /// Cuts the next connection whose server sends this text, before the client gets it: so
  /// PostgreSQL's `COMMIT` has been carried out, and the client cannot know. The latch is that of
  /// [#cutBeforeServerHears(String)].
  public CountDownLatch cutBeforeClientHears(String text) {
    return arm(serverTrap, text);
  }

  private static CountDownLatch arm(AtomicReference<@Nullable Trap> traps, String text) {
    var trap = new Trap(text, new CountDownLatch(1));
    traps.set(trap);
    return trap.sprung;
  }

  private record Trap(String text, CountDownLatch sprung) {}

  private void forward(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        forward(socket.accept());
      } catch (IOException e) {
        // The socket is closed, or this client went away again.
      }
    }
  }

  private void forward(Socket client) throws IOException {
    try {
      var link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
      links.add(link);
      Thread.startVirtualThread(() -> link.pump(link.client, link.server, clientTrap));
      Thread.startVirtualThread(() -> link.pump(link.server, link.client, serverTrap));
    } catch (IOException e) {
      client.close();
    }
  }

  private synchronized void awaitFlow() throws InterruptedException {
    while (stalled) {
      wait();
    }
  }

  private final class Link {
    private final Socket client;
    private final Socket server;

    Link(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    }

    void pump(Socket from, Socket to, AtomicReference<@Nullable Trap> traps) {
      try {
        pump(from.getInputStream(), to.getOutputStream(), traps);
      } catch (IOException e) {
        // One of them is gone, and so is the other now.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        cut();
      }
    }

    private void pump(InputStream in, OutputStream out, AtomicReference<@Nullable Trap> traps)
        throws IOException, InterruptedException {
      byte[] bytes = new byte[BUFFER];
      String before = "";
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        awaitFlow();
        String all = before + new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
        var trap = traps.get();
        if (trap != null
            && all.indexOf(trap.text, before.length() - trap.text.length() + 1) >= 0
            && traps.compareAndSet(trap, null)) {
          cut();
          trap.sprung.countDown();
          return;
        }
        out.write(bytes, 0, count);
        before = all.substring(Math.max(0, all.length() - BUFFER));
      }
    }

    void cut() {
      links.remove(this);
      close(client);
      close(server);
    }

    private static void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is closed all the same.
      }
    }
  }

  /// Cuts everything for good.
  @Override
  public void close() throws IOException {
    refuse();
    flow();
    cut();
  }
}
