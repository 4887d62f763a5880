package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.surfacescan.testkit.PemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may ask the packaged program: from the token that it makes to the request that it answers.
class AccessIT {
  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServedProgram serve(String... flags) throws IOException {
    var words = new ArrayList<>(List.of("--data", "data", "--port", "0"));
    words.addAll(List.of(flags));
    return ServedProgram.start(folder, Repository.root(), words.toArray(String[]::new));
  }

  /// A new token, whose line is added to the file.
  private String token(String... words) throws Exception {
    var args = new ArrayList<>(List.of("token"));
    args.addAll(List.of(words));
    var process = new ProcessBuilder(PackagedProgram.command(args)).start();
    var lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).isZero();
    assertThat(lines).hasSize(2);
    var file = tokens();
    var all = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
    all.add(lines.getLast());
    Files.write(file, all);
    return lines.getFirst();
  }

  private Path tokens() {
    return folder.resolve("tokens");
  }

  private HttpResponse<String> ask(String method, int port, String target, String... headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aTokenOfTheProgram_isTakenByIt_andNeverLogged() throws Exception {
    String reader = token("ci");
    String admin = token("ops", "--admin");
    try (var served = serve("--tokens", tokens().toString(), "--host", "0.0.0.0", "--debug")) {
      int port = served.port();
      for (String target : List.of("/attack?vm_id=vm-ea0813", "/stats", "/metrics", "/nothing")) {
        assertThat(ask("GET", port, target).statusCode()).as(target).isEqualTo(401);
      }
      for (String open :
          List.of("/health", "/health/live", "/health/ready", "/openapi.json", "/docs/")) {
        var answer = ask("GET", port, open);
        assertThat(answer.statusCode()).as(open).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Environment-Version")).as(open).isEmpty();
      }
      String[] asReader = {"Authorization", "Bearer " + reader};
      assertThat(ask("GET", port, "/attack?vm_id=vm-ea0813&max_hops=1", asReader).body())
          .isEqualTo("[\"vm-9b1d12\",\"vm-316d82\",\"vm-bb02fe\"]");
      assertThat(ask("GET", port, "/metrics", asReader).statusCode()).isEqualTo(200);
      assertThat(ask("POST", port, "/reload", asReader).statusCode()).isEqualTo(403);
      assertThat(ask("POST", port, "/reload", "Authorization", "Bearer " + admin).statusCode())
          .isEqualTo(200);
      String wrong = "sfs_" + "x".repeat(43);
      assertThat(ask("GET", port, "/stats", "Authorization", "Bearer " + wrong).statusCode())
          .isEqualTo(401);
      assertThat(allWords(served))
          .contains(
              "surfacescan.audit event=token-refused request_id=", "GET /attack?vm_id=vm-ea0813")
          .doesNotContain(reader, admin, wrong);
    }
  }

  /// Ends it, since what it logs may be written a moment after the answer.
  private static String allWords(ServedProgram served) throws Exception {
    served.signal("TERM");
    assertThat(served.await()).isZero();
    return served.words();
  }

  @Test
  void metrics_areOpen_ifToldSo() throws Exception {
    token("ci");
    try (var served = serve("--tokens", tokens().toString(), "--open-metrics")) {
      int port = served.port();
      assertThat(ask("GET", port, "/metrics").body()).contains("surfacescan_vms 60.0");
      assertThat(ask("GET", port, "/stats").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void https_isSpokenByThePackage_withFilesThatMayBeRenewed() throws Exception {
    var old = PemFiles.make(folder, "old", "RSA");
    var renewed = PemFiles.make(folder, "renewed", "EC");
    try (var served =
            serve("--tls-cert", old.certificate().toString(), "--tls-key", old.key().toString());
        var believing =
            HttpClient.newBuilder().sslContext(PemFiles.client(null, old, renewed)).build()) {
      int port = served.port();
      assertThat(shown(believing, port)).isEqualTo(old.leaf());
      assertThat(served.words()).contains("https://127.0.0.1:" + port + "/stats");
      Files.copy(renewed.key(), old.key(), StandardCopyOption.REPLACE_EXISTING);
      Files.copy(renewed.certificate(), old.certificate(), StandardCopyOption.REPLACE_EXISTING);
      var deadline = Instant.now().plusSeconds(30);
      while (!newlyShown(port, old, renewed).equals(renewed.leaf())) {
        assertThat(Instant.now()).isBefore(deadline);
        Waiting.pause();
      }
    }
  }

  /// What a connection of its own is shown.
  private static Certificate newlyShown(int port, PemFiles... believed) throws Exception {
    try (var client = HttpClient.newBuilder().sslContext(PemFiles.client(null, believed)).build()) {
      return shown(client, port);
    }
  }

  private static Certificate shown(HttpClient client, int port) throws Exception {
    var answer =
        client.send(
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/stats")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.sslSession().orElseThrow().getPeerCertificates()[0];
  }

  @Test
  void aBadFile_isToldInOneLine_andEndsTheStart() throws Exception {
    Files.writeString(tokens(), "# ours\nci read\n");
    try (var served = serve("--tokens", tokens().toString())) {
      assertThat(served.await()).isEqualTo(2);
      assertThat(served.words())
          .isEqualTo(
              "error: "
                  + tokens()
                  + ":2: there are not three words; write NAME SCOPES sha256:HEX, as surfacescan"
                  + " token does\n");
    }
  }

  @Test
  void everybodyIsLetIn_onlyIfToldSo() throws Exception {
    try (var refused = serve("--host", "0.0.0.0")) {
      assertThat(refused.await()).isEqualTo(2);
      assertThat(refused.words())
          .startsWith("error: other machines reach '0.0.0.0', and no authentication is set;")
          .hasLineCount(1);
    }
    try (var served = serve("--host", "0.0.0.0", "--insecure")) {
      assertThat(ask("GET", served.port(), "/stats").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTokenOfAnIssuer_isTakenByThePackage() throws Exception {
    var key = RsaJwkGenerator.generateJwk(2048);
    key.setKeyId("one");
    var issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String url = "http://127.0.0.1:" + issuer.getAddress().getPort();
    publish(issuer, "/keys", new JsonWebKeySet(key).toJson());
    publish(
        issuer,
        "/.well-known/openid-configuration",
        "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(url, url));
    issuer.start();
    String good = signed(key, url, "surfacescan");
    String foreign = signed(key, url, "another");
    try (var served =
        serve("--oidc-issuer", url, "--oidc-audience", "surfacescan", "--host", "0.0.0.0")) {
      int port = served.port();
      var deadline = Instant.now().plusSeconds(60);
      while (ask("GET", port, "/stats", "Authorization", "Bearer " + good).statusCode() == 503) {
        assertThat(Instant.now()).isBefore(deadline);
        Waiting.pause();
      }
      assertThat(ask("GET", port, "/stats", "Authorization", "Bearer " + good).statusCode())
          .isEqualTo(200);
      assertThat(ask("POST", port, "/reload", "Authorization", "Bearer " + good).statusCode())
          .isEqualTo(403);
      var refused = ask("GET", port, "/stats", "Authorization", "Bearer " + foreign);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate"))
          .hasValue("Bearer realm=\"surfacescan\", error=\"invalid_token\"");
      assertThat(allWords(served)).contains("token-refused").doesNotContain(good, foreign);
    } finally {
      issuer.stop(0);
    }
  }

  private static void publish(HttpServer issuer, String path, String document) {
    issuer.createContext(
        path,
        exchange -> {
          byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private static String signed(PublicJsonWebKey key, String issuer, String audience)
      throws Exception {
    var claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(audience);
    claims.setSubject("somebody");
    claims.setExpirationTimeMinutesInTheFuture(10);
    claims.setStringClaim("scope", "openid surfacescan:read");
    var signed = new JsonWebSignature();
    signed.setPayload(claims.toJson());
    signed.setKey(key.getPrivateKey());
    signed.setKeyIdHeaderValue(key.getKeyId());
    signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    return signed.getCompactSerialization();
  }

  @Test
  void withoutAnIssuer_whatChecksItsTokensIsNotLoaded() throws Exception {
    var loaded = folder.resolve("loaded");
    try (var served =
        ServedProgram.start(
            List.of("-Xlog:class+load:file=" + loaded),
            folder,
            Repository.root(),
            "--data",
            "data",
            "--port",
            "0")) {
      assertThat(ask("GET", served.port(), "/stats").statusCode()).isEqualTo(200);
    }
    assertThat(Files.readString(loaded))
        .contains("io.surfacescan.service.access.Access ")
        .doesNotContain("io.surfacescan.service.access.OidcTokens ", "org.jose4j.");
  }
}
