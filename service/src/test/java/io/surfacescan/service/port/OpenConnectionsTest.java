package io.surfacescan.service.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {
  private final OpenConnections connections = new OpenConnections(2);
  private final EmbeddedChannel port = new EmbeddedChannel(connections);

  private EmbeddedChannel accept() {
    var accepted = new EmbeddedChannel();
    port.writeInbound(accepted);
    return accepted;
  }

  @Test
  void tooMany_areClosedAndNotTold_untilAnotherCloses() {
    var open = List.of(accept(), accept());
    assertThat(connections.count()).isEqualTo(2);
    assertThat(open).allMatch(EmbeddedChannel::isOpen);

    assertThat(accept().isOpen()).isFalse();
    assertThat(connections.count()).isEqualTo(2);
    assertThat(port.inboundMessages()).containsExactlyElementsOf(open);

    var _ = open.getFirst().close();
    assertThat(connections.count()).isEqualTo(1);
    assertThat(accept().isOpen()).isTrue();
  }
}
