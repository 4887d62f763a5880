package io.surfacescan.service.access;

import io.surfacescan.service.audit.Audit;
import io.surfacescan.service.exchange.AccessScope;
import io.surfacescan.service.exchange.Caller;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.exchange.RequestFacts;
import io.surfacescan.service.exchange.Route;
import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.service.platform.FileWatch;
import io.surfacescan.service.platform.SecretFile;
import io.surfacescan.settings.Settings;
import io.surfacescan.text.TokenFormat;
import io.vertx.core.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Authorises requests. Without configured tokens every client may query; with client certificates
/// alone, every route but reload.
///
/// A token is never part of a log line or an answer.
public class Access {
  private static final Logger LOG = Logger.getLogger(Access.class);

  /// Between two fetches of the keys of an issuer, at least.
  public static final Duration KEYS_PAUSE = Duration.ofSeconds(10);

  private static final String SCHEME = "Bearer ";
  private static final String CHALLENGE = "Bearer realm=\"surfacescan\"";
  private static final int TOKEN_LENGTH_MOST = 1 << 14;

  private final Audit audit;
  private final Optional<Path> file;
  private final @Nullable OidcTokens oidc;
  private final boolean openMetrics;
  private final boolean needsCertificates;
  private final FailedAttempts failures = new FailedAttempts(System::nanoTime);
  private volatile Tokens tokens = Tokens.NONE;
  private @Nullable FileWatch watch;

  /// @param keysPause between two fetches of an issuer's keys, at least
  public Access(Settings settings, Audit audit, Duration keysPause) {
    this.audit = audit;
    file = settings.security().tokens();
    // No lambda, so that what reads these tokens is loaded only if they are taken.
    var issuer = settings.security().oidc();
    oidc = issuer.isPresent() ? new OidcTokens(issuer.get(), keysPause) : null;
    openMetrics = settings.security().openMetrics();
    needsCertificates = settings.security().needsCertificates();
  }

  /// Reads the tokens, now and whenever their file changes.
  public void start() throws FileRefused {
    if (oidc != null) {
      oidc.start();
    }
    if (file.isPresent()) {
      var path = file.get();
      var watching = new FileWatch(List.of(path), () -> readAgain(path));
      take(path);
      watching.start();
      watch = watching;
    }
  }

  private void readAgain(Path path) {
    try {
      var before = tokens;
      take(path);
      audit.tokensChanged(
          path,
          tokens.count(),
          tokens.namesWithout(before),
          before.namesWithout(tokens),
          tokens.namesChangedFrom(before));
    } catch (FileRefused e) {
      LOG.errorf("%s (the tokens from before are taken as they were)", e.getMessage());
    }
  }

  private void take(Path path) throws FileRefused {
    var read = Tokens.read(path);
    if (read.count() == 0) {
      LOG.warnf("%s: the file has no token, so that every request is refused; add one", path);
    }
    new SecretFile(path).checkPermissions();
    tokens = read;
  }

  public void stop() {
    if (oidc != null) {
      oidc.close();
    }
    if (watch != null) {
      watch.close();
    }
  }

  /// Lets a request in or not.
  ///
  /// @return whether its caller may know what is served; who asks for what everybody is told may
  ///   not
  public boolean admit(Exchange exchange) throws Refusal {
    if (file.isEmpty() && oidc == null) {
      if (needsCertificates && exchange.route() == Route.RELOAD) {
        throw new Refusal(
            Refusal.Kind.FORBIDDEN,
            "This needs a token with the scope admin beside the certificate, and the service was"
                + " started without --tokens.");
      }
      return true;
    }
    var needed = needed(exchange.route());
    if (needed.isEmpty()) {
      return false;
    }
    var caller = caller(exchange);
    exchange.caller(caller);
    if (!caller.scopes().contains(needed.get())) {
      audit.scopeMissing(
          RequestFacts.asks(exchange),
          caller.name(),
          RequestFacts.address(exchange),
          needed.get().word(),
          exchange.route().path());
      String scope = needed.get().word();
      throw new Refusal(
              Refusal.Kind.FORBIDDEN,
              "This needs a token with the scope " + scope + ", which this one has not.")
          .with(
              "WWW-Authenticate",
              CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + scope + "\"");
    }
    audit.tokenUsed(RequestFacts.asks(exchange), caller.name(), RequestFacts.address(exchange));
    return true;
  }

  /// What a route asks of its callers. What is at none is nobody's business either.
  private Optional<AccessScope> needed(Route route) {
    return route == Route.METRICS && openMetrics ? Optional.empty() : route.scope();
  }

  private Caller caller(Exchange exchange) throws Refusal {
    String shown = exchange.header(HttpHeaders.AUTHORIZATION);
    if (shown == null) {
      throw new Refusal(
              Refusal.Kind.UNAUTHENTICATED, "Send a token, as Authorization: Bearer and the token.")
          .with("WWW-Authenticate", CHALLENGE);
    }
    var caller = caller(shown);
    if (caller == null) {
      throw failed(exchange);
    }
    return caller;
  }

  private @Nullable Caller caller(String shown) throws Refusal {
    if (!shown.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || shown.length() > TOKEN_LENGTH_MOST) {
      return null;
    }
    String token = shown.substring(SCHEME.length()).strip();
    return oidc != null && !token.startsWith(TokenFormat.PREFIX)
        ? oidc.holder(token)
        : tokens.holder(token);
  }

  private Refusal failed(Exchange exchange) {
    int seconds = failures.note(RequestFacts.address(exchange));
    if (seconds > 0) {
      return new Refusal(
              Refusal.Kind.TOO_MANY_ATTEMPTS,
              "Too many tokens from this address were wrong; correct the token.")
          .with("Retry-After", Integer.toString(seconds));
    }
    audit.tokenRefused(RequestFacts.asks(exchange));
    return new Refusal(Refusal.Kind.UNAUTHENTICATED, "The token is not taken here.")
        .with("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\"");
  }
}
