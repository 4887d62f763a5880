package io.surfacescan.service.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How requests are read, in whatever pieces they come.
class StrictRequestDecoderTest {
  private static final String GET = "GET /stats HTTP/1.1\r\nHost: a\r\n\r\n";

  private final StrictRequestDecoder decoder = new StrictRequestDecoder(new HttpServerOptions());
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

  private void send(String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
  }

  /// The targets of requests and the bodies between them; `!` for what is refused.
  private List<String> read() {
    var read = new ArrayList<String>();
    for (HttpObject part = channel.readInbound(); part != null; part = channel.readInbound()) {
      if (part.decoderResult().isFailure()) {
        read.add("!");
      } else if (part instanceof HttpRequest request) {
        read.add(request.uri());
      } else if (part instanceof HttpContent content && content.content().isReadable()) {
        read.add(content.content().toString(StandardCharsets.ISO_8859_1));
      }
      ReferenceCountUtil.release(part);
    }
    return read;
  }

  @Test
  void requests_waitUnreadWhileSixteenAreNotTaken() {
    send(GET.repeat(40));
    assertThat(read()).hasSize(16);
    assertThat(channel.config().isAutoRead()).isFalse();
    send(GET.repeat(2));
    assertThat(read()).isEmpty();
    int taken = 0;
    int found = 16;
    while (taken < found) {
      decoder.taken();
      taken++;
      channel.runPendingTasks();
      found += read().size();
      assertThat(found - taken).isLessThanOrEqualTo(16);
    }
    assertThat(found).isEqualTo(42);
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void aRequest_isReadAlike_inAnyPieces() {
    String whole =
        "\r\n"
            + GET
            + "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n01\r\nd\r\n0\r\nT: t\r\n\r\n"
            + "POST /b HTTP/1.1\r\nContent-Length: 2\r\n\r\nef"
            + GET;
    for (int cut = 0; cut < whole.length(); cut++) {
      var pieces = new StrictRequestDecoderTest();
      pieces.send(whole.substring(0, cut));
      pieces.send(whole.substring(cut));
      assertThat(String.join("", pieces.read()))
          .as("cut at " + cut)
          .isEqualTo("/stats/aabcd/bef/stats");
    }
    for (int at = 0; at < whole.length(); at++) {
      send(whole.substring(at, at + 1));
    }
    assertThat(String.join("", read())).isEqualTo("/stats/aabcd/bef/stats");
  }

  @Test
  void whatIsRefused_isSo_inAnyPieces_andNothingIsReadBehindIt() {
    for (String wrong :
        List.of(
            " GET / HTTP/1.1\r\n\r\n",
            "\rGET / HTTP/1.1\r\n\r\n",
            "GET\t/ HTTP/1.1\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n 3\r\nabc\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\u0000\r\n\r\n")) {
      for (int cut = 0; cut < wrong.length(); cut++) {
        var pieces = new StrictRequestDecoderTest();
        pieces.send(GET + wrong.substring(0, cut));
        pieces.send(wrong.substring(cut) + GET);
        assertThat(pieces.read()).as("cut at " + cut).startsWith("/stats").endsWith("!");
      }
    }
  }
}
