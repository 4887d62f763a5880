package io.surfacescan.service;

import static io.surfacescan.service.RunningService.await;
import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.surfacescan.settings.Limits;
import io.surfacescan.settings.Oidc;
import io.surfacescan.settings.Security;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Callers with access tokens of an OpenID Connect issuer, which stands here on a port of its own.
class OidcTest {
  @TempDir Path folder;
  private HttpServer issuer;
  private String url;
  private volatile PublicJsonWebKey key;
  private volatile boolean working = true;
  private final AtomicInteger fetches = new AtomicInteger();

  @BeforeEach
  void startIssuer() throws Exception {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    url = "http://127.0.0.1:" + issuer.getAddress().getPort() + "/realm";
    key = key("one");
    serve(
        "/realm/.well-known/openid-configuration",
        "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(url, url));
    issuer.createContext(
        "/realm/keys",
        exchange -> {
          fetches.incrementAndGet();
          byte[] keys = new JsonWebKeySet(key).toJson().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(working ? 200 : 500, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    issuer.start();
  }

  private void serve(String path, String document) {
    issuer.createContext(
        path,
        exchange -> {
          byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  @AfterEach
  void stopIssuer() {
    issuer.stop(0);
  }

  private static PublicJsonWebKey key(String id) throws JoseException {
    var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId(id);
    return key;
  }

  private RunningService service(String claim) throws IOException {
    return service(claim, Optional.empty());
  }

  private RunningService service(String claim, Optional<Path> tokens) throws IOException {
    Files.writeString(
        folder.resolve("cloud.json"),
        "{\"vms\": [{\"vm_id\": \"x\", \"tags\": [\"x\"]}], \"fw_rules\": []}");
    return RunningService.of(
        RunningService.with(
            new Security(
                tokens,
                Optional.of(new Oidc(URI.create(url), "surfacescan", claim, "reader", "boss")),
                false,
                Optional.empty(),
                Set.of()),
            RunningService.settings(
                List.of(folder.resolve("cloud.json").toString()), Limits.DEFAULT)));
  }

  private String token(Consumer<JwtClaims> change) throws JoseException {
    return token(key, change);
  }

  private String token(PublicJsonWebKey signer, Consumer<JwtClaims> change) throws JoseException {
    return token(signer, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, change);
  }

  private String token(PublicJsonWebKey signer, String algorithm, Consumer<JwtClaims> change)
      throws JoseException {
    var signed = new JsonWebSignature();
    signed.setPayload(claims(change).toJson());
    signed.setKey(signer.getPrivateKey());
    signed.setKeyIdHeaderValue(signer.getKeyId());
    signed.setAlgorithmHeaderValue(algorithm);
    return signed.getCompactSerialization();
  }

  private JwtClaims claims(Consumer<JwtClaims> change) {
    var claims = new JwtClaims();
    claims.setIssuer(url);
    claims.setAudience("surfacescan");
    claims.setSubject("somebody");
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setStringClaim("scope", "openid reader");
    change.accept(claims);
    return claims;
  }

  private static Wire.Answer ask(RunningService service, String method, String path, String token) {
    return service.ask(
        method,
        path,
        "Authorization: Bearer " + token,
        "Content-Type: application/json",
        "Content-Length: 0");
  }

  private static int stats(RunningService service, String token) {
    return ask(service, "GET", "/stats", token).status();
  }

  private void awaitKeys(RunningService service) throws JoseException {
    String good = token(claims -> {});
    await("the keys are known", () -> stats(service, good) == 200);
  }

  @Test
  void aTokenOfTheIssuer_isTaken_withTheScopesOfItsClaim() throws Exception {
    try (var service = service("scope")) {
      awaitKeys(service);
      assertThat(service.get("/stats").status()).isEqualTo(401);
      assertThat(ask(service, "POST", "/reload", token(claims -> {})).status()).isEqualTo(403);
      String boss = token(claims -> claims.setStringClaim("scope", "boss"));
      assertThat(ask(service, "POST", "/reload", boss).status()).isEqualTo(200);
      assertThat(stats(service, boss)).isEqualTo(403);
      assertThat(stats(service, token(claims -> claims.setStringClaim("scope", "readers"))))
          .isEqualTo(403);
      assertThat(stats(service, token(claims -> claims.unsetClaim("scope")))).isEqualTo(403);
    }
  }

  @Test
  void scopes_mayStandInAListWithinAnObject() throws Exception {
    try (var service = service("realm_access.roles")) {
      String listed =
          token(claims -> claims.setClaim("realm_access", Map.of("roles", List.of("x", "reader"))));
      await("the keys are known", () -> stats(service, listed) == 200);
      assertThat(stats(service, token(claims -> {}))).isEqualTo(403);
    }
  }

  @Test
  void whatIsNotForHere_orNotFromThere_orOver_isNotTaken() throws Exception {
    try (var service = service("scope")) {
      awaitKeys(service);
      List<Consumer<JwtClaims>> changes =
          List.of(
              claims -> claims.setAudience("another"),
              claims -> claims.unsetClaim("aud"),
              claims -> claims.setIssuer(url + "/other"),
              claims -> claims.unsetClaim("exp"),
              claims -> claims.setExpirationTimeMinutesInTheFuture(-1),
              claims -> claims.setNotBeforeMinutesInThePast(-2),
              claims -> claims.unsetClaim("sub"));
      for (var change : changes) {
        String bad = token(change);
        assertThat(stats(service, bad)).as(claims(change).toJson()).isIn(401, 429);
      }
    }
  }

  @Test
  void whatTheIssuerDidNotSign_isNotTaken() throws Exception {
    try (var service = service("scope")) {
      awaitKeys(service);
      String good = token(claims -> {});
      var unsigned = new JsonWebSignature();
      unsigned.setPayload(claims(claims -> {}).toJson());
      unsigned.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
      unsigned.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.ALLOW_ONLY_NONE);
      var shared = new JsonWebSignature();
      shared.setPayload(claims(claims -> {}).toJson());
      shared.setKeyIdHeaderValue("one");
      shared.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
      shared.setKey(new HmacKey(key.getPublicKey().getEncoded()));
      for (String bad :
          List.of(
              token(key("one"), claims -> {}),
              token(key("two"), claims -> {}),
              unsigned.getCompactSerialization(),
              shared.getCompactSerialization(),
              good.substring(0, good.lastIndexOf('.') + 1),
              good + "x.y",
              "a.b.c")) {
        var answer = ask(service, "GET", "/stats", bad);
        assertThat(answer.status()).as(bad).isEqualTo(401);
        assertThat(answer.text()).doesNotContain(bad);
      }
    }
  }

  @Test
  void aTokenThatWasTaken_isNotAnyMore_onceItEnds() throws Exception {
    try (var service = service("scope")) {
      awaitKeys(service);
      // Clocks may differ by thirty seconds.
      String ending = token(claims -> claims.setExpirationTime(secondsFromNow(-25)));
      assertThat(stats(service, ending)).isEqualTo(200);
      assertThat(stats(service, ending)).isEqualTo(200);
      await("it is over", () -> stats(service, ending) == 401);
    }
  }

  private static NumericDate secondsFromNow(long seconds) {
    var date = NumericDate.now();
    date.addSeconds(seconds);
    return date;
  }

  @Test
  void beforeTheKeysAreKnown_itIsTemporary_andALateIssuerWillDo() throws Exception {
    working = false;
    try (var service = service("scope")) {
      var answer = ask(service, "GET", "/stats", token(claims -> {}));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(problem(answer)).isEqualTo("issuer-unreachable");
      assertThat(answer.header("Retry-After")).hasValue("5");
      working = true;
      awaitKeys(service);
    }
  }

  @Test
  void aNewKey_isFetchedWhenATokenNamesIt_andWhatAKeyThatIsGoneSigned_isNotTaken()
      throws Exception {
    try (var service = service("scope")) {
      awaitKeys(service);
      String old = token(claims -> {});
      assertThat(stats(service, old)).isEqualTo(200);
      key = key("two");
      awaitKeys(service);
      assertThat(stats(service, old)).isIn(401, 429);
    }
  }

  @Test
  void fourAlgorithmsAreTaken_andNoOthers() throws Exception {
    var rsa = RsaJwkGenerator.generateJwk(2048);
    rsa.setKeyId("rsa");
    key = rsa;
    try (var service = service("scope")) {
      String plain = token(rsa, AlgorithmIdentifiers.RSA_USING_SHA256, claims -> {});
      await("the keys are known", () -> stats(service, plain) == 200);
      String pss = token(rsa, AlgorithmIdentifiers.RSA_PSS_USING_SHA256, claims -> {});
      assertThat(stats(service, pss)).isEqualTo(200);
      String other = token(rsa, AlgorithmIdentifiers.RSA_USING_SHA512, claims -> {});
      assertThat(stats(service, other)).isEqualTo(401);
    }
    key = OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
    try (var service = service("scope")) {
      String edwards = token(key, AlgorithmIdentifiers.EDDSA, claims -> {});
      await("the keys are known", () -> stats(service, edwards) == 200);
    }
  }

  @Test
  void unknownKeys_doNotHaveTheIssuerAskedForEachToken() throws Exception {
    try (var service = service("scope")) {
      awaitKeys(service);
      long began = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        assertThat(stats(service, token(key("no-" + i), claims -> {}))).isIn(401, 429);
      }
      long pauses = (System.nanoTime() - began) / RunningService.KEYS_PAUSE.toNanos();
      assertThat((long) fetches.get()).isLessThanOrEqualTo(2 + pauses);
      awaitKeys(service);
    }
  }

  @Test
  void knownKeys_areUsedOn_whileTheIssuerIsDown() throws Exception {
    try (var service = service("scope")) {
      awaitKeys(service);
      working = false;
      int before = fetches.get();
      assertThat(stats(service, token(key("two"), claims -> {}))).isEqualTo(401);
      await("the issuer was asked", () -> fetches.get() > before);
      await("it was asked again", () -> fetches.get() > before + 1);
      assertThat(stats(service, token(claims -> {}))).isEqualTo(200);
    }
  }

  /// Signed by the issuer's key, with this header and these claims to the letter.
  private String signed(String header, String claims) throws Exception {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    String content =
        base64.encodeToString(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(key.getPrivateKey());
    signature.update(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + base64.encodeToString(signature.sign());
  }

  private static final String HEADER = "{\"alg\": \"ES256\", \"kid\": \"one\"}";

  @Test
  void malformedTokens_areWrongTokens_andCountAsSuch() throws Exception {
    try (var service = service("scope")) {
      awaitKeys(service);
      String claims = claims(none -> {}).toJson();
      assertThat(stats(service, signed(HEADER, claims))).isEqualTo(200);
      var malformed = new ArrayList<String>();
      for (String header :
          List.of(
              HEADER.replace("\"one\"", "1"),
              HEADER.replace("\"one\"", "[\"one\"]"),
              HEADER.replace("\"one\"", "{\"one\": 1}"),
              HEADER.replace("\"one\"", "true"),
              HEADER.replace("\"ES256\"", "256"),
              HEADER.replace("\"ES256\"", "null"),
              "{\"typ\": [\"JWT\"], " + HEADER.substring(1),
              "{\"typ\": \"logout+jwt\", " + HEADER.substring(1),
              "{\"typ\": \"\", " + HEADER.substring(1),
              "{\"crit\": 7, " + HEADER.substring(1),
              "{\"jwk\": 7, \"x5t\": [], \"b64\": {}, \"crit\": [[]], " + HEADER.substring(1),
              "[" + HEADER + "]",
              "7",
              "",
              "[".repeat(8_000))) {
        malformed.add(signed(header, claims));
      }
      String expires = "\"exp\":[0-9]+";
      for (String exp :
          List.of("1e300", "-1e300", "1e19", "9223372036854775807", "\"1\"", "{}", "true")) {
        malformed.add(signed(HEADER, claims.replaceFirst(expires, "\"exp\":" + exp)));
      }
      for (String sub : List.of("\"\"", "\" \"", "7", "[]", "null")) {
        malformed.add(signed(HEADER, claims.replace("\"somebody\"", sub)));
      }
      for (String aud : List.of("7", "[7]", "{}", "[]")) {
        malformed.add(signed(HEADER, claims.replace("\"surfacescan\"", aud)));
      }
      malformed.add(signed(HEADER, "[" + claims + "]"));
      malformed.add(signed(HEADER, "{\"a\":".repeat(1_500)));
      for (int i = 0; i < malformed.size(); i++) {
        var answer = ask(service, "GET", "/stats", malformed.get(i));
        // After ten at once no more are looked into for the log.
        assertThat(answer.status()).as("token %d", i).isEqualTo(i < 10 ? 401 : 429);
      }
    }
  }

  @Test
  void typesOfAccessTokens_areTaken_inAnyCase() throws Exception {
    try (var service = service("scope")) {
      awaitKeys(service);
      for (String type :
          List.of("JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", "application/jwt")) {
        String header = "{\"typ\": \"" + type + "\", " + HEADER.substring(1);
        assertThat(stats(service, signed(header, claims(none -> {}).toJson())))
            .as(type)
            .isEqualTo(200);
      }
    }
  }

  @Test
  void aKeyForAnotherAlgorithm_isNotUsed() throws Exception {
    var rsa = RsaJwkGenerator.generateJwk(2048);
    rsa.setKeyId("rsa");
    rsa.setAlgorithm(AlgorithmIdentifiers.RSA_PSS_USING_SHA256);
    key = rsa;
    try (var service = service("scope")) {
      String pss = token(rsa, AlgorithmIdentifiers.RSA_PSS_USING_SHA256, claims -> {});
      await("the keys are known", () -> stats(service, pss) == 200);
      String plain = token(rsa, AlgorithmIdentifiers.RSA_USING_SHA256, claims -> {});
      assertThat(stats(service, plain)).isEqualTo(401);
    }
  }

  @Test
  void tokensOfTheFile_areTakenBesideThoseOfTheIssuer() throws Exception {
    Files.writeString(folder.resolve("tokens"), AccessTest.line("ci", "read", "sfs_ci") + "\n");
    try (var service = service("scope", Optional.of(folder.resolve("tokens")))) {
      awaitKeys(service);
      assertThat(stats(service, "sfs_ci")).isEqualTo(200);
      assertThat(stats(service, "sfs_other")).isEqualTo(401);
    }
  }
}
