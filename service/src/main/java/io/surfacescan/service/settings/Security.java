package io.surfacescan.service.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// What stands between the port and an answer.
///
/// @param tokens the file of the API tokens that are taken; without one, nobody is asked for any
/// @param oidc whose access tokens are taken, if any
/// @param tls the files that HTTPS is spoken with; without them it is HTTP
/// @param openMetrics whether `/metrics` is answered without a token
/// @param allowedOrigins the origins of web pages from elsewhere that may ask, as browsers send
///   them
public record Security(
    Optional<Path> tokens,
    Optional<Oidc> oidc,
    boolean openMetrics,
    Optional<TlsFiles> tls,
    Set<String> allowedOrigins) {
  public static final Security NONE =
      new Security(Optional.empty(), Optional.empty(), false, Optional.empty(), Set.of());

  public Security {
    allowedOrigins = Set.copyOf(allowedOrigins);
  }

  /// Whether clients show a certificate to connect.
  public boolean needsCertificates() {
    return tls.flatMap(TlsFiles::clientAuthority).isPresent();
  }
}
