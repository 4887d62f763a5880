package io.surfacescan.service.port;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads requests as Netty does, but takes first lines and sizes of chunks only in the words of RFC
/// 9112: Netty splits a first line at any white space and line end, and cuts a size at any control
/// character, which others on the way here may read otherwise. And it reads no further while many
/// requests wait for the answers to those before them.
///
/// Used on the event loop of its connection only.
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
  /// So many requests of one connection may wait to be taken.
  private static final int WAITING_MOST = 16;

  private static final int HEX_DIGITS_MOST = 8;
  private static final String VERSION = "HTTP/1.";

  /// Where in a request the next byte stands.
  private enum Place {
    FIRST_LINE,
    HEADERS,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    TRAILERS,
    /// Behind something that makes no sense: nothing is read any more.
    NOWHERE
  }

  private Place place = Place.FIRST_LINE;

  /// What is missing of the chunk, without the line end behind it.
  private long chunkLeft;

  private int waiting;

  /// Whether nothing is read until requests were taken, and whether something was before.
  private boolean holding;

  private boolean wasReading;
  private @Nullable ChannelHandlerContext context;

  StrictRequestDecoder(HttpServerOptions options) {
    super(options);
  }

  /// Reads a connection that has read nothing yet, instead of Vert.x's own decoder.
  void replace(HttpServerConnection connection) {
    connection.channelHandlerContext().pipeline().replace("httpDecoder", "httpDecoder", this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) throws Exception {
    super.handlerAdded(added);
    context = added;
  }

  /// One of the requests that were read is answered now, or never will be.
  void taken() {
    waiting--;
    var reading = context;
    if (holding && waiting < WAITING_MOST && reading != null) {
      holding = false;
      // Not at once: it may be taken while it is read.
      reading.executor().execute(() -> readOn(reading));
    }
  }

  private void readOn(ChannelHandlerContext reading) {
    if (reading.isRemoved()) {
      return;
    }
    try {
      // What was received and not read yet is read with whatever comes next.
      channelRead(reading, Unpooled.EMPTY_BUFFER);
    } catch (Exception e) {
      reading.fireExceptionCaught(e);
      return;
    }
    reading.fireChannelReadComplete();
    if (!holding && wasReading) {
      reading.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext reading) throws Exception {
    if (holding) {
      // Netty would read on, because it found nothing to hand on.
      reading.fireChannelReadComplete();
    } else {
      super.channelReadComplete(reading);
    }
  }

  private void hold(ChannelHandlerContext reading) {
    var config = reading.channel().config();
    // Vert.x may have stopped reading for a reason of its own.
    wasReading |= config.isAutoRead();
    holding = true;
    config.setAutoRead(false);
  }

  @Override
  protected void decode(ChannelHandlerContext reading, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (place == Place.NOWHERE) {
      buffer.skipBytes(buffer.readableBytes());
      return;
    }
    if (place == Place.FIRST_LINE) {
      if (waiting >= WAITING_MOST) {
        hold(reading);
        return;
      }
      switch (firstLine(buffer)) {
        case NONE -> {
          return;
        }
        case WRONG -> {
          refuse(buffer, unreadable(), out);
          return;
        }
        case BEGUN -> {}
        case WHOLE -> place = Place.HEADERS;
      }
    }
    int begin = buffer.readerIndex();
    int sizeLine = 0;
    if (place == Place.CHUNK_SIZE) {
      int end = lineEnd(buffer);
      if (end >= 0) {
        chunkLeft = chunkSize(buffer, end);
        sizeLine = end + 1 - begin;
        place = chunkLeft == 0 ? Place.TRAILERS : Place.CHUNK;
      }
      if (chunkLeft < 0) {
        refuse(buffer, new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER), out);
        return;
      }
    }
    int before = out.size();
    super.decode(reading, buffer, out);
    int content = 0;
    for (Object part : out.subList(before, out.size())) {
      content += see(part);
    }
    if (place == Place.CHUNK) {
      chunkLeft -= content;
      boolean endsLine = buffer.readerIndex() - begin - sizeLine - content == 2;
      if (chunkLeft == 0 && endsLine) {
        place = Place.CHUNK_SIZE;
      }
    }
  }

  /// Notes where in a request a part of it leads.
  ///
  /// @return the bytes of content in it
  private int see(Object part) {
    if (part instanceof HttpRequest request) {
      waiting++;
      place = HttpUtil.isTransferEncodingChunked(request) ? Place.CHUNK_SIZE : Place.BODY;
    }
    if (part instanceof LastHttpContent) {
      place = Place.FIRST_LINE;
    }
    if (part instanceof HttpObject seen && seen.decoderResult().isFailure()) {
      place = Place.NOWHERE;
    }
    return part instanceof HttpContent content ? content.content().readableBytes() : 0;
  }

  private void refuse(ByteBuf buffer, HttpObject instead, List<Object> out) {
    buffer.skipBytes(buffer.readableBytes());
    instead.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("no HTTP/1.1")));
    see(instead);
    out.add(instead);
  }

  /// What stands for a request that cannot be read. It is of the version that is spoken here,
  /// because the status line repeats it.
  private static DefaultFullHttpRequest unreadable() {
    return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request");
  }

  @Override
  protected HttpMessage createInvalidMessage() {
    return unreadable();
  }

  /// How much of a first line is there.
  private enum FirstLine {
    NONE,
    BEGUN,
    WHOLE,
    WRONG
  }

  /// Skips empty lines, which old clients send between requests, and looks at the first that is not
  /// empty.
  private static FirstLine firstLine(ByteBuf buffer) {
    while (buffer.readableBytes() >= 2
        && buffer.getByte(buffer.readerIndex()) == '\r'
        && buffer.getByte(buffer.readerIndex() + 1) == '\n') {
      buffer.skipBytes(2);
    }
    int begin = buffer.readerIndex();
    int readable = buffer.readableBytes();
    if (readable == 0 || (readable == 1 && buffer.getByte(begin) == '\r')) {
      return FirstLine.NONE;
    }
    if (!isTokenByte(buffer.getByte(begin))) {
      return FirstLine.WRONG;
    }
    int end = lineEnd(buffer);
    if (end < 0) {
      return FirstLine.BEGUN;
    }
    return isFirstLine(buffer, begin, end) ? FirstLine.WHOLE : FirstLine.WRONG;
  }

  /// The place of the next line feed, or -1.
  private static int lineEnd(ByteBuf buffer) {
    return buffer.indexOf(buffer.readerIndex(), buffer.writerIndex(), (byte) '\n');
  }

  /// Whether it is `method SP request-target SP HTTP-version CRLF` (RFC 9112, section 3), with a
  /// version that is spoken here. Bytes beyond ASCII in the target are told apart later.
  private static boolean isFirstLine(ByteBuf buffer, int begin, int end) {
    int at = begin;
    while (at < end && isTokenByte(buffer.getByte(at))) {
      at++;
    }
    if (at == begin || at == end || buffer.getByte(at) != ' ') {
      return false;
    }
    int target = ++at;
    while (at < end && (buffer.getByte(at) > ' ' || buffer.getByte(at) < 0)) {
      if (buffer.getByte(at) == 0x7f) {
        return false;
      }
      at++;
    }
    if (at == target || end - at != VERSION.length() + 3 || buffer.getByte(at++) != ' ') {
      return false;
    }
    for (int i = 0; i < VERSION.length(); i++) {
      if (buffer.getByte(at++) != VERSION.charAt(i)) {
        return false;
      }
    }
    byte minor = buffer.getByte(at);
    return (minor == '1' || minor == '0') && buffer.getByte(at + 1) == '\r';
  }

  /// RFC 9110, section 5.6.2.
  private static boolean isTokenByte(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(b) >= 0;
  }

  /// The size in `chunk-size [ chunk-ext ] CRLF` (RFC 9112, section 7.1), or -1 if there is none.
  /// The rest of an extension is Netty's to check.
  private static long chunkSize(ByteBuf buffer, int end) {
    int begin = buffer.readerIndex();
    int at = begin;
    long size = 0;
    while (at < end
        && at - begin <= HEX_DIGITS_MOST
        && Character.digit(buffer.getByte(at), 16) >= 0) {
      size = size << 4 | Character.digit(buffer.getByte(at++), 16);
    }
    boolean ends = at == end - 1 && buffer.getByte(at) == '\r';
    boolean hasSize = at > begin && at - begin <= HEX_DIGITS_MOST && size <= Integer.MAX_VALUE;
    return hasSize && (ends || (at < end && buffer.getByte(at) == ';')) ? size : -1;
  }
}
