package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.settings.Oidc;
import io.surfacescan.settings.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
        .startsWith("error: other machines reach '" + host + "', and no authentication is set; ")
        .contains("--insecure")
        .hasLineCount(1);
    assertThat(serve("--host", host, "--insecure").served()).hasSize(1);
    var guarded = serve("--host", host, "--tokens", "t").served().getFirst();
    assertThat(guarded.security().tokens()).hasValue(Path.of("t"));
    assertThat(guarded.security().openMetrics()).isFalse();
    assertThat(guarded.security().tls()).isEmpty();
    assertThat(
            serve("--host", host, "--tls-cert", "c", "--tls-key", "k", "--tls-client-ca", "a")
                .served()
                .getFirst()
                .security()
                .tls())
        .hasValue(new TlsFiles(Path.of("c"), Path.of("k"), Optional.of(Path.of("a"))));
    assertThat(serve("--host", host, "--tls-cert", "c", "--tls-key", "k").exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "localhost", "::1", "[::1]", "127.1"})
  void loopback_needsNothing(String host) {
    assertThat(serve("--host", host).served().getFirst().listen().host()).isEqualTo(host);
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

  @Test
  void anIssuerOfTokens_saysWhoMayAsk() {
    String[] issuer = {"--oidc-issuer", "https://login.example/realm", "--oidc-audience", "us"};
    var open = serve(with(issuer, "--host", "192.0.2.1"));

    assertThat(open.served().getFirst().security().oidc())
        .hasValue(
            new Oidc(
                URI.create("https://login.example/realm"),
                "us",
                "scope",
                "surfacescan:read",
                "surfacescan:admin"));
    assertThat(open.err()).startsWith("warning: tokens pass over plain HTTP readable;");
    assertThat(
            serve(with(issuer, "--oidc-claim", "a.b", "--oidc-read", "r", "--oidc-admin", "w"))
                .served()
                .getFirst()
                .security()
                .oidc())
        .hasValue(new Oidc(URI.create("https://login.example/realm"), "us", "a.b", "r", "w"));
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void halfOfAnIssuer_isRefused() {
    for (String[] half :
        List.of(
            new String[] {"--oidc-issuer", "https://login.example"},
            new String[] {"--oidc-audience", "us"})) {
      var ran = serve(half);
      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err())
          .startsWith("error: tokens of an issuer need both --oidc-issuer and --oidc-audience");
    }
  }

  @Test
  void anIssuerOverPlainHttp_isRefused_unlessItIsHere() {
    var ran = serve("--oidc-issuer", "http://login.example", "--oidc-audience", "us");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("keys that come over plain HTTP prove nothing");
    assertThat(serve("--oidc-issuer", "login.example", "--oidc-audience", "us").exit())
        .isEqualTo(2);
    assertThat(serve("--oidc-issuer", "http://127.0.0.1:1/a", "--oidc-audience", "us").served())
        .hasSize(1);
  }
}
