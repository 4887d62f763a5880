package io.surfacescan.service.metrics;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends StatsD lines over UDP, many in a datagram. Thread-safe. What cannot be sent is dropped;
/// the log tells when that begins and when it ends.
///
/// Micrometer has a sender of its own; `docs/adr/0008-plain-vertx.md` says why it is not used.
///
/// The socket is opened anew after a failure and every minute, because the receiver's name may mean
/// another address by then.
public final class StatsdLines implements Consumer<String>, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(StatsdLines.class);

  /// Fits into one Ethernet frame.
  private static final int DATAGRAM_BYTES = 1432;

  private static final long SOCKET_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long WELL_NANOS = Duration.ofMinutes(1).toNanos();

  private final InetSocketAddress receiver;
  private final byte[] datagram = new byte[DATAGRAM_BYTES];
  private int used;
  private @Nullable DatagramSocket socket;
  private long openedNanos;
  private boolean failing;
  private long failedNanos;

  /// @param receiver its name need not be known yet
  StatsdLines(InetSocketAddress receiver) {
    this.receiver = receiver;
  }

  @Override
  public synchronized void accept(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    if (bytes.length > DATAGRAM_BYTES) {
      return;
    }
    if (used + bytes.length > DATAGRAM_BYTES) {
      flush();
    }
    System.arraycopy(bytes, 0, datagram, used, bytes.length);
    used += bytes.length;
  }

  /// Sends what is waiting.
  synchronized void flush() {
    if (used == 0) {
      return;
    }
    try {
      socket().send(new DatagramPacket(datagram, used));
      tellIfWell();
    } catch (PortUnreachableException _) {
      tellFailure("no receiver listens there");
    } catch (IOException e) {
      tellFailure(e.getMessage());
      closeSocket();
    }
    used = 0;
  }

  private void tellFailure(@Nullable String reason) {
    if (!failing) {
      LOG.warnf("Metrics cannot be sent to %s: %s; trying again", shown(), reason);
    }
    failing = true;
    failedNanos = System.nanoTime();
  }

  /// That nobody takes a datagram is known only when a later one is sent.
  private void tellIfWell() {
    if (failing && System.nanoTime() - failedNanos > WELL_NANOS) {
      LOG.infof("Metrics are sent to %s again", shown());
      failing = false;
    }
  }

  private DatagramSocket socket() throws IOException {
    var open = socket;
    if (open != null && System.nanoTime() - openedNanos < SOCKET_NANOS) {
      return open;
    }
    closeSocket();
    var address = new InetSocketAddress(receiver.getHostString(), receiver.getPort());
    if (address.isUnresolved()) {
      throw new UnknownHostException("there is no such host");
    }
    var opened = new DatagramSocket();
    opened.connect(address);
    socket = opened;
    openedNanos = System.nanoTime();
    return opened;
  }

  private String shown() {
    return "StatsD at " + receiver.getHostString() + ":" + receiver.getPort();
  }

  private void closeSocket() {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }

  @Override
  public synchronized void close() {
    flush();
    closeSocket();
  }
}
