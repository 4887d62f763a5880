package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
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
    assertThat(guarded.tls()).isEmpty();
    assertThat(
            serve("--host", host, "--tls-cert", "c", "--tls-key", "k", "--tls-client-ca", "a")
                .served()
                .getFirst()
                .tls())
        .hasValue(new TlsFiles(Path.of("c"), Path.of("k"), Optional.of(Path.of("a"))));
    assertThat(serve("--host", host, "--tls-cert", "c", "--tls-key", "k").exit()).isEqualTo(2);
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

  @Test
  void tokensOverPlainHttp_areWarnedOf_unlessNobodyElseHears() {
    var open = serve("--host", "192.0.2.1", "--tokens", "t");
    assertThat(open.served()).hasSize(1);
    assertThat(open.err()).startsWith("warning: tokens pass over plain HTTP readable;");
    assertThat(serve("--tokens", "t").err()).isEmpty();
    assertThat(
            serve("--host", "192.0.2.1", "--tokens", "t", "--tls-cert", "c", "--tls-key", "k")
                .err())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--tls-cert", "--tls-key", "--tls-client-ca"})
  void halfOfTls_isRefused(String flag) {
    var ran = serve(flag, "file");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .startsWith("error: HTTPS needs both --tls-cert and --tls-key; name the files");
  }
}
