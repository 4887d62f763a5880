package io.surfacescan.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.settings.Oidc;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/// Access tokens whose header, or whose claims, are anything: each is somebody's or nobody's, and
/// none is an error.
class OidcTokensFuzzTest {
  private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"one\"}";
  private static final String CLAIMS =
      "{\"iss\":\"https://issuer.example\",\"aud\":\"surfacescan\",\"sub\":\"somebody\","
          + "\"exp\":4102444800,\"scope\":\"reader\"}";

  private static final RsaJsonWebKey KEY = key();
  private static final OidcTokens TOKENS = tokens();

  private static RsaJsonWebKey key() {
    try {
      var key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId("one");
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OidcTokens tokens() {
    var tokens =
        new OidcTokens(
            new Oidc(
                URI.create("https://issuer.example"), "surfacescan", "scope", "reader", "boss"),
            Duration.ofSeconds(10));
    tokens.take(new JsonWebKeySet(KEY));
    return tokens;
  }

  private static String token(byte[] header, byte[] claims) {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    String content = base64.encodeToString(header) + "." + base64.encodeToString(claims);
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(KEY.getPrivateKey());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + base64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @FuzzTest(maxDuration = "5m")
  void header(byte[] bytes) throws Refusal {
    assertThat(TOKENS.holder(token(bytes(HEADER), bytes(CLAIMS)))).isNotNull();
    var holder = TOKENS.holder(token(bytes, bytes(CLAIMS)));
    if (holder != null) {
      assertThat(holder.name()).isEqualTo("somebody");
    }
  }

  @FuzzTest(maxDuration = "5m")
  void claims(byte[] bytes) throws Refusal {
    var holder = TOKENS.holder(token(bytes(HEADER), bytes));
    if (holder != null) {
      assertThat(holder.name()).isNotBlank();
    }
  }
}
