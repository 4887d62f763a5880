package io.surfacescan.service.port;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.surfacescan.service.access.RateLimit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/// Counts connections from the moment that they are accepted until they are closed, also those that
/// have not finished their TLS handshake, and closes at once what is too many.
@ChannelHandler.Sharable
public final class OpenConnections extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = Logger.getLogger(OpenConnections.class);
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private volatile int most;
  private final AtomicInteger open = new AtomicInteger();

  /// Whoever floods the port does not flood the log.
  private final RateLimit warnings = new RateLimit(1, MINUTE_NANOS, System::nanoTime);

  public OpenConnections(int most) {
    this.most = most;
  }

  public int count() {
    return open.get();
  }

  /// How many there may be from now on.
  void allow(int newMost) {
    most = newMost;
  }

  /// Sees what a listening socket accepts.
  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    var connection = (Channel) accepted;
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      connection.unsafe().closeForcibly();
      if (warnings.note("") == 0) {
        LOG.warnf("Refused a connection: %d are open; more of this is logged in a minute", most);
      }
      return;
    }
    connection.closeFuture().addListener(closed -> open.decrementAndGet());
    context.fireChannelRead(accepted);
  }
}
