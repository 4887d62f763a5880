package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nobody is let in by accident.
class ServeReachTest {
  private static Trial.Outcome serve(String... flags) {
    return new Trial()
        .run(
            Stream.concat(Stream.of("serve", "--data", "cloud"), Arrays.stream(flags))
                .toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "::", "[::]", "0", "192.0.2.1", "2001:db8::1", "no-such-host.invalid"})
  void anAddressThatOthersReach_isRefused_unlessItIsSaidWhoMayAsk(String host) {
    var refused = serve("--host", host);

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.served()).isEmpty();
    assertThat(refused.err())
        .startsWith("error: other machines reach '" + host + "', and nothing says who may ask; ")
        .contains("--insecure")
        .hasLineCount(1);
    assertThat(serve("--host", host, "--insecure").served()).hasSize(1);
    var guarded = serve("--host", host, "--tokens", "t").served().getFirst();
    assertThat(guarded.tokens()).hasValue(Path.of("t"));
    assertThat(guarded.openMetrics()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "localhost", "::1", "[::1]", "127.1"})
  void loopback_needsNothing(String host) {
    assertThat(serve("--host", host).served().getFirst().host()).isEqualTo(host);
  }

  @Test
  void theChoiceMayBePreset_andNothingElseThanTrueIsOne() {
    var image = new Trial().variable("SURFACESCAN_HOST", "0.0.0.0");
    assertThat(image.run("serve", "--data", "cloud").exit()).isEqualTo(2);
    assertThat(
            image.variable("SURFACESCAN_INSECURE", "false").run("serve", "--data", "cloud").exit())
        .isEqualTo(2);
    assertThat(
            image.variable("SURFACESCAN_INSECURE", "true").run("serve", "--data", "cloud").served())
        .hasSize(1);
  }
}
