package io.surfacescan.service.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;

/// The bytes of an answer on their way to the socket, and what becomes of the connection behind the
/// last of them.
public final class AnswerBody {
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Pace pace;
  private final Runnable beforeLast;
  private boolean closing;

  /// @param beforeLast runs before the last byte is handed on
  AnswerBody(HttpServerRequest request, Pace pace, Runnable beforeLast) {
    this.request = request;
    this.response = request.response();
    this.pace = pace;
    this.beforeLast = beforeLast;
  }

  /// Where memory for the answer comes from.
  public ByteBufAllocator memory() {
    return ((HttpServerConnection) request.connection()).channelHandlerContext().alloc();
  }

  /// Writes some bytes, and releases them when the kernel has them or never will.
  public Future<Void> write(ByteBuf bytes) {
    return response
        .write(buffer(bytes))
        .onSuccess(_ -> pace.progress())
        .onComplete(_ -> bytes.release());
  }

  /// Writes the last bytes, and releases them when the kernel has them or never will.
  ///
  /// @param gone runs then
  public void end(ByteBuf last, Runnable gone) {
    beforeLast.run();
    var written = response.end(buffer(last));
    written.onComplete(_ -> {
      last.release();
      gone.run();
    });
    closeIfAsked(written);
  }

  /// Ends an answer without a body, such as 304 or to HEAD.
  void end() {
    beforeLast.run();
    closeIfAsked(response.end());
  }

  /// Vert.x neither releases nor changes what it did not allocate.
  ///
  /// This way into Vert.x is deprecated only because Vert.x 5 has moved it to another type.
  @SuppressWarnings("deprecation")
  private static Buffer buffer(ByteBuf bytes) {
    return Buffer.buffer(bytes);
  }

  /// The connection closes once this answer is written, if its head can still say so.
  void closeAfterwards() {
    if (!response.headWritten()) {
      closing = true;
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  /// Whether the connection closes after this answer.
  boolean isLast() {
    return closing;
  }

  private void closeIfAsked(Future<Void> written) {
    if (closing) {
      written.onComplete(done -> request.connection().close());
    }
  }
}
