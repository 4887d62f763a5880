package io.surfacescan.settings;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What stands between the port and an answer.
///
/// @param tokens the file of the API tokens that are accepted; without one no token is needed
/// @param oidc the issuer whose access tokens are accepted, if any
/// @param tls the files of HTTPS; without them it is HTTP
/// @param openMetrics whether `/metrics` is answered without a token
/// @param allowedOrigins the origins of web pages from elsewhere that may ask, as browsers send
///   them
public record Security(
    Optional<Path> tokens,
    Optional<Oidc> oidc,
    boolean openMetrics,
    Optional<TlsFiles> tls,
    Set<String> allowedOrigins) {
  public static final Flag<Path> TOKENS =
      Flag.path(
          "--tokens",
          "FILE",
          "Answer those who send a token of this file, as `surfacescan token` makes them. It may"
              + " change while serving.");

  public static final Flag<Boolean> OPEN_METRICS =
      Flag.yes("--open-metrics", "Answer /metrics without a token, too, as /health is.");

  public static final Flag<Boolean> INSECURE =
      Flag.yes(
          "--insecure",
          "Answer every client without authentication, also on an address that other machines"
              + " reach.");

  public static final Flag<List<String>> ALLOWED_ORIGIN =
      Flag.list(
              "--allowed-origin",
              "ORIGIN",
              "A web page from elsewhere that may ask, such as https://dashboard.example; may be"
                  + " given again.")
          .otherwise("none");

  static final List<Flag<?>> FLAGS =
      Stream.of(
              List.of(TOKENS),
              Oidc.FLAGS,
              List.of(OPEN_METRICS),
              TlsFiles.FLAGS,
              List.of(INSECURE, ALLOWED_ORIGIN))
          .<Flag<?>>flatMap(List::stream)
          .toList();

  /// As browsers send it, without a path. No value allows every page: it would let any page ask
  /// that somebody looks at.
  private static final Pattern ORIGIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9._\\[\\]:-]+");

  public Security {
    allowedOrigins = Collections.unmodifiableSet(new LinkedHashSet<>(allowedOrigins));
    for (String origin : allowedOrigins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new InvalidSetting(
            ALLOWED_ORIGIN,
            "'"
                + origin
                + "' is not an origin; write scheme, host and perhaps port, such as"
                + " https://dashboard.example");
      }
    }
  }

  static Security of(Given given) {
    return new Security(
        given.find(TOKENS),
        Oidc.of(given),
        given.has(OPEN_METRICS),
        TlsFiles.of(given),
        new LinkedHashSet<>(given.find(ALLOWED_ORIGIN).orElse(List.of())));
  }

  /// Whether clients show a certificate to connect.
  public boolean needsCertificates() {
    return tls.flatMap(TlsFiles::clientAuthority).isPresent();
  }

  /// Whether callers send tokens.
  boolean needsTokens() {
    return tokens.isPresent() || oidc.isPresent();
  }
}
