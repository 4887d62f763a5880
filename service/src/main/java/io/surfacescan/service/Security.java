package io.surfacescan.service;

import java.nio.file.Path;
import java.util.Optional;

/// What stands between the port and an answer.
///
/// @param tokens the file of the API tokens that are taken; without one, nobody is asked for any
/// @param tls the files that HTTPS is spoken with; without them it is HTTP
/// @param openMetrics whether `/metrics` is answered without a token
public record Security(Optional<Path> tokens, boolean openMetrics, Optional<TlsFiles> tls) {
  public static final Security NONE = new Security(Optional.empty(), false, Optional.empty());

  /// Whether clients show a certificate to connect.
  boolean needsCertificates() {
    return tls.flatMap(TlsFiles::clientAuthority).isPresent();
  }
}
