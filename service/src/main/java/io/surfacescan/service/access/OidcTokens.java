package io.surfacescan.service.access;

import io.surfacescan.service.exchange.AccessScope;
import io.surfacescan.service.exchange.Caller;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.settings.Oidc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jose4j.base64url.Base64Url;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// The access tokens of one OpenID Connect issuer, checked here by its keys (RFC 9068). A thread of
/// its own fetches them, so that a slow issuer keeps nobody waiting: at the start, each hour, and
/// when a token names none of them, but not more often than every ten seconds.
public final class OidcTokens implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(OidcTokens.class);

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FRESH = Duration.ofHours(1);
  private static final int DOCUMENT_BYTES_MOST = 1 << 20;

  /// RFC 9068 wants the first two, but many issuers write the others, or none.
  private static final Set<String> TYPES =
      Set.of("at+jwt", "application/at+jwt", "jwt", "application/jwt");

  private static final int SUBJECT_LENGTH_MOST = 255;
  private static final int CLOCKS_DIFFER_SECONDS_MOST = 30;

  private final Oidc oidc;
  private final Duration pause;
  private final Semaphore asked = new Semaphore(0);
  private final Thread fetching;
  private volatile @Nullable Keys keys;
  private volatile boolean closed;

  /// The keys of one fetch, and the tokens that they were found to have signed.
  private record Keys(JwtConsumer check, Set<String> ids, CheckedTokens checked) {}

  /// @param pause between two fetches, at least
  OidcTokens(Oidc oidc, Duration pause) {
    this.oidc = oidc;
    this.pause = pause;
    fetching = Thread.ofPlatform().name("surfacescan-oidc").daemon().unstarted(this::run);
  }

  void start() {
    fetching.start();
  }

  private void run() {
    boolean worked = true;
    try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      while (!closed) {
        asked.drainPermits();
        worked = refresh(client, worked);
        Thread.sleep(pause);
        if (worked && !closed) {
          var _ = asked.tryAcquire(FRESH.toSeconds(), TimeUnit.SECONDS);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("No keys are fetched any more");
    }
  }

  /// @return whether it worked
  private boolean refresh(HttpClient client, boolean workedBefore) throws InterruptedException {
    try {
      var fetched = fetch(client);
      take(fetched);
      LOG.infof("Took %d keys of %s", fetched.getJsonWebKeys().size(), oidc.issuer());
      return true;
    } catch (IOException | JoseException | RuntimeException e) {
      if (workedBefore) {
        LOG.warnf("The keys of %s cannot be fetched, it is tried again: %s", oidc.issuer(), e);
      }
      return false;
    }
  }

  void take(JsonWebKeySet fetched) {
    var ids =
        fetched.getJsonWebKeys().stream()
            .map(key -> key.getKeyId())
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet());
    keys = new Keys(check(fetched), ids, new CheckedTokens());
  }

  private JsonWebKeySet fetch(HttpClient client)
      throws IOException, JoseException, InterruptedException {
    String issuer = oidc.issuer().toString();
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    var found =
        JsonUtil.parseJson(get(client, URI.create(base + "/.well-known/openid-configuration")));
    if (!issuer.equals(found.get("issuer"))) {
      throw new IOException("it calls itself " + found.get("issuer"));
    }
    var keys = URI.create(String.valueOf(found.get("jwks_uri")));
    if (!Objects.equals(keys.getScheme(), oidc.issuer().getScheme())) {
      throw new IOException("its keys are at " + keys);
    }
    var taken = new JsonWebKeySet(get(client, keys));
    if (taken.getJsonWebKeys().isEmpty()) {
      throw new IOException(keys + " has no keys that are understood");
    }
    return taken;
  }

  /// One time for all of it, since a request's own ends with the headers.
  private static String get(HttpClient client, URI document)
      throws IOException, InterruptedException {
    var asking =
        client.sendAsync(
            HttpRequest.newBuilder(document).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), DOCUMENT_BYTES_MOST));
    try {
      var answer = asking.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (answer.statusCode() != 200) {
        throw new IOException(document + " answers " + answer.statusCode());
      }
      return answer.body();
    } catch (ExecutionException e) {
      throw new IOException(document + " is not read: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException(document + " takes too long", e);
    } finally {
      asking.cancel(true);
    }
  }

  private JwtConsumer check(JsonWebKeySet keys) {
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver((signed, within) ->
            new JwksVerificationKeyResolver(keysFor(signed.getAlgorithmHeaderValue(), keys))
                .resolveKey(signed, within))
        // Only what is signed by a key that the issuer alone has.
        .setJwsAlgorithmConstraints(
            AlgorithmConstraints.ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.EDDSA)
        .setRequireExpirationTime()
        .setRequireSubject()
        .setAllowedClockSkewInSeconds(CLOCKS_DIFFER_SECONDS_MOST)
        .setExpectedIssuer(true, oidc.issuer().toString())
        .setExpectedAudience(true, oidc.audience())
        .build();
  }

  /// Those that are not for another algorithm (RFC 7517, section 4.4).
  private static List<JsonWebKey> keysFor(String algorithm, JsonWebKeySet keys) {
    return keys.getJsonWebKeys().stream()
        .filter(key -> key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
        .toList();
  }

  /// Whose token it is, or null if it is not taken.
  ///
  /// @throws Refusal if the keys are not known yet
  @Nullable Caller holder(String token) throws Refusal {
    var known = keys;
    if (known == null) {
      throw new Refusal(
              Refusal.Kind.ISSUER_UNREACHABLE,
              "The keys of the issuer of tokens are not known yet; ask again in a moment.")
          .with("Retry-After", "5");
    }
    if (!isSigned(token)) {
      return null;
    }
    byte[] hash = Tokens.hash(token);
    var holder = known.checked.holder(hash, System.currentTimeMillis());
    return holder != null ? holder : checked(known, token, hash);
  }

  /// What a stranger made up may fail in any way, and is a wrong token whatever it is.
  private @Nullable Caller checked(Keys known, String token, byte[] hash) {
    try {
      return isAccessToken(token) ? check(known, token, hash) : null;
    } catch (JoseException | RuntimeException | StackOverflowError malformed) {
      LOG.debugf("A token is malformed: %s", malformed);
      return null;
    }
  }

  /// Whether its header is of the kind that access tokens have: other tokens of the issuer, such as
  /// those that end sessions, are signed by the same keys.
  private static boolean isAccessToken(String token) throws JoseException {
    var header =
        JsonUtil.parseJson(Base64Url.decodeToUtf8String(token.substring(0, token.indexOf('.'))));
    Object key = header.get("kid");
    Object type = header.get("typ");
    return header.get("alg") instanceof String
        && (key == null || key instanceof String)
        && (type == null
            || (type instanceof String word && TYPES.contains(word.toLowerCase(Locale.ROOT))));
  }

  private @Nullable Caller check(Keys known, String token, byte[] hash) {
    try {
      var claims = known.check.processToClaims(token);
      String subject = claims.getSubject();
      if (subject.isBlank() || subject.length() > SUBJECT_LENGTH_MOST) {
        return null;
      }
      var holder = new Caller(subject, scopes(claims));
      var end = claims.getExpirationTime();
      end.addSeconds(CLOCKS_DIFFER_SECONDS_MOST);
      known.checked.keep(hash, holder, end.getValueInMillis());
      return holder;
    } catch (InvalidJwtException e) {
      askForItsKey(known, e);
      return null;
    } catch (MalformedClaimException e) {
      return null;
    }
  }

  /// Whether it has the three parts of a signed token; encrypted ones have five.
  private static boolean isSigned(String token) {
    return token.chars().filter(character -> character == '.').count() == 2;
  }

  /// The issuer may have a new key.
  private void askForItsKey(Keys known, InvalidJwtException e) {
    boolean unknown =
        e.getJwtContext() != null
            && e.getJwtContext().getJoseObjects().stream()
                .anyMatch(part -> !known.ids.contains(String.valueOf(part.getKeyIdHeaderValue())));
    if (unknown && asked.availablePermits() == 0) {
      asked.release();
    }
  }

  private Set<AccessScope> scopes(JwtClaims claims) {
    var words = words(claims.getClaimsMap()).collect(Collectors.toSet());
    var scopes = EnumSet.noneOf(AccessScope.class);
    if (words.contains(oidc.readWord())) {
      scopes.add(AccessScope.READ);
    }
    if (words.contains(oidc.adminWord())) {
      scopes.add(AccessScope.ADMIN);
    }
    return scopes;
  }

  private Stream<String> words(Map<String, Object> claims) {
    Object value = claims.get(oidc.claim());
    if (value == null) {
      value = claims;
      for (String step : oidc.claim().split("\\.", -1)) {
        value = value instanceof Map<?, ?> map ? map.get(step) : null;
      }
    }
    return switch (value) {
      case String text -> Stream.of(text.split(" ", -1));
      case List<?> list -> list.stream().map(String::valueOf);
      case null, default -> Stream.empty();
    };
  }

  @Override
  public void close() {
    closed = true;
    fetching.interrupt();
  }
}
