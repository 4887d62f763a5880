package io.surfacescan.service;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// What stands between the port and an answer.
///
/// @param tokens the file of the API tokens that are taken; without one, nobody is asked for any
/// @param tls the files that HTTPS is spoken with; without them it is HTTP
/// @param openMetrics whether `/metrics` is answered without a token
/// @param allowedOrigins the origins of web pages from elsewhere that may ask, as browsers send
///   them
public record Security(
    Optional<Path> tokens,
    boolean openMetrics,
    Optional<TlsFiles> tls,
    Set<String> allowedOrigins) {
  public static final Security NONE = new Security(Optional.empty(), false, Optional.empty());

  public Security {
    allowedOrigins = Set.copyOf(allowedOrigins);
  }

  /// No web page from elsewhere may ask.
  public Security(Optional<Path> tokens, boolean openMetrics, Optional<TlsFiles> tls) {
    this(tokens, openMetrics, tls, Set.of());
  }

  /// Whether clients show a certificate to connect.
  boolean needsCertificates() {
    return tls.flatMap(TlsFiles::clientAuthority).isPresent();
  }
}
