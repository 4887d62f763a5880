package io.surfacescan.service.port;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The socket that listens on a port, as Netty knows it: Vert.x opens it and does not hand it out.
final class ListeningSocket {
  private final SingleThreadEventLoop acceptor;
  private final int port;

  /// @param port that Vert.x listens on
  ListeningSocket(Vertx vertx, int port) {
    this.acceptor =
        (SingleThreadEventLoop) ((VertxInternal) vertx).getAcceptorEventLoopGroup().next();
    this.port = port;
  }

  /// Lets a handler see every connection that is accepted, from now on.
  void watch(ChannelHandler handler) {
    CompletableFuture.runAsync(
            () -> sockets().forEach(socket -> socket.pipeline().addFirst(handler)), acceptor)
        .join();
  }

  /// Closes the listening socket and nothing else, which Vert.x cannot: its servers close their
  /// connections with it, and one of several that share a port leaves it open. So it is looked for
  /// where it was registered.
  ///
  /// @return completes when every connection that was accepted is known to its loop, or will be
  ///   before whatever that loop is told to do next
  CompletableFuture<Void> close() {
    return CompletableFuture.supplyAsync(this::sockets, acceptor)
        .thenCompose(sockets ->
            CompletableFuture.allOf(
                sockets.stream()
                    .map(Channel::close)
                    .map(ListeningSocket::done)
                    .toArray(CompletableFuture<?>[]::new)))
        .thenCompose(closed -> afterNextSelect());
  }

  private List<Channel> sockets() {
    var sockets = new ArrayList<Channel>();
    acceptor
        .registeredChannelsIterator()
        .forEachRemaining(channel -> {
          if (isOurs(channel)) {
            sockets.add(channel);
          }
        });
    return sockets;
  }

  private boolean isOurs(Channel channel) {
    return channel instanceof ServerChannel
        && channel.localAddress() instanceof InetSocketAddress address
        && address.getPort() == port;
  }

  private static CompletableFuture<Void> done(ChannelFuture future) {
    var done = new CompletableFuture<Void>();
    future.addListener(over -> done.complete(null));
    return done;
  }

  /// Java's own sockets are closed a little after they were: the kernel accepts connections, to
  /// reset them, until the loop's selector lets go of the socket, which it does when it selects
  /// next. What is scheduled on a loop waits for that at least, what is only submitted does not.
  private CompletableFuture<Void> afterNextSelect() {
    var selected = new CompletableFuture<Void>();
    var _ = acceptor.schedule(() -> selected.complete(null), 0, TimeUnit.NANOSECONDS);
    return selected;
  }
}
