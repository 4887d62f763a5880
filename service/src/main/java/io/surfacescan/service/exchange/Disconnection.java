package io.surfacescan.service.exchange;

import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/// The end of a connection whose client is not waited for.
public final class Disconnection {
  private Disconnection() {}

  /// Closes a connection at once. Its own close, and its channel's, wait for what was written, and
  /// a client that takes nothing could keep them waiting for ever. May be called from any thread.
  public static void of(HttpConnection connection) {
    var handler = ((HttpServerConnection) connection).channelHandlerContext();
    // TLS would wait for its own farewell.
    var tls = handler.pipeline().context(SslHandler.class);
    var _ = (tls == null ? handler : tls).close();
  }
}
